"""Dashboards: one JSON file each, `grafana/dashboards/<folder>/<key>.json`.

Grafana makes a folder of each directory, and keeps what lies beside them in its topmost one: that
is the folder "". What is modelled of a board is taken out of its JSON, the rest kept verbatim, so
that a board that anybody wrote comes back as it was. A number 0, an empty text and an empty list
mean in a panel that the field is not there; where it is there, and is just that, it is in the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from giggamon_compiler.findings import Origin, PyPlace, at
from giggamon_compiler.ir import Dashboard, Panel, Program, Query, Target, Tree, Variable
from giggamon_compiler.targets import json_text
from giggamon_compiler.targets.shape import Keys, ShapeError

FOLDER = "grafana/dashboards/"
SUFFIX = ".json"

_GRID = ("x", "y", "w", "h")
_ESCAPED = re.compile(r"%(?:([0-9A-F]{1,6})\.)?")
_NO_NAMES = {"": "%", ".": "%2E.", "..": "%2E.."}


def emit(program: Program) -> dict[str, str]:
    """A file for each board."""
    return {path_of(board): json_text.write(_emit_board(board)) for board in program.dashboards}


def path_of(board: Dashboard) -> str:
    """Where the file of a board is: no name leads out of the folder, or to another board's file."""
    parts = [*(board.folder.split("/") if board.folder else ()), board.key]
    return FOLDER + "/".join(map(_escape, parts)) + SUFFIX


def _emit_board(board: Dashboard) -> dict[str, Tree]:
    tree = dict(board.rest)
    _put(tree, uid=board.uid or None, title=board.title or None, description=board.description)
    _put(tree, panels=[_emit_panel(panel) for panel in board.panels] or None)
    if board.variables:
        choices = [_emit_variable(variable) for variable in board.variables]
        tree["templating"] = {**tree.get("templating", {}), "list": choices}
    return tree


def _emit_variable(variable: Variable) -> dict[str, Tree]:
    tree = dict(variable.rest)
    _put(tree, name=variable.name or None, type=variable.kind or None, label=variable.label)
    text = variable.query.text
    if text:  # alone, as Grafana wrote it before its version 8, or beside more
        tree["query"] = {**tree["query"], "query": text} if "query" in tree else text
    return tree


def _emit_panel(panel: Panel) -> dict[str, Tree]:
    tree = dict(panel.rest)
    _put(tree, id=panel.id or None, type=panel.kind or None, title=panel.title or None)
    _put(tree, description=panel.description)
    place = (panel.x, panel.y, panel.width, panel.height)
    if any(place):
        tree["gridPos"] = {**tree.get("gridPos", {}), **dict(zip(_GRID, place, strict=True))}
    if panel.unit is not None:
        config = dict(tree.get("fieldConfig", {}))
        config["defaults"] = {**config.get("defaults", {}), "unit": panel.unit}
        tree["fieldConfig"] = config
    _put(tree, targets=[_emit_target(target) for target in panel.targets] or None)
    _put(tree, panels=[_emit_panel(inner) for inner in panel.panels] or None)
    return tree


def _emit_target(target: Target) -> dict[str, Tree]:
    tree = dict(target.rest)
    _put(tree, refId=target.ref or None, expr=target.query.text or None)
    _put(tree, legendFormat=target.legend)
    return tree


def _put(tree: dict[str, Tree], **fields: Tree | None) -> None:
    tree.update((name, value) for name, value in fields.items() if value is not None)


def read(files: Mapping[str, str], program: Program) -> Program:
    """Add every board. Raises TargetError and ShapeError."""
    boards = [
        _read_board(json_text.parse(text, path), path)
        for path, text in files.items()
        if path.startswith(FOLDER) and path.endswith(SUFFIX)
    ]
    boards.sort(key=lambda board: (board.folder, board.key))
    return replace(program, dashboards=tuple(boards))


def _read_board(tree: Tree, path: str) -> Dashboard:
    if not isinstance(tree, dict):
        raise ShapeError(path, (), "a dashboard must be an object")
    folder, _, key = path[len(FOLDER) : -len(SUFFIX)].rpartition("/")
    return Dashboard(
        uid=_text(tree, "uid"),
        key=_unescape(key),
        folder="/".join(map(_unescape, folder.split("/"))),
        title=_text(tree, "title"),
        description=_optional(tree, "description"),
        panels=tuple(_read_panel(panel, None) for panel in _objects(tree, "panels")),
        variables=tuple(map(_read_variable, _take_choices(tree))),
        rest=tree,
    )


def _take_choices(tree: dict[str, Tree]) -> list[dict[str, Tree]]:
    """The variables; what held nothing else goes with them."""
    templating = tree.get("templating")
    choices = _objects(templating, "list") if isinstance(templating, dict) else []
    if choices and not templating:
        del tree["templating"]
    return choices


def _read_variable(tree: dict[str, Tree]) -> Variable:
    query = tree.get("query")
    text = _text(query, "query") if isinstance(query, dict) else _text(tree, "query")
    return Variable(
        _text(tree, "name"), _text(tree, "type"), Query(text), _optional(tree, "label"), tree
    )


