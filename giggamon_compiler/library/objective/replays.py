"""The incidents that the alerts of an objective are for, replayed.

Each of the two alerts watches two pairs of windows: a long one that says that it matters, and a
short one that says that it goes on. For each pair there is a replay of a fault just beyond its
factor, which must fill the long window, and one of a fault that ends, which the short window must
notice soon. In all of them a past with many events and no fault keeps the other pair calm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.library.notation import Stretch, counter
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Severity

# Long window, short window and factor, from the Site Reliability Workbook, table 5-8.
Pair = tuple[str, str, float]
_FAST: tuple[Pair, ...] = (("1h", "5m", 14.4), ("6h", "30m", 6))
_SLOW: tuple[Pair, ...] = (("1d", "2h", 3), ("3d", "6h", 1))

_SHORT, _LONG = 6, 72  # samples in the windows of a pair: each long one is twelve short ones
_EVENTS = 1000.0  # each sample
_RARE = 0.001  # the same where there is next to no traffic, less than one event in any window
_MANY = 20  # times as many


def incidents(
    slo: SLO, *, bad: str, good: str | None = None, total: str | None = None, others: Sequence[str]
) -> dict[str, AlertTest]:
    """Replays for the alerts that an objective has.

    bad: a series, with all of its labels, of bad events; good: one of the others, where `total` of
    the objective holds both; total: one of all of them, where they are counted apart
    others: some that do not count
    """
    tests: dict[str, AlertTest] = {}
    for name, severity, pairs in (("fast", slo.fast, _FAST), ("slow", slo.slow, _SLOW)):
        for pair in pairs if severity else ():
            replay = _Replay(slo, severity, pair, (bad, good, total), others)
            tests[f"{name}_{pair[0]}"] = replay.lasts()
            tests[f"{name}_{pair[0]}_ends"] = replay.ends()
            if total is not None:
                tests[f"{name}_{pair[0]}_without_events"] = replay.without_events()
    return tests


class _Replay:
    """A fault seen through one pair of windows."""

    def __init__(
        self,
        slo: SLO,
        severity: Severity | None,
        pair: Pair,
        series: tuple[str, str | None, str | None],
        others: Sequence[str],
    ) -> None:
        self._slo, self._severity = slo, severity
        self._bad, self._good, self._total = series
        self._others = others
        self._share = pair[2] * float(1 - Decimal(str(slo.objective)) / 100)
        self._step = (milliseconds(pair[1]) or 0) // _SHORT

    def lasts(self) -> AlertTest:
        """A long window just short of the factor, and then just beyond it.

        The window's mean passes the factor when a third of it is beyond.
        """
        begin = _LONG + _LONG // 3
        return self._test(
            [(0.98, _LONG), (1.04, _LONG)], quiet=[0, _LONG, begin - 3], fires=[begin + 3]
        )

    def ends(self) -> AlertTest:
        """Twice the factor for half of the long window, then nothing, then just short of it.

        There is next to no traffic: a share is one however few the events are.
        """
        end = _LONG + _LONG // 2 + _SHORT
        after = 2 * _SHORT
        return self._test(
            [(0.0, _LONG), (2.2, end - _LONG), (0.0, after), (0.97, after)],
            quiet=[0, _LONG, end + _SHORT - 2, end + 2 * after],
            fires=[end, end + 2],
            events=_RARE,
        )

    def without_events(self) -> AlertTest:
        """Bad ones are still counted when events are no more: of nothing there is no share."""
        end = _LONG + _LONG // 2 + _SHORT
        replay = self._test(
            [(0.0, _LONG), (2.2, end - _LONG), (2.2, 2 * _SHORT)],
            quiet=[0, _LONG, end + _SHORT + 1, end + 2 * _SHORT],
            fires=[end],
        )
        still = counter((_EVENTS * _MANY, _LONG), (_EVENTS, end), (0, 2 * _SHORT))
        return replace(replay, series={**replay.series, self._total or "": still})

    def _test(
        self,
        stretches: Sequence[Stretch],
        *,
        quiet: Sequence[int],
        fires: Sequence[int],
        events: float = _EVENTS,
    ) -> AlertTest:
        """A test whose stretches are multiples of the factor; times begin after the past."""
        bad = [(events * self._share * factor, length) for factor, length in stretches]
        rest = [(events - (0 if self._total else failed), length) for failed, length in bad]
        length = _LONG + sum(length for _, length in stretches)
        return AlertTest(
            self._slo,
            severity=self._severity,
            interval=duration_text(self._step),
            series={
                self._bad: counter((0, _LONG), *bad),
                self._total or self._good or "": counter((events * _MANY, _LONG), *rest),
                **{other: counter((_EVENTS * _MANY, length)) for other in self._others},
            },
            quiet=[self._at(sample) for sample in quiet],
            fires={self._at(sample): [{}] for sample in fires},
        )

    def _at(self, sample: int) -> str:
        return duration_text((_LONG + sample) * self._step)
