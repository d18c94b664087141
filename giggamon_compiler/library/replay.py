"""An incident in minutes: health, then a fault that the alert has to wait out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.library.notation import at, counter, gauge, minutes, series
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

# Samples of the series of one instance, by metric: {"up": "1x9 0x9", 'x{code="500"}': "0+5x18"}.
Samples = Mapping[str, str]

# How far beside a limit a value is that is just over it, or just short of it.
OVER = 1.02
SHORT = 0.98


@dataclass(frozen=True, slots=True)
class Replay:
    """Health until the minute `begins`, then a fault until some minutes after the alert fires.

    window: the minutes that the alert looks back, such as 5 for rate(…[5m]). The fault must fill
    the window before the alert sees all of it; how fast it does so differs by one sample between
    versions of Prometheus. lasts: minutes that are played after that.
    """

    alert: Alert
    job: str
    window: int = 0
    begins: int = 10
    lasts: int = 5

    @property
    def fires(self) -> int:
        """The minute from which on the alert fires."""
        return self.begins + self.window + minutes(self.alert.for_)

    @property
    def quiet(self) -> int:
        """A minute shortly before, at which it does not fire yet."""
        return self.fires - (2 if self.window else 1)

    @property
    def end(self) -> int:
        """The last minute; by then a window of twice the length would have filled."""
        return self.fires + self.window + self.lasts

    def steady(self, value: float) -> str:
        """A gauge that never changes."""
        return gauge((value, self.end + 1))

    def turn(self, before: float, after: float) -> str:
        """A gauge that is something else from the fault on."""
        return gauge((before, self.begins), (after, self.end + 1 - self.begins))

    def growth(self, before: float, after: float) -> str:
        """A counter that grows by so much a minute, and otherwise from the fault on."""
        return counter((before, self.begins), (after, self.end - self.begins))

    def test(
        self,
        ours: Mapping[str, Samples],
        others: Samples,
        fires: Mapping[str, Mapping[str, str]] | Sequence[str],
        annotations: Mapping[str, str] | None = None,
        *,
        until: int | None = None,
        gone: int | None = None,
    ) -> AlertTest:
        """The test of the incident.

        ours: samples by instance of the job; others: those of an instance of another job
        fires: the instances whose alerts fire, with the labels that these have besides
        until: a minute at which they still do, the end if left out; gone: one at which none does
        """
        labels = fires if isinstance(fires, Mapping) else {name: {} for name in fires}
        firing = [
            {"job": self.job, "instance": instance, **more} for instance, more in labels.items()
        ]
        jobs = [*((self.job, name, its) for name, its in ours.items()), ("other", "c", others)]
        return AlertTest(
            self.alert,
            series={
                series(metric, job, instance): samples
                for job, instance, its in jobs
                for metric, samples in its.items()
            },
            quiet=[at(self.quiet), *([at(gone)] if gone else [])],
            fires={at(self.fires): firing, at(until or self.end): firing},
            annotations=annotations or {},
        )


def never_scraped(alert: Alert, job: str) -> AlertTest:
    """A job that has no target at all, while another job has."""
    first = minutes(alert.for_)
    return AlertTest(
        alert,
        series={series("up", "other", "c"): gauge((1, first + 5))},
        quiet=[at(first - 1)] if first else [],
        fires={at(first): [{"job": job}]},
    )


def unreachable(alert: Alert, job: str) -> AlertTest:
    """A target that answers Prometheus no more."""
    it = Replay(alert, job)
    ours = {"a": {"up": it.turn(1, 0)}, "b": {"up": it.steady(1)}}
    return it.test(ours, {"up": it.steady(0)}, ["a"])


def level(
    it: Replay,
    gauge: str,
    limit: float,
    step: float = 1,
    labels: Mapping[str, str] | None = None,
) -> AlertTest:
    """A figure that rises beyond its limit.

    step: by how much; labels: those of the alert, besides those of the target
    """
    ours = {"a": {gauge: it.turn(0, limit + step)}, "b": {gauge: it.turn(0, limit)}}
    return it.test(ours, {gauge: it.steady(2 * limit)}, {"a": labels or {}})


def rate(it: Replay, counter: str, limit: float) -> AlertTest:
    """A counter that begins to grow faster than its limit, which is a figure a minute."""
    ours = {
        "a": {counter: it.growth(0, OVER * limit)},
        "b": {counter: it.growth(0, SHORT * limit)},
    }
    return it.test(ours, {counter: it.growth(0, 2 * limit)}, ["a"])


def share(
    it: Replay,
    part: str,
    whole: str,
    limit: float,
    least: float,
    labels: Mapping[str, str] | None = None,
) -> AlertTest:
    """A share of two counters that rises beyond its limit.

    least: what `whole` must grow by in a minute before its parts say anything
    labels: those of the alerts, besides those of the target
    """
    traffic = OVER * least

    def server(share: float, before: float = traffic, after: float = traffic) -> Samples:
        return {whole: it.growth(before, after), part: it.growth(0, share * after)}

    # A minute of so much more traffic hides the fault from half of the window, not from all of it.
    more = 1 + 0.22 * it.window
    waits = it.fires - it.begins - it.window
    stretches = ((3, it.begins), (1, it.window + waits // 2), (more, 1), (1, it.end))
    ours = {
        "a": server(OVER * limit),
        "b": server(SHORT * limit),
        "idle": server(OVER * limit, after=SHORT * least),
        "was_busy": server(OVER * limit, before=3 * traffic),
        "was_idle": server(OVER * limit, before=0),
        "has_a_peak": {
            whole: counter(*((factor * traffic, length) for factor, length in stretches)),
            part: it.growth(0, 1.3 * limit * traffic),
        },
    }
    fires = ("a", "was_busy", "was_idle", "has_a_peak")
    return it.test(ours, server(2 * limit), {name: labels or {} for name in fires})
