"""The panels of a dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from giggamon_compiler.model.metric import Signal
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.slo import Measure
from giggamon_compiler.model.value import Value

__all__ = [
    "BarGauge",
    "Gauge",
    "Heatmap",
    "Panel",
    "Query",
    "Stat",
    "State",
    "StateTimeline",
    "Table",
    "Text",
    "TimeSeries",
]


@dataclass(frozen=True, slots=True)
class Query(Value):
    """A query of a panel: PromQL, or a figure of an objective; legend: Grafana's legend format.

    unit: of what this query returns, where it is another one than the panel's
    """

    expr: str | Measure
    _: KW_ONLY
    legend: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class State(Value):
    """What a number stands for: its name, and its colour; red, orange and yellow are not well."""

    value: float
    text: str
    _: KW_ONLY
    color: Literal["green", "yellow", "orange", "red", "blue", "purple"]


@dataclass(frozen=True, slots=True)
class TimeSeries(Value):
    """Lines over time.

    key: the panel's identity within its board, which stays when the title changes
    unit: Grafana's name of the unit, such as "s", "reqps", "percentunit"
    signal: what it tells about the service: the row of a made board that it stands in
    threshold: an alert whose level is drawn, and kept in sight unless `min` or `max` forbid it
    stacked: one line on top of the other, for parts of a whole
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None
    min: float | None = None
    max: float | None = None
    stacked: bool = False
    threshold: Alert | None = None


@dataclass(frozen=True, slots=True)
class Stat(Value):
    """One large figure a series: the last value; key, unit, signal: as for `TimeSeries`.

    states: what the numbers stand for, where they are no amounts
    threshold: an alert whose level decides the figure's colour
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None
    decimals: int | None = None
    states: Sequence[State] = ()
    threshold: Alert | None = None


@dataclass(frozen=True, slots=True)
class Gauge(Value):
    """A dial for each series: how much of what there can be.

    key, unit, signal: as for `TimeSeries`
    max: where the dial ends; that of the unit where it is left out: 1 for "percentunit", 100 for
    "percent"
    threshold: an alert whose level decides the colour
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None
    min: float = 0
    max: float | None = None
    decimals: int | None = None
    threshold: Alert | None = None


@dataclass(frozen=True, slots=True)
class BarGauge(Value):
    """A bar for each series, beside its name; key, unit, signal: as for `TimeSeries`.

    max: where a bar is full, as for `Gauge`; the largest of the values where nothing says it
    threshold: an alert whose level decides the colour of a bar
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None
    min: float = 0
    max: float | None = None
    decimals: int | None = None
    threshold: Alert | None = None


@dataclass(frozen=True, slots=True)
class Table(Value):
    """A line for each set of labels, a column for each query, headed by its legend.

    Queries whose labels are equal share their lines. The first query is what the table is about:
    the lines are sorted by its figure, the largest first. key, unit, signal: as for `TimeSeries`.

    columns: the labels that are shown, in order, with their headings; all where it is left out
    threshold: an alert whose level decides the colour of the first figure
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    decimals: int | None = None
    smallest_first: bool = False
    threshold: Alert | None = None


@dataclass(frozen=True, slots=True)
class Heatmap(Value):
    """How often which values came over time: the buckets of a classic histogram, by `le`.

    Its query returns a series for each bucket, `sum by (le) (rate(…_bucket[$__rate_interval]))`.
    key, signal: as for `TimeSeries`; unit: of the buckets' bounds
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class StateTimeline(Value):
    """In which state each series was when; key, unit, signal: as for `TimeSeries`.

    states: what the numbers stand for
    threshold: an alert whose level decides the colour, where no states do
    """

    title: str
    queries: Sequence[Query]
    _: KW_ONLY
    key: str
    unit: str | None = None
    description: str | None = None
    signal: Signal | None = None
    states: Sequence[State] = ()
    threshold: Alert | None = None


@dataclass(frozen=True, slots=True)
class Text(Value):
    """A text in Markdown; key, signal: as for `TimeSeries`."""

    title: str
    content: str
    _: KW_ONLY
    key: str
    description: str | None = None
    signal: Signal | None = None


Panel = TimeSeries | Stat | Gauge | BarGauge | Table | Heatmap | StateTimeline | Text
