"""Dashboards: values to grafanalib's objects, their JSON normalised, to the program's boards."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from giggamon_compiler import ir
from giggamon_compiler.durations import milliseconds
from giggamon_compiler.lower.addresses import board_uid, board_uids
from giggamon_compiler.lower.boards import Panel, Placed, Setting, place, surround
from giggamon_compiler.lower.grafana_json import normalise
from giggamon_compiler.lower.serving import DATASOURCE_UID
from giggamon_compiler.lower.slo import budget_of, measure_text
from giggamon_compiler.lower.testing import alert_identities
from giggamon_compiler.lower.thresholds import Threshold, threshold_of
from giggamon_compiler.model import panel as written
from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import Measure
from giggamon_compiler.model.team import Labels
from giggamon_compiler.model.value import origin_of

SOURCE = {"type": "prometheus", "uid": DATASOURCE_UID}
REFRESH = "30s"
RANGE = "6h"
Drawn = dict[str, Any]

_SCALARS = frozenset({str, int, float, bool, type(None)})


def lower_dashboards(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add every board, laid out."""
    owners = {file.name: next(file.of(Service), None) for file in definitions.files}
    boards = [(file, owners[file.name], board) for file, board in definitions.of(Dashboard)]
    uids = board_uids((it.name if it else None, board.key) for _, it, board in boards)
    alerts = alert_identities(definitions)
    lowered = (
        lower_dashboard(board, surround(definitions, file, service, uids, alerts))
        for file, service, board in boards
    )
    ordered = sorted(lowered, key=lambda board: (board.folder, board.key))
    return replace(program, dashboards=tuple(ordered))


def lower_dashboard(board: Dashboard, setting: Setting) -> ir.Dashboard:
    """A board; its key and its uid are one, so that its file is named as its address is."""
    owner = setting.owner
    placed = tuple(place(board))
    drawn = normalise(plain(draw_board(board, placed, setting)), SOURCE)
    pairs = zip(placed, drawn.pop("panels"), strict=True)
    panels = tuple(lower_panel(it, tree, setting) for it, tree in pairs)
    folder = board.folder or (setting.service.team.name if setting.service else "")
    return ir.Dashboard(
        uid=drawn.pop("uid"),
        key=setting.uids[owner, board.key],
        folder="" if folder.lower() == "general" else folder,  # Grafana's name of the topmost one
        title=drawn.pop("title"),
        panels=panels,
        description=drawn.pop("description", None),
        file=setting.file,
        owner=owner,
        was=board_uid(owner, board.was) if board.was else None,
        rest=drawn if panels else {**drawn, "panels": []},
        origin=origin_of(board),
    )


def lower_panel(placed: Placed, drawn: Drawn, setting: Setting) -> ir.Panel:
    """A panel or a row: what is modelled out of its JSON, the rest as it is."""
    value, slot = placed.value, placed.slot
    drawn.pop("id")
    drawn.pop("gridPos")
    inner = drawn.pop("panels", None)
    defaults = drawn.get("fieldConfig", {}).get("defaults", {})
    targets = (
        () if isinstance(value, Row) else zip(value.queries, drawn.pop("targets", ()), strict=True)
    )
    alert = None if isinstance(value, Row) else value.threshold
    return ir.Panel(
        key=None if isinstance(value, Row) else value.key,
        id=placed.id,
        kind=drawn.pop("type"),
        title=drawn.pop("title"),
        x=slot.x,
        y=slot.y,
        width=slot.width,
        height=slot.height,
        targets=tuple(lower_target(query, target) for query, target in targets),
        unit=defaults.pop("unit", None),
        description=drawn.pop("description", None),
        panels=tuple(
            lower_panel(*pair, setting) for pair in zip(placed.panels, inner or (), strict=True)
        ),
        threshold=setting.alerts.get(id(alert)),
        rest={**drawn, "panels": []} if inner == [] else drawn,
        origin=origin_of(value),
    )


def lower_target(query: written.Query, drawn: Drawn) -> ir.Target:
    """A query of a panel; what stands in the place of a figure is the query that it means."""
    expression = ir.Query(drawn.pop("expr"), origin_of(query, "expr"))
    return ir.Target(drawn.pop("refId"), expression, drawn.pop("legendFormat"), drawn)


