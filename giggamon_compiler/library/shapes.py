"""Incidents in the shapes that one's own alerts often have: a share, a pace, a quantile.

Each is a dictionary of tests: a fault just beyond the limit, which fires as soon as it has filled
the window and lasted as `for` says, and what is just short of it, or too little to tell. Series are
given with all of their labels; `others` are series that must not count, and they always are as in
the fault. The alert's result has no labels, unless `labels` gives some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giggamon_compiler.library.notation import (
    Stretch,
    at,
    counter,
    gauge,
    minutes,
    number,
)
from giggamon_compiler.library.replay import OVER, SHORT
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

__all__ = ["pace", "quantile", "share"]

_FADES = 0.97  # the traffic of a minute, out of that of the minute before
_MANY = 1000


def share(
    alert: Alert,
    *,
    part: str,
    rest: str | None = None,
    whole: str | None = None,
    limit: float,
    least: float,
    window: int,
    step: int = 1,
    above: bool = True,
    others: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
) -> dict[str, AlertTest]:
    """The share that `part` has of itself and `rest`, or of a `whole` that is counted apart.

    least: what all of it grows by in a minute before its parts say anything
    window: the minutes of the rates; step: the minutes between two samples
    above: the alert fires above the limit, not below it
    """
    clock = _Clock(alert, window, step)
    least *= step
    bad, good = (OVER, SHORT) if above else (SHORT, OVER)

    def samples(before: float, traffic: Sequence[float], share: float) -> dict[str, str]:
        health = 0.0 if above else 1.0
        every = [before] * clock.begins + [*traffic]
        parts = [before * health] * clock.begins + [it * share for it in traffic]
        rests = [it - taken for it, taken in zip(every, parts, strict=True)]
        ours = {part: parts, **({whole: every} if whole else {rest or "": rests})}
        much = counter((least * _MANY, len(every)))
        return {
            **{name: counter(*_joined(growth)) for name, growth in ours.items()},
            **dict.fromkeys(others, much),
        }

    enough = least * OVER
    fades = [least * _MANY * _FADES**minute for minute in range(clock.lasts)]
    few = [least * SHORT] * clock.lasts
    tests = {
        "beyond": clock.fires(samples(2 * enough, [enough] * clock.lasts, limit * bad), labels),
        "short": clock.quiet(samples(fades[0], fades, limit * good)),
        "of_few": clock.quiet(samples(least * SHORT, few, 1.0 if above else 0.0)),
    }
    if above:  # with more traffic than before a fault is seen early by what looks back less far
        rises = samples(10 * enough, [20 * enough] * clock.lasts, limit * bad)
        tests["beyond_in_a_rise"] = clock.fires(rises, labels)
    return tests


def pace(
    alert: Alert,
    *,
    series: str,
    limit: float,
    window: int,
    others: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
) -> dict[str, AlertTest]:
    """A counter that grows faster than its limit, which is a figure a minute."""
    clock = _Clock(alert, window)

    def samples(growth: float) -> dict[str, str]:
        stretches = ((0, clock.begins), (growth, clock.lasts))
        much = counter((limit * 10, clock.begins + clock.lasts))
        return {series: counter(*stretches), **dict.fromkeys(others, much)}

    return {
        "beyond": clock.fires(samples(limit * OVER), labels),
        "short": clock.quiet(samples(limit * SHORT)),
    }


def quantile(
    alert: Alert,
    *,
    series: str,
    of: float,
    limit: float,
    window: int,
    others: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
) -> dict[str, AlertTest]:
    """A histogram of which a quantile is above its limit; of: the quantile, such as 0.95.

    series, others: by the histogram's name, with all labels but `le`
    """
    clock = _Clock(alert, window)
    each = 100.0
    length = clock.begins + clock.lasts + clock.kept

    def samples(slow: float) -> dict[str, str]:
        every = counter((each, length))
        quick = counter((each, clock.begins), (each * (1 - slow), clock.lasts), (each, clock.kept))
        none, much = gauge((0, length)), counter((each * _MANY, length))
        buckets = {number(limit): quick, number(2 * limit): every, "+Inf": every}
        theirs = {number(limit): none, number(2 * limit): much, "+Inf": much}
        return _buckets(series, buckets) | {
            name: values for other in others for name, values in _buckets(other, theirs).items()
        }

    return {
        "beyond": clock.fires(samples((1 - of) * OVER), labels),
        "short": clock.quiet(samples((1 - of) * SHORT)),
    }


class _Clock:
    """Health, and then a fault that lasts until a window of twice the length would be full.

    All in samples, but for the window and the step from one sample to the next: these are minutes.
    kept: how long the alert may outlive the fault, and then some time; 0 where it must not
    """

    def __init__(self, alert: Alert, window: int, step: int = 1) -> None:
        self._alert, self._step = alert, step
        self.begins = 2 * window // step + 10
        length = (window + minutes(alert.for_)) // step
        self._fires = self.begins + length
        # So far apart lie versions of Prometheus, and a limit and what is just beyond it.
        self._quiet = self._fires - 2 - window // step // 30
        self.lasts = 2 * length + 10
        keeps = minutes(alert.keep_firing_for) // step
        self._keeps, self.kept = keeps, keeps + 2 * window if keeps else 0

    def fires(self, samples: Mapping[str, str], labels: Mapping[str, str] | None) -> AlertTest:
        end = self.begins + self.lasts
        kept = [end + self._keeps - 1] if self.kept else []
        return AlertTest(
            self._alert,
            interval=at(self._step),
            series=samples,
            quiet=[
                self._at(self.begins),
                self._at(self._quiet),
                *([self._at(end + self.kept)] if self.kept else []),
            ],
            fires={self._at(it): [labels or {}] for it in (self._fires, *kept)},
        )

    def quiet(self, samples: Mapping[str, str]) -> AlertTest:
        return AlertTest(
            self._alert,
            interval=at(self._step),
            series=samples,
            quiet=[self._at(self.begins), self._at(self.begins + self.lasts)],
        )

    def _at(self, sample: int) -> str:
        return at(sample * self._step)


def _joined(growth: Sequence[float]) -> list[Stretch]:
    """Minutes of the same growth as one stretch."""
    stretches: list[Stretch] = []
    for it in growth:
        if stretches and stretches[-1][0] == it:
            stretches[-1] = (it, stretches[-1][1] + 1)
        else:
            stretches.append((it, 1))
    return stretches


def _buckets(series: str, bounds: Mapping[str, str]) -> dict[str, str]:
    """The buckets of a histogram with labels."""
    name, _, labels = series.removesuffix("}").partition("{")
    return {f'{name}_bucket{{{labels},le="{bound}"}}': values for bound, values in bounds.items()}
