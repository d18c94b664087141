"""Boards and their panels as grafanalib's objects: the one place that knows it.

Lines and figures are its own classes. It has no class for the others that today's Grafana reads as
it was meant, so that they are its bare panel with the options of `kinds`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.lower.boards import (
    SOURCE,
    Placed,
    Setting,
    Surroundings,
    alert_of,
    objective_of,
    queries_of,
)
from giggamon_compiler.lower.kinds import KINDS, draw_overrides, draw_states
from giggamon_compiler.lower.labels import (
    alert_address,
    heading_anchor,
    runbook_name,
    runbook_page,
)
from giggamon_compiler.lower.slo import budget_of, measure_text
from giggamon_compiler.lower.thresholds import Threshold, threshold_of
from giggamon_compiler.model import panel as written
from giggamon_compiler.model.dashboard import Dashboard, Row, Variable
from giggamon_compiler.model.panel import Panel
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO, Measure
from giggamon_compiler.model.team import Labels, Severity

OVERVIEW = "overview"  # the tag of boards of no service
REFRESH = "30s"
RANGE = "6h"
EVERYTHING = "$__all"  # Grafana's value of the choice "All"
Drawn = dict[str, Any]

_SCALARS = frozenset({str, int, float, bool, type(None)})
# How Grafana's editor of Prometheus' variables shows a query (its `PromVariableQueryType`).
_QUERY_TYPES = {"label_names": 0, "label_values": 1, "metrics": 2, "query_result": 3}
_CLASSIC = 5
# What shows one moment; all others show a range of time.
_FIGURES = (written.Stat, written.Gauge, written.BarGauge, written.Table)
_FORMATS: dict[type[Panel], str] = {written.Table: "table", written.Heatmap: "heatmap"}

# What names a series where nothing is said: the buckets of a heatmap are sorted by their names.
_LEGENDS: dict[type[Panel], str] = {written.Heatmap: "{{le}}"}


def draw_board(board: Dashboard, placed: tuple[Placed, ...], setting: Setting) -> Any:
    """A board as grafanalib has it."""
    from grafanalib import core

    tags = tags_of(board, setting.service)
    annotations = []
    if setting.service:
        annotations.append(draw_alerts(setting.service, setting.around.names))
    return core.Dashboard(
        title=board.title,
        uid=setting.around.uids[setting.owner, board.key],
        description=board.description or "",
        tags=tags,
        links=list(draw_links(tags, setting)),
        annotations=core.Annotations(list=annotations),
        templating=core.Templating(list=[draw_variable(it) for it in board.variables]),
        editable=False,
        graphTooltip=core.GRAPH_TOOLTIP_MODE_SHARED_CROSSHAIR,
        refresh=max(REFRESH, setting.interval or REFRESH, key=lambda it: milliseconds(it) or 0),
        time=core.Time(f"now-{RANGE}", "now"),
        timezone="browser",
        panels=[draw(it, setting) for it in placed],
    )


def tags_of(board: Dashboard, service: Service | None) -> list[str]:
    """The tags of a board; one of no service is an overview."""
    own = [f"service:{service.name}", f"team:{service.team.name}"] if service else [OVERVIEW]
    return list(dict.fromkeys(["giggamon", *own, *board.tags]))


def draw_links(tags: Sequence[str], setting: Setting) -> Iterator[Any]:
    """Where a board leads: to what shares its tags, what its service depends on, its runbook."""
    from grafanalib import core

    needed = setting.service.depends_on if setting.service else ()
    for tag in dict.fromkeys((*tags, *(f"service:{name}" for name in needed), OVERVIEW)):
        kind, colon, name = tag.partition(":")
        if colon or tag == OVERVIEW:
            said = name if kind == "service" else f"{kind} {name}"
            title = f"Boards of {said}" if colon else "Overviews"
            yield core.DashboardLink(title=title, tags=[tag], asDropdown=True)
    if setting.runbook:
        yield core.DashboardLink(
            title="Runbook", type="link", icon="doc", uri=setting.runbook, keepTime=False
        )


def draw_alerts(service: Service, names: Labels) -> Drawn:
    """When the service's alerts fired, drawn over every panel."""
    return {
        "name": "Firing alerts",
        "enable": True,
        "iconColor": "red",
        "expr": f'ALERTS{{alertstate="firing",{names.service}="{service.name}"}}',
        "titleFormat": "{{alertname}}",
        "tagKeys": f"{names.severity},instance",
    }


def draw_variable(variable: Variable) -> Drawn:
    """A choice above a board, filled anew when the range of time changes.

    "All" is any value that is there, so that it needs no list of them in every query.
    """
    everything: Drawn = {"text": "All", "value": EVERYTHING}
    if variable.multi:
        everything = {name: [value] for name, value in everything.items()}
    query, editor = variable.query, "PrometheusVariableQueryEditor-VariableQuery"
    asked = {"qryType": _QUERY_TYPES.get(query.partition("(")[0].strip(), _CLASSIC), "query": query}
    return {
        "type": "query",
        "name": variable.name,
        "label": variable.label,
        "datasource": dict(SOURCE),
        "definition": query,
        "query": {**asked, "refId": editor},
        "refresh": 2,
        "sort": 1,
        "multi": variable.multi,
        "includeAll": variable.all,
        "allValue": ".+" if variable.all else None,
        "current": everything if variable.all else None,
        "options": [],
        "regex": "",
    }


