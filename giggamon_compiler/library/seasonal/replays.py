"""The incidents that the alerts of a figure with seasons are for, replayed.

Two samples a window: four weeks, each at a level of its own, and the fifth in which it happens. The
median of two lower weeks and two higher ones lies between them, and moves as soon as one of them is
not looked at as it should be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.library.notation import Stretch, counter
from giggamon_compiler.library.seasonal.rules import Alerts, Limits
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

# The four weeks, the oldest first, as shares of what is usual.
_FALLING = (1.2, 1.2, 0.8, 0.8)
_RISING = (0.8, 0.8, 1.2, 1.2)
_ONE_BAD_ONE_GOOD = (1.0, 0.0, 5.0, 1.0)

# How the fifth week goes, in samples: as usual, just short of the incident, the incident, and a
# night, in which the past weeks had too little to compare with.
_AS_USUAL, _SHORT, _BEYOND, _NIGHT = 2, 4, 4, 4
_BEGIN = _AS_USUAL + _SHORT + 1


def incidents(
    series: str, others: Sequence[str], limits: Limits, alerts: Alerts
) -> dict[str, AlertTest]:
    """A replay for each alert, and one after a bad week and a good one.

    series: one that counts, with all of its labels; others: some that do not
    """
    season = _Season(series, others, limits, alerts)
    return {
        "collapsed": season.replay(alerts.collapsed, limits.collapsed, _FALLING),
        "collapsed_after_bad_week": season.replay(
            alerts.collapsed, limits.collapsed, _ONE_BAD_ONE_GOOD, vanishes=True
        ),
        "low": season.replay(alerts.low, limits.low, _RISING),
        "high": season.replay(alerts.high, limits.high, _FALLING),
    }


class _Season:
    """What the replays of one figure have in common."""

    def __init__(self, series: str, others: Sequence[str], limits: Limits, alerts: Alerts) -> None:
        window = milliseconds(alerts.counted.name.rpartition("increase")[2]) or 0
        self._step = window // 2
        self._week = (milliseconds("1w") or 0) // self._step
        self._series, self._others = series, others
        self._usual, self._few = limits.least * 1.02 / 2, limits.least * 0.98 / 2

    def replay(
        self, alert: Alert, share: float, weeks: Sequence[float], *, vanishes: bool = False
    ) -> AlertTest:
        """Quiet just short of the limit, firing beyond it, quiet where little is usual.

        vanishes: in the end there is no such series any more, and that fires, too, where the week
        is long enough to see it
        """
        short, beyond = (1.02, 0.97) if share < 1 else (0.98, 1.03)
        stretches: list[Stretch] = [it for level in weeks for it in self._past(level)]
        stretches += [
            (self._usual, _AS_USUAL),
            (self._usual * share * short, _SHORT),
            (self._usual * share * beyond, _BEYOND),
            (self._few * share * (0 if share < 1 else 2), _NIGHT),
        ]
        wait = (milliseconds(alert.for_) or 0) // self._step if alert.for_ else 0
        end = _BEGIN + _BEYOND + _NIGHT - 1
        gone = [end + 4] if vanishes and end + 4 < self._week else []
        return AlertTest(
            alert,
            interval=duration_text(self._step),
            series=self._samples(stretches),
            quiet=[
                self._at(it) for it in (_BEGIN - 1, *([_BEGIN + wait - 1] if wait else []), end)
            ],
            fires={self._at(it): [{}] for it in (_BEGIN + max(wait, 1), *gone)},
        )

    def _past(self, level: float) -> list[Stretch]:
        """A week, with its night where the fifth has it."""
        before = _AS_USUAL + _SHORT + _BEYOND
        after = self._week - before - _NIGHT
        usual = self._usual * level
        return [(usual, before), (self._few, _NIGHT), *([(usual, after)] if after else [])]

    def _samples(self, stretches: Sequence[Stretch]) -> Mapping[str, str]:
        much = (self._usual * 10, 4 * self._week + 30)
        return {self._series: counter(*stretches), **{it: counter(much) for it in self._others}}

    def _at(self, sample: int) -> str:
        """When a sample of the fifth week is."""
        return duration_text((4 * self._week + sample) * self._step)
