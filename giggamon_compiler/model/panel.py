"""The panels of a dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from giggamon_compiler.model.metric import Signal
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.slo import Measure
from giggamon_compiler.model.value import Value

__all__ = ["Query", "Stat", "TimeSeries"]


@dataclass(frozen=True, slots=True)
class Query(Value):
    """A query of a panel: PromQL, or a figure of an objective; legend: Grafana's legend format."""

    expr: str | Measure
    _: KW_ONLY
    legend: str | None = None


@dataclass(frozen=True, slots=True)
class TimeSeries(Value):
    """Lines over time.

    key: the panel's identity within its board, which stays when the title changes
    unit: Grafana's name of the unit, such as "s", "reqps", "percentunit"
    threshold: an alert whose level is drawn, and kept in sight unless `min` or `max` forbid it
    signal: what it tells about the service: the row of a made board that it stands in
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    min: float | None = None
    max: float | None = None
    threshold: Alert | None = None
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class Stat(Value):
    """One large figure a query: the last value; key, unit: as for `TimeSeries`.

    threshold: an alert whose level decides the figure's colour; signal: as for `TimeSeries`
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    decimals: int | None = None
    threshold: Alert | None = None
    signal: Signal | None = None


Panel = TimeSeries | Stat
