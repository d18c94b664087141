"""An alert's level on a panel: coloured steps, the line, and how far the axis must reach.

Of a graph's steps the one that is well is transparent. Grafana shades the other side, and draws
the line in that side's colour whether it lies above or below (`thresholds.ts` of its uPlot panels:
"Thresholds below a transparent threshold is treated like \"less than\""). A figure has the colour
of the last step that is not above it, so a level that does not fire itself is left by a hair.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from giggamon_compiler.lower.boards import alert_of
from giggamon_compiler.model.panel import Panel, Table, TimeSeries
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity
from giggamon_compiler.promql.levels import Level, level_of

COLOURS = ("red", "orange", "yellow", "blue")  # the gravest severity's first
MARGIN = Decimal("1.1")  # how much farther than the level the axis reaches

Step = tuple[str, float | None]


@dataclass(frozen=True, slots=True)
class Threshold:
    """Steps from the lowest, the first of which has no value; style: Grafana's of lines."""

    steps: tuple[Step, ...]
    style: str = "off"
    soft_min: float | None = None
    soft_max: float | None = None


def threshold_of(
    panel: Panel, queries: Sequence[str], severities: Sequence[Severity]
) -> Threshold | None:
    """How a panel shows the level of its alert; None where it has none that can be shown.

    severities: of the policy, the gravest first
    """
    alert = alert_of(panel)
    asked = queries[:1] if isinstance(panel, Table) else queries
    level = level_of(alert.expr, asked) if alert else None
    if alert is None or level is None:
        return None
    colour = colour_of(alert, severities)
    if isinstance(panel, TimeSeries):
        return line_of(level, colour)
    well = "transparent" if isinstance(panel, Table) else "green"
    return Threshold(steps_of_figure(level, colour, well))


def colour_of(alert: Alert, severities: Sequence[Severity]) -> str:
    """The colour of an alert's severity; the gravest one's where it has none of the policy's."""
    ranks = {severity.name: rank for rank, severity in enumerate(severities)}
    rank = ranks.get(alert.severity.name, 0) if alert.severity else 0
    return COLOURS[min(rank, len(COLOURS) - 1)]


def line_of(level: Level, colour: str) -> Threshold | None:
    """A dashed line, and its side that fires shaded; what is apart from a number has no side.

    Nothing is shaded above 0: where all is well the whole panel would be.
    """
    value = level.value
    if level.side == "apart":
        return None
    if level.side == "below":
        steps: tuple[Step, ...] = ((colour, None), ("transparent", _plain(value)))
    else:
        steps = (("transparent", None), (colour, _plain(value)))
    beyond = float(Decimal(repr(value)) * MARGIN)
    beyond = beyond if math.isfinite(beyond) else value
    return Threshold(
        steps,
        "dashed" if level.side == "at" or (level.side == "above" and not value) else "dashed+area",
        _plain(min(beyond, 0.0)),
        _plain(max(beyond, 0.0)),
    )


def steps_of_figure(level: Level, colour: str, well: str) -> tuple[Step, ...]:
    """The colours of a figure, exact at the level itself."""
    here, above = _plain(level.value), _plain(math.nextafter(level.value, math.inf))
    match level.side:
        case "above":
            return (well, None), (colour, here if level.closed else above)
        case "below":
            return (colour, None), (well, above if level.closed else here)
        case "at":
            return (well, None), (colour, here), (well, above)
        case "apart":
            return (colour, None), (well, here), (colour, above)


def _plain(value: float) -> float:
    """A whole number without its point, as people write it."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
