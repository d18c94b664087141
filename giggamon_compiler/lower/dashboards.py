"""Dashboards: laid out, drawn, their JSON normalised, to the program's boards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from giggamon_compiler import ir
from giggamon_compiler.lower.addresses import board_uid
from giggamon_compiler.lower.boards import (
    SOURCE,
    Placed,
    Setting,
    Written,
    alert_of,
    place,
    queries_of,
    settle,
    surround,
)
from giggamon_compiler.lower.grafana_json import normalise
from giggamon_compiler.lower.panels import draw_board, plain
from giggamon_compiler.model.dashboard import Dashboard, Row, Variable
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.panel import Query
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.value import origin_of

Drawn = dict[str, Any]


def lower_dashboards(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add every board, laid out."""
    services = {file.name: next(file.of(Service), None) for file in definitions.files}
    boards = [Written(file, services[file.name], it) for file, it in definitions.of(Dashboard)]
    around = surround(definitions, boards)
    lowered = (lower_dashboard(it.board, settle(it, around)) for it in boards)
    ordered = sorted(lowered, key=lambda board: (board.folder, board.key))
    return replace(program, dashboards=tuple(ordered))


def lower_dashboard(board: Dashboard, setting: Setting) -> ir.Dashboard:
    """A board; its key and its uid are one, so that its file is named as its address is."""
    owner = setting.owner
    placed = tuple(place(board))
    drawn = normalise(plain(draw_board(board, placed, setting)), SOURCE)
    pairs = zip(placed, drawn.pop("panels"), strict=True)
    panels = tuple(lower_panel(it, tree, setting) for it, tree in pairs)
    choices = drawn.pop("templating")["list"] if board.variables else []
    folder = board.folder or (setting.service.team.name if setting.service else "")
    return ir.Dashboard(
        uid=drawn.pop("uid"),
        key=setting.around.uids[owner, board.key],
        folder="" if folder.lower() == "general" else folder,  # Grafana's name of the topmost one
        title=drawn.pop("title"),
        panels=panels,
        description=drawn.pop("description", None),
        file=setting.file,
        owner=owner,
        was=board_uid(owner, board.was) if board.was else None,
        variables=tuple(map(lower_variable, board.variables, choices)),
        rest=drawn if panels else {**drawn, "panels": []},
        origin=origin_of(board),
    )


def lower_variable(variable: Variable, drawn: Drawn) -> ir.Variable:
    """A choice above a board: what is modelled out of its JSON, the rest as it is."""
    query = ir.Query(drawn["query"].pop("query"), origin_of(variable, "query"))
    kind, label = drawn.pop("type"), drawn.pop("label", None)
    return ir.Variable(drawn.pop("name"), kind, query, label, drawn, origin_of(variable))


def lower_panel(placed: Placed, drawn: Drawn, setting: Setting) -> ir.Panel:
    """A panel or a row: what is modelled out of its JSON, the rest as it is."""
    value, slot = placed.value, placed.slot
    drawn.pop("id")
    drawn.pop("gridPos")
    inner = drawn.pop("panels", None)
    defaults = drawn.get("fieldConfig", {}).get("defaults", {})
    queries = () if isinstance(value, Row) else queries_of(value)
    targets = zip(queries, drawn.pop("targets", ()), strict=True)
    alert = None if isinstance(value, Row) else alert_of(value)
    known = setting.around.alerts.get(id(alert))
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
        threshold=known.identity if known else None,
        rest={**drawn, "panels": []} if inner == [] else drawn,
        origin=origin_of(value),
    )


def lower_target(query: Query, drawn: Drawn) -> ir.Target:
    """A query of a panel; what stands in the place of a figure is the query that it means."""
    expression = ir.Query(drawn.pop("expr"), origin_of(query, "expr"))
    return ir.Target(drawn.pop("refId"), expression, drawn.pop("legendFormat"), drawn)