def draw(placed: Placed, setting: Setting) -> Any:
    """A row or a panel as grafanalib has it."""
    from grafanalib import core

    value, slot = placed.value, placed.slot
    position = {"h": slot.height, "w": slot.width, "x": slot.x, "y": slot.y}
    if isinstance(value, Row):
        return core.RowPanel(
            title=value.title,
            id=placed.id,
            gridPos=position,
            collapsed=value.collapsed,
            panels=[draw(panel, setting) for panel in placed.panels],
        )
    queries = queries_of(value)
    texts = [query_text(query, setting.around) for query in queries]
    threshold = colours_of(value, texts, setting.around.severities)
    common = {
        "title": value.title,
        "id": placed.id,
        "description": value.description,
        "gridPos": position,
        "interval": setting.interval if queries else None,
        "links": links_of(value, setting.around),
        "thresholds": [{"color": colour, "value": step} for colour, step in threshold.steps],
        "targets": [
            draw_target(query, text, value, setting)
            for query, text in zip(queries, texts, strict=True)
        ],
    }
    if isinstance(value, written.Stat):
        return draw_stat(value, common)
    if isinstance(value, written.TimeSeries):
        return draw_timeseries(value, common, threshold)
    bare: Any = core.Panel(**common)
    return bare.panel_json(KINDS[type(value)](value, threshold))


def query_text(query: written.Query, around: Surroundings) -> str:
    """The PromQL of a query, or that of the figure in its place."""
    measure = query.expr
    if isinstance(measure, Measure):
        return measure_text(measure, around.owners.get(id(measure.slo), ""), around.names)
    return measure


def links_of(panel: Panel, around: Surroundings) -> list[Drawn]:
    """What to do about the alert whose level a panel shows, and whether it fires."""
    told, environment = alert_of(panel) or objective_of(panel), around.environment
    known = around.alerts.get(id(told))
    silent = isinstance(told, SLO) and told.fast is None and told.slow is None
    if known is None or environment is None or silent:
        return []
    links = {}
    page = runbook_page(known.file, environment)
    if page is not None and runbook_name(known.file) in around.runbooks:
        links[f"Runbook of {known.name}"] = f"{page}#{heading_anchor(known.name)}"
    if environment.prometheus_url:
        links[f"Alert {known.name}"] = alert_address(known.name, environment.prometheus_url)
    return [{"title": title, "url": url, "targetBlank": True} for title, url in links.items()]


def draw_target(query: written.Query, text: str, panel: Panel, setting: Setting) -> Drawn:
    """A query; its smallest step, which `$__rate_interval` rests on, is that between samples."""
    legend = _LEGENDS.get(type(panel), "__auto") if query.legend is None else query.legend
    return {
        "expr": text,
        "legendFormat": legend,
        "instant": isinstance(panel, _FIGURES),
        "format": _FORMATS.get(type(panel)),
        "interval": setting.interval,
    }


def draw_timeseries(panel: written.TimeSeries, common: Drawn, threshold: Threshold) -> Any:
    """Lines over time. grafanalib takes whole numbers only as limits, so they pass beside it."""
    from grafanalib import core

    limits = {"min": panel.min, "max": panel.max}
    finite = {name: it for name, it in limits.items() if it is not None and math.isfinite(it)}
    soft = {"axisSoftMin": threshold.soft_min, "axisSoftMax": threshold.soft_max}
    stacked = {"stacking": {"mode": "normal", "group": "A"}} if panel.stacked else {}
    return core.TimeSeries(
        **common,
        unit=panel.unit or "",
        lineWidth=2,
        fillOpacity=30 if panel.stacked else 0,
        tooltipMode="multi",
        tooltipSort="desc",
        thresholdsStyleMode=threshold.style,
        overrides=draw_overrides(panel),
        extraJson={"fieldConfig": {"defaults": {**finite, "custom": {**soft, **stacked}}}},
    )


def draw_stat(panel: written.Stat, common: Drawn) -> Any:
    """One figure a series, asked for now; coloured only where it is known what is good."""
    from grafanalib import core

    return core.Stat(
        **common,
        format=panel.unit or "",
        decimals=panel.decimals,
        mappings=draw_states(panel.states),
        noValue=None,
        graphMode="none",
        colorMode="value" if common["thresholds"] or panel.states else "none",
        reduceCalc="lastNotNull",
        overrides=draw_overrides(panel),
    )


def colours_of(panel: Panel, texts: Sequence[str], severities: Sequence[Severity]) -> Threshold:
    """What the colours of a panel say: the level of its alert, or what is good of an objective."""
    found = threshold_of(panel, texts, severities) or threshold_of_measure(panel)
    if not found.steps and isinstance(panel, written.Stat | written.StateTimeline) and panel.states:
        return Threshold((("text", None),))  # of a number that stands for nothing, nothing is said
    return found


def threshold_of_measure(panel: Panel) -> Threshold:
    """From where on a figure of an objective is good: met, not used up, slower than the window."""
    queries = queries_of(panel)
    measure = next((it.expr for it in queries if isinstance(it.expr, Measure)), None)
    if measure is None:
        return Threshold(())
    target = float(1 - budget_of(measure.slo))
    good_from = {"attained": target, "budget": 0.0, "burn": 1.0}
    colours = ("green", "red") if measure.figure == "burn" else ("red", "green")
    return Threshold(((colours[0], None), (colours[1], good_from[measure.figure])), "dashed")


def plain(value: Any) -> Any:
    """grafanalib's objects as the tree of their JSON, without what is not there."""
    kind = type(value)
    if kind is dict:
        return {
            key: it if type(it) in _SCALARS else plain(it)
            for key, it in value.items()
            if it is not None
        }
    if kind is list or kind is tuple:
        return [it if type(it) in _SCALARS else plain(it) for it in value]
    return plain(value.to_json_data())