def _read_panel(tree: dict[str, Tree], source: str | None) -> Panel:
    source = _source_kind(tree) or source
    x, y, width, height = _take_grid(tree)
    return Panel(
        key=None,
        id=_number(tree, "id"),
        kind=_text(tree, "type"),
        title=_text(tree, "title"),
        x=x,
        y=y,
        width=width,
        height=height,
        targets=tuple(_read_target(target, source) for target in _objects(tree, "targets")),
        unit=_take_unit(tree),
        description=_optional(tree, "description"),
        panels=tuple(_read_panel(inner, source) for inner in _objects(tree, "panels")),
        rest=tree,
    )


def _read_target(tree: dict[str, Tree], source: str | None) -> Target:
    """A query; one in another language than PromQL stays in the rest, and the text is empty."""
    promql = "prometheus" in (_source_kind(tree) or source or "prometheus")
    return Target(
        ref=_text(tree, "refId"),
        query=Query(_text(tree, "expr") if promql else ""),
        legend=_optional(tree, "legendFormat"),
        rest=tree,
    )


def _source_kind(tree: Mapping[str, Tree]) -> str | None:
    """The type of a part's data source; None where it says none, or leaves it to its queries."""
    match tree.get("datasource"):
        case {"type": str(kind)} if kind != "datasource":
            return kind
    return None


def _take_grid(tree: dict[str, Tree]) -> tuple[int, int, int, int]:
    """The place in the grid; what else stands there remains."""
    grid = tree.get("gridPos")
    if not isinstance(grid, dict):
        return 0, 0, 0, 0
    place: list[Any] = [grid.get(key) for key in _GRID]
    if set(map(type, place)) != {int} or not any(place):
        return 0, 0, 0, 0
    others = {key: value for key, value in grid.items() if key not in _GRID}
    if others:
        tree["gridPos"] = others
    else:
        del tree["gridPos"]
    return place[0], place[1], place[2], place[3]


def _take_unit(tree: dict[str, Tree]) -> str | None:
    """The unit; what held nothing else goes with it."""
    match tree:
        case {"fieldConfig": {"defaults": {"unit": str(unit), **others}, **outer}}:
            config = {**outer, "defaults": others} if others else outer
            if config:
                tree["fieldConfig"] = config
            else:
                del tree["fieldConfig"]
            return unit
    return None


def _text(tree: dict[str, Tree], name: str) -> str:
    value = tree.get(name)
    return tree.pop(name) if isinstance(value, str) and value else ""


def _optional(tree: dict[str, Tree], name: str) -> str | None:
    return tree.pop(name) if isinstance(tree.get(name), str) else None


def _number(tree: dict[str, Tree], name: str) -> int:
    value = tree.get(name)
    return tree.pop(name) if type(value) is int and value else 0


def _objects(tree: dict[str, Tree], name: str) -> list[dict[str, Tree]]:
    """A list of objects; any other stays in the rest."""
    items = tree.get(name)
    if not isinstance(items, list) or not items or not all(type(it) is dict for it in items):
        return []
    del tree[name]
    return items


def origin(program: Program, path: str, keys: Keys) -> Origin:
    """Where the part of a board that the keys lead to was written."""
    board = next((board for board in program.dashboards if path_of(board) == path), None)
    if board is None:
        return None
    match keys:
        case ("panels", int(index), *inside) if index < len(board.panels):
            return _panel_origin(board.panels[index], inside)
        case ("templating", "list", int(index), *inside) if index < len(board.variables):
            return _variable_origin(board.variables[index], inside)
        case ("uid", *_):
            return at(board.origin, "key")
        case ("title" | "description" as name, *_):
            return at(board.origin, name)
    return board.origin


def _variable_origin(variable: Variable, keys: list[str | int]) -> Origin:
    match keys:
        case ["query" | "definition", *_]:
            return variable.query.origin
        case ["name" | "label" | "multi" as name, *_]:
            return at(variable.origin, name)
        case ["includeAll" | "allValue" | "current", *_]:
            return at(variable.origin, "all")
    return variable.origin


def _panel_origin(panel: Panel, keys: list[str | int]) -> Origin:
    match keys:
        case ["panels", int(index), *inside] if index < len(panel.panels):
            return _panel_origin(panel.panels[index], inside)
        case ["targets", int(index), *inside] if index < len(panel.targets):
            return _query_origin(panel.targets[index].query, inside)
        case ["id", *_]:
            return at(panel.origin, "key") if panel.key else panel.origin
        case ["title" | "description" as name, *_]:
            return at(panel.origin, name)
        case ["fieldConfig", "defaults", "unit" | "min" | "max" | "decimals" as name, *_]:
            return at(panel.origin, name)
    return panel.origin


def _query_origin(query: Query, keys: list[str | int]) -> Origin:
    """The expression's place, but for the legend, which is written beside it."""
    if keys == ["legendFormat"] and isinstance(query.origin, PyPlace):
        return PyPlace(query.origin.made, (*query.origin.path[:-1], "legend"))
    return query.origin


def _escape(name: str) -> str:
    """A name as a part of a path; a character that cannot stand in one is written by its number."""
    if name in _NO_NAMES:
        return _NO_NAMES[name]
    return "".join(char if _is_plain(char) else f"%{ord(char):X}." for char in name)


def _is_plain(char: str) -> bool:
    return char not in "/\\%" and char.isprintable()


def _unescape(part: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else "", part)