def draw_board(board: Dashboard, placed: tuple[Placed, ...], setting: Setting) -> Any:
    """A board as grafanalib has it."""
    from grafanalib import core

    tags, links, annotations = ["giggamon"], [], []
    if setting.service:
        own = f"service:{setting.service.name}"
        tags += [own, f"team:{setting.service.team.name}"]
        links.append(
            core.DashboardLink(
                title=f"Boards of {setting.service.name}", tags=[own], asDropdown=True
            )
        )
        annotations.append(draw_alerts(setting.service, setting.names))
    if setting.runbook:
        links.append(
            core.DashboardLink(
                title="Runbook", type="link", icon="doc", uri=setting.runbook, keepTime=False
            )
        )
    return core.Dashboard(
        title=board.title,
        uid=setting.uids[setting.owner, board.key],
        description=board.description or "",
        tags=tags,
        links=links,
        annotations=core.Annotations(list=annotations),
        editable=False,
        graphTooltip=core.GRAPH_TOOLTIP_MODE_SHARED_CROSSHAIR,
        refresh=max(REFRESH, setting.interval or REFRESH, key=lambda it: milliseconds(it) or 0),
        time=core.Time(f"now-{RANGE}", "now"),
        timezone="browser",
        panels=[draw(it, setting) for it in placed],
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


def draw(placed: Placed, setting: Setting) -> Any:
    """A row or a panel as grafanalib has it."""
    from grafanalib import core

    value, slot = placed.value, placed.slot
    position = core.GridPos(h=slot.height, w=slot.width, x=slot.x, y=slot.y)
    if isinstance(value, Row):
        return core.RowPanel(
            title=value.title,
            id=placed.id,
            gridPos=position,
            collapsed=value.collapsed,
            panels=[draw(panel, setting) for panel in placed.panels],
        )
    texts = [query_text(query, setting) for query in value.queries]
    threshold = threshold_of(value, texts, setting.severities) or threshold_of_measure(value)
    common = {
        "title": value.title,
        "id": placed.id,
        "description": value.description,
        "gridPos": position,
        "interval": setting.interval,
        "thresholds": [{"color": colour, "value": step} for colour, step in threshold.steps],
        "targets": [
            draw_target(query, text, isinstance(value, written.Stat), setting)
            for query, text in zip(value.queries, texts, strict=True)
        ],
    }
    if isinstance(value, written.Stat):
        return draw_stat(value, common)
    return draw_timeseries(value, common, threshold)


def query_text(query: written.Query, setting: Setting) -> str:
    """The PromQL of a query, or that of the figure in its place."""
    if isinstance(query.expr, Measure):
        return measure_text(query.expr, setting.owner or "", setting.names)
    return query.expr


def draw_target(query: written.Query, text: str, instant: bool, setting: Setting) -> Any:
    """A query; its smallest step, which `$__rate_interval` rests on, is that between samples."""
    from grafanalib import core

    return core.Target(
        expr=text,
        legendFormat="__auto" if query.legend is None else query.legend,
        instant=instant,
        interval=setting.interval or "",
    )


def draw_timeseries(panel: written.TimeSeries, common: Drawn, threshold: Threshold) -> Any:
    """Lines over time. grafanalib takes whole numbers only as limits, so they pass beside it."""
    from grafanalib import core

    limits = {"min": panel.min, "max": panel.max}
    finite = {name: it for name, it in limits.items() if it is not None and math.isfinite(it)}
    soft = {"axisSoftMin": threshold.soft_min, "axisSoftMax": threshold.soft_max}
    return core.TimeSeries(
        **common,
        unit=panel.unit or "",
        lineWidth=2,
        tooltipMode="multi",
        tooltipSort="desc",
        thresholdsStyleMode=threshold.style,
        extraJson={"fieldConfig": {"defaults": {**finite, "custom": soft}}},
    )


def draw_stat(panel: written.Stat, common: Drawn) -> Any:
    """One figure a query, asked for now; coloured only where it is known what is good."""
    from grafanalib import core

    return core.Stat(
        **common,
        format=panel.unit or "",
        decimals=panel.decimals,
        noValue=None,
        graphMode="none",
        colorMode="value" if common["thresholds"] else "none",
        reduceCalc="lastNotNull",
    )


def threshold_of_measure(panel: Panel) -> Threshold:
    """From where on a figure of an objective is good: met, not used up, slower than the window."""
    measure = next((it.expr for it in panel.queries if isinstance(it.expr, Measure)), None)
    if measure is None:
        return Threshold(())
    target = float(1 - budget_of(measure.slo))
    good_from = {"attained": target, "budget": 0.0, "burn": 1.0}
    colours = ("green", "red") if measure.figure == "burn" else ("red", "green")
    return Threshold(((colours[0], None), (colours[1], good_from[measure.figure])), "dashed")


def plain(value: Any) -> Any:
    """grafanalib's objects as the tree of their JSON."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is dict:
        return {key: it if type(it) in _SCALARS else plain(it) for key, it in value.items()}
    if kind is list or kind is tuple:
        return [plain(item) for item in value]
    return plain(value.to_json_data())
