"""Boards that nobody wrote, added to the definitions as if somebody had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from giggamon_compiler.lower.service_boards import Shown, make_service_board, recorded_in
from giggamon_compiler.lower.team_boards import make_team_board
from giggamon_compiler.model.dashboard import Dashboard
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import Team
from giggamon_compiler.model.value import Value


def add_boards(definitions: Definitions) -> Definitions:
    """The definitions with a board for each service whose file has none, and for each team."""
    shown = {it.name: Shown(file, it) for file, it in definitions.of(Service)}
    recorded = recorded_in(definitions.files)
    made: dict[str, list[tuple[str, Value]]] = {}
    for one in shown.values():
        if next(one.file.of(Dashboard), None) is None:
            board = make_service_board(one, shown, definitions.label_names, recorded)
            made.setdefault(one.file.name, []).append(("dashboard", board))
    for file, team, board in _team_boards(definitions, shown):
        made.setdefault(file.name, []).append((f"dashboard of {team.name}", board))
    return replace(
        definitions,
        files=tuple(
            replace(file, values=(*file.values, *made[file.name])) if file.name in made else file
            for file in definitions.files
        ),
    )


def _team_boards(
    definitions: Definitions, shown: dict[str, Shown]
) -> Iterator[tuple[DefinitionFile, Team, Dashboard]]:
    written = {board.key for _, board in definitions.of(Dashboard)}
    by_team: dict[int, list[Shown]] = {}
    for one in shown.values():
        by_team.setdefault(id(one.service.team), []).append(one)
    for file, team in definitions.of(Team):
        board = make_team_board(team, by_team.get(id(team), []), definitions.label_names)
        if board is not None and board.key not in written:
            yield file, team, board
