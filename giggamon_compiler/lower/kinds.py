"""What each kind of panel adds to a bare one: its type, options, fields and transformations.

Options are those that Grafana writes for a new panel of the kind, but where an experienced hand
would change them at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from giggamon_compiler.lower.thresholds import Threshold
from giggamon_compiler.model.panel import (
    BarGauge,
    Gauge,
    Heatmap,
    Panel,
    State,
    StateTimeline,
    Table,
    Text,
)

Drawn = dict[str, Any]

# Where a share ends, by its unit.
_ENDS: Mapping[str | None, float] = {"percentunit": 1, "percent": 100}
_LAST = {"calcs": ["lastNotNull"], "fields": "", "values": False}
_LEGEND = {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True}
# Nothing says what is good: a colour that says nothing.
_NEUTRAL = {"mode": "fixed", "fixedColor": "blue"}
_BY_LEVEL = {"mode": "thresholds"}
# What Grafana makes a column of, and no label that tells lines apart.
_NO_COLUMNS = ["Time", "__name__"]


def draw_states(states: Sequence[State]) -> list[Drawn]:
    """What numbers stand for, as Grafana maps values."""
    if not states:
        return []
    options = {
        number_text(state.value): {"text": state.text, "color": state.color, "index": index}
        for index, state in enumerate(states)
    }
    return [{"type": "value", "options": options}]


def number_text(value: float) -> str:
    """A number as JavaScript writes it, which Grafana looks it up by."""
    if float(value).is_integer() and abs(value) < 1e21:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e-4:
        return format(Decimal(repr(value)), "f")
    return repr(value).replace("e-0", "e-")


def draw_overrides(panel: Any) -> list[Drawn]:
    """The units of those queries that have one of their own."""
    return [
        override("byFrameRefID", reference(index), unit=query.unit)
        for index, query in enumerate(panel.queries)
        if query.unit is not None
    ]


def override(matcher: str, options: str, **properties: Any) -> Drawn:
    """What some fields have of their own."""
    return {
        "matcher": {"id": matcher, "options": options},
        "properties": [{"id": name, "value": value} for name, value in properties.items()],
    }


def reference(index: int) -> str:
    """The letter of a query."""
    return f"{chr(ord('A') + index % 26)}{index // 26 or ''}"


def dial_fields(panel: Gauge | BarGauge, threshold: Threshold) -> Drawn:
    """The ends of a dial or a bar, and its colour."""
    limits = {"min": panel.min, "max": _ENDS.get(panel.unit) if panel.max is None else panel.max}
    finite = {name: it for name, it in limits.items() if it is not None and math.isfinite(it)}
    defaults = {
        **finite,
        "unit": panel.unit,
        "decimals": panel.decimals,
        "color": _BY_LEVEL if threshold.steps else _NEUTRAL,
    }
    return {"defaults": defaults, "overrides": draw_overrides(panel)}


def draw_gauge(panel: Gauge, threshold: Threshold) -> Drawn:
    """A dial."""
    return {
        "type": "gauge",
        "fieldConfig": dial_fields(panel, threshold),
        "options": {
            "minVizHeight": 75,
            "minVizWidth": 75,
            "orientation": "auto",
            "reduceOptions": _LAST,
            "showThresholdLabels": False,
            "showThresholdMarkers": bool(threshold.steps),
            "sizing": "auto",
        },
    }


def draw_bars(panel: BarGauge, threshold: Threshold) -> Drawn:
    """Bars from left to right, each beside its name."""
    return {
        "type": "bargauge",
        "fieldConfig": dial_fields(panel, threshold),
        "options": {
            "displayMode": "basic",
            "legend": {**_LEGEND, "showLegend": False},
            # Of few bars Grafana makes giants.
            "maxVizHeight": 32,
            "minVizHeight": 16,
            "minVizWidth": 8,
            "namePlacement": "left",
            "orientation": "horizontal",
            "reduceOptions": _LAST,
            "showUnfilled": True,
            "sizing": "manual",
            "valueMode": "text",
        },
    }


def draw_table(panel: Table, threshold: Threshold) -> Drawn:
    """Labels and figures in columns. Grafana calls a figure "Value", of several "Value #A"."""
    several = len(panel.queries) > 1
    figures = [f"Value #{reference(i)}" if several else "Value" for i in range(len(panel.queries))]
    headings = [
        (panel.title if query.legend is None else query.legend) or figure
        for query, figure in zip(panel.queries, figures, strict=True)
    ]
    order = [*panel.columns, *figures]
    renamed = {**panel.columns, **dict(zip(figures, headings, strict=True))}
    # Lines are joined by all that is left, so what is not shown goes first.
    kept = {"include": {"names": order}} if panel.columns else {"exclude": {"names": _NO_COLUMNS}}
    steps: list[Drawn] = [{"id": "filterFieldsByName", "options": kept}]
    if several:
        steps.append({"id": "merge", "options": {}})
    organized = {
        "excludeByName": {},
        "includeByName": {},
        "indexByName": {name: index for index, name in enumerate(order)} if panel.columns else {},
        "renameByName": renamed,
    }
    steps.append({"id": "organize", "options": organized})
    overrides = [
        override("byName", heading, unit=query.unit)
        for heading, query in zip(headings, panel.queries, strict=True)
        if query.unit is not None
    ]
    if threshold.steps and headings:
        coloured = {"type": "color-background", "mode": "basic"}
        overrides.append(override("byName", headings[0], **{"custom.cellOptions": coloured}))
    return {
        "type": "table",
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "decimals": panel.decimals,
                "color": _BY_LEVEL,
                "custom": {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False},
            },
            "overrides": overrides,
        },
        "options": {
            "cellHeight": "sm",
            "showHeader": True,
            "sortBy": [
                {"displayName": it, "desc": not panel.smallest_first} for it in headings[:1]
            ],
        },
        "transformations": steps,
    }


def draw_heatmap(panel: Heatmap, threshold: Threshold) -> Drawn:
    """Buckets over time."""
    return {
        "type": "heatmap",
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "custom": {
                    "hideFrom": {"legend": False, "tooltip": False, "viz": False},
                    "scaleDistribution": {"type": "linear"},
                },
            },
            "overrides": [],
        },
        "options": {
            "calculate": False,
            "cellGap": 1,
            "cellValues": {"unit": "short"},  # the panel's unit is that of the bounds
            "color": {
                "exponent": 0.5,
                "fill": "dark-orange",
                "mode": "scheme",
                "reverse": False,
                "scale": "exponential",
                "scheme": "Oranges",
                "steps": 64,
            },
            "exemplars": {"color": "rgba(255,0,255,0.7)"},
            "filterValues": {"le": 1e-9},
            "legend": {"show": True},
            "rowsFrame": {"layout": "auto"},
            "showValue": "never",
            "tooltip": {"mode": "single", "showColorScale": False, "yHistogram": True},
            "yAxis": {"axisPlacement": "left", "reverse": False, "unit": panel.unit or "short"},
        },
    }


def draw_timeline(panel: StateTimeline, threshold: Threshold) -> Drawn:
    """A bar for each series, coloured by its state."""
    return {
        "type": "state-timeline",
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "color": _BY_LEVEL if threshold.steps or panel.states else _NEUTRAL,
                "mappings": draw_states(panel.states),
                "custom": {
                    "axisPlacement": "auto",
                    "fillOpacity": 70,
                    "hideFrom": {"legend": False, "tooltip": False, "viz": False},
                    "insertNulls": False,
                    "lineWidth": 0,
                    "spanNulls": False,
                },
            },
            "overrides": draw_overrides(panel),
        },
        "options": {
            "alignValue": "left",
            "legend": _LEGEND,
            "mergeValues": True,
            "rowHeight": 0.9,
            "showValue": "auto",
            "tooltip": {"hideZeros": False, "mode": "single", "sort": "none"},
        },
    }


def draw_text(panel: Text, threshold: Threshold) -> Drawn:
    """A text in Markdown."""
    code = {"language": "plaintext", "showLineNumbers": False, "showMiniMap": False}
    return {
        "type": "text",
        "options": {"code": code, "content": panel.content, "mode": "markdown"},
    }


KINDS: Mapping[type[Panel], Callable[[Any, Threshold], Drawn]] = {
    Gauge: draw_gauge,
    BarGauge: draw_bars,
    Table: draw_table,
    Heatmap: draw_heatmap,
    StateTimeline: draw_timeline,
    Text: draw_text,
}
