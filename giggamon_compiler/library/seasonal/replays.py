"""The incidents that the alerts of a figure with seasons are for, replayed.

Two samples a window: four weeks, each at a level of its own, and the fifth in which it happens. The
median of two lower weeks and two higher ones lies between them, and moves as soon as one of them is
not looked at as it should be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.library.notation import Stretch, counter
from giggamon_compiler.library.seasonal.rules import Alerts, Limits
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

# The four weeks, the oldest first, as shares of what is usual.
_FALLING = (1.2, 1.2, 0.8, 0.8)
_RISING = (0.8, 0.8, 1.2, 1.2)
_LATELY_USUAL = (0.0, 5.0, 1.0, 1.0)
_LATELY_ODD = (1.0, 1.0, 0.0, 5.0)


def incidents(
    series: str, others: Sequence[str], limits: Limits, alerts: Alerts
) -> dict[str, AlertTest]:
    """A replay for each alert, also after a week without anything and one with five times as much.

    series: one that counts, with all of its labels; others: some that do not
    """
    season = _Season(series, others, limits, alerts)
    return {
        "collapsed": season.replay(alerts.collapsed, limits.collapsed, _FALLING),
        "collapsed_after_bad_week": season.replay(
            alerts.collapsed, limits.collapsed, _LATELY_USUAL
        ),
        "gone": season.vanish(alerts.collapsed, limits.collapsed, _LATELY_ODD),
        "low": season.replay(alerts.low, limits.low, _RISING),
        "high": season.replay(alerts.high, limits.high, _FALLING),
    }


class _Season:
    """What the replays of one figure have in common."""

    def __init__(self, series: str, others: Sequence[str], limits: Limits, alerts: Alerts) -> None:
        window = milliseconds(alerts.counted.name.rpartition("increase")[2]) or 0
        self._step = window // 2
        self._week = (milliseconds("1w") or 0) // self._step
        # How the fifth week goes: a day as usual, and then for a day, or for two windows, each:
        # just short of the incident, the incident, and a time in which little is usual.
        self._day = (milliseconds("1d") or 0) // self._step
        self._phase = max(self._day, 4)
        self._series, self._others = series, others
        self._usual, self._few = limits.least * 1.02 / 2, limits.least * 0.98 / 2

    def replay(self, alert: Alert, share: float, weeks: Sequence[float]) -> AlertTest:
        """Quiet just short of the limit, firing beyond it, quiet where little is usual."""
        short, beyond = (1.02, 0.97) if share < 1 else (0.98, 1.03)
        begin = self._day + self._phase
        wait = (milliseconds(alert.for_) or 0) // self._step if alert.for_ else 0
        return self._test(
            alert,
            weeks,
            [
                (self._usual, self._day),
                (self._usual * share * short, self._phase),
                (self._usual * share * beyond, self._phase),
                (self._few * share * (0 if share < 1 else 2), self._phase),
            ],
            quiet=[begin, *([begin + wait] if wait else []), begin + 2 * self._phase],
            fires=begin + (1 + wait if wait else self._phase),
        )

    def vanish(self, alert: Alert, share: float, weeks: Sequence[float]) -> AlertTest:
        """Quiet just short of the limit; then there is no such series any more."""
        begin = self._day + self._phase
        test = self._test(
            alert,
            weeks,
            [(self._usual, self._day), (self._usual * share * 1.02, self._phase)],
            quiet=[begin],
            fires=begin + self._phase,
        )
        told = (alert.description or "").replace("{{ $value | humanizePercentage }}", "0%")
        return replace(test, annotations={"description": told})

    def _test(
        self,
        alert: Alert,
        weeks: Sequence[float],
        week: Sequence[Stretch],
        *,
        quiet: Sequence[int],
        fires: int,
    ) -> AlertTest:
        """Four weeks of their levels, and then one of these stretches; times are its samples."""
        past = [it for level in weeks for it in self._past(level)]
        much = (self._usual * 10, 5 * self._week)
        return AlertTest(
            alert,
            interval=duration_text(self._step),
            series={
                self._series: counter(*past, *week),
                **{it: counter(much) for it in self._others},
            },
            quiet=[self._at(it) for it in quiet],
            fires={self._at(fires): [{}]},
        )

    def _past(self, level: float) -> list[Stretch]:
        """A week, with little where the fifth has the time in which little is usual."""
        before = self._day + 2 * self._phase
        after = self._week - before - self._phase
        usual = self._usual * level
        return [(usual, before), (self._few, self._phase), (usual, after)]

    def _at(self, sample: int) -> str:
        """When a sample of the fifth week is."""
        return duration_text((4 * self._week + sample) * self._step)
