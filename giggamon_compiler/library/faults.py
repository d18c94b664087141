"""Incidents in the shapes that most faults have: a figure that is bad for a while, a count.

Of the targets in a replay, a has the fault; b is just short of it; d has it, and is well again just
before somebody would be told; another job's c has it, too, but is none of ours. Times leave room
for one sample, which a window of Prometheus 3 does not hold and one of Prometheus 2 does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from giggamon_compiler.library.notation import Stretch, at, counter, gauge, minutes, series
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

OTHER_JOB = "other"

# How long the fault lasts once somebody has been told, and what is looked at after it.
_AFTER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A metric in a fault: its value, or what a counter grows by from sample to sample.

    well: before the fault; short: as bad as it may be; bad: in the fault
    labels: beside job and instance; "{target}" in a value is the target's own letter
    """

    metric: str
    well: float
    short: float
    bad: float
    labels: Mapping[str, str] = field(default_factory=dict)
    counts: bool = False

    def series(self, job: str, target: str) -> str:
        """The series of a target."""
        return series(self.metric, job, target, _of_target(self.labels, target))

    def samples(self, *stretches: Stretch) -> str:
        """Values, or growths, each for so many samples."""
        kept = [(value, length) for value, length in stretches if length > 0]
        return counter(*kept) if self.counts else gauge(*kept)


def constant(metric: str, value: float, labels: Mapping[str, str] | None = None) -> Figure:
    """A figure that the fault does not change."""
    return Figure(metric=metric, well=value, short=value, bad=value, labels=labels or {})


def held(
    alert: Alert,
    job: str,
    figures: Sequence[Figure],
    *,
    window: str | None = None,
    step: str = "1m",
    expected: Mapping[str, str] | None = None,
    by_instance: bool = True,
) -> AlertTest:
    """Figures turn bad at one time, and well again: the alert fires once that has lasted.

    window: what the expression looks back on, all of which must be bad
    step: the time between two samples; expected: the labels of the alert beside job and instance,
        those of the first figure where they are left out; by_instance: whether it has that one
    """
    unit = minutes(step)
    width, wait = minutes(window) // unit, minutes(alert.for_) // unit
    before = 2 * width + 2
    told = before + width + wait
    lasts = told + _AFTER - before
    recovers = width + wait - 1
    slack = 2 if width else 1

    def samples(it: Figure, target: str) -> str:
        if target == "b":
            return it.samples((it.well, before), (it.short, lasts), (it.well, _AFTER))
        if target == "d":
            healthy = lasts - recovers + _AFTER
            return it.samples((it.well, before), (it.bad, recovers), (it.well, healthy))
        return it.samples((it.well, before), (it.bad, lasts), (it.well, _AFTER))

    ours = ("a", "b", "d") if recovers > 0 else ("a", "b")
    mine = _alert(job, figures[0].labels if expected is None else expected, by_instance)
    return AlertTest(
        alert,
        series={
            it.series(target_job, target): samples(it, target)
            for target_job, targets in ((job, ours), (OTHER_JOB, ("c",)))
            for target in targets
            for it in figures
        },
        quiet=[at((told - slack) * unit), at((before + lasts + 2 * slack - 1) * unit)],
        fires={at(told * unit): [mine]},
        interval=step,
    )


def counted(
    alert: Alert,
    metric: str,
    job: str,
    *,
    window: str,
    labels: Mapping[str, str] | None = None,
    expected: Mapping[str, str] | None = None,
    by_instance: bool = True,
) -> AlertTest:
    """A counter that should stand still grows: by one a minute, or now and then, for target e. It
    is told that it grows at all, and no longer than the window lasts.
    """
    width, wait = minutes(window), minutes(alert.for_)
    before, growing = 10, wait + 2
    after = before + growing
    seldom = {before + 1, *range(after, before, 2 - width)}
    own = labels or {}

    def samples(grows: Callable[[int], bool]) -> str:
        growth = map(grows, range(1, after + width + _AFTER + 1))
        return counter(*((float(it), len([*same])) for it, same in groupby(growth)))

    rising = samples(lambda minute: before < minute <= after)
    ours = {
        "a": rising,
        "b": samples(lambda _: False),
        "e": samples(lambda minute: minute in seldom),
    }
    told = [
        _alert(job, own if expected is None else expected, by_instance, target)
        for target in ("a", "e")
    ]
    return AlertTest(
        alert,
        series={
            **{series(metric, job, it, _of_target(own, it)): ours[it] for it in ours},
            series(metric, OTHER_JOB, "c", _of_target(own, "c")): rising,
        },
        quiet=[at(before + wait), at(after + width)],
        fires={at(before + wait + 1): told, at(after + width - 2): told},
    )


def _of_target(labels: Mapping[str, str], target: str) -> dict[str, str]:
    return {name: value.replace("{target}", target) for name, value in labels.items()}


def _alert(
    job: str, labels: Mapping[str, str], by_instance: bool, target: str = "a"
) -> dict[str, str]:
    """The labels of the alert about a target."""
    instance = {"instance": target} if by_instance else {}
    return {"job": job, **instance, **_of_target(labels, target)}
