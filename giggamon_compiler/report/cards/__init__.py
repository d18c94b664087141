"""What `giggamon show` says: a card for each thing that has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from giggamon_compiler.ir import Program
from giggamon_compiler.report.cards.boards import board_card
from giggamon_compiler.report.cards.card import Card, PlaceText, as_tree, columns, render
from giggamon_compiler.report.cards.house import (
    leaf_card,
    metric_card,
    nodes,
    service_card,
    severity_card,
    team_card,
    test_card,
)
from giggamon_compiler.report.cards.rules import alert_card, grouped, objective_card, record_card

__all__ = ["Card", "PlaceText", "as_tree", "columns", "find", "names", "nodes", "render"]


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that can be shown: its identity, a shorter name, and how its card is made."""

    name: str
    short: str
    card: Callable[[PlaceText], Card]


def find(program: Program, name: str, place_of: PlaceText) -> list[Card]:
    """The cards of everything that has this identity, or, if nothing has, this short name."""
    things = list(_things(program))
    found = [it for it in things if it.name == name] or [it for it in things if it.short == name]
    return [thing.card(place_of) for thing in found]


def names(program: Program) -> list[str]:
    """Every name that can be asked for."""
    found = (name for it in _things(program) for name in (it.name, it.short) if name)
    return list(dict.fromkeys(found))


def _things(program: Program) -> Iterator[_Thing]:
    for service in program.services:
        yield _Thing(service.name, "", partial(service_card, program, service))
    for team in program.teams:
        yield _Thing(team.name, "", partial(team_card, program, team))
    for severity in program.severities:
        yield _Thing(severity.name, "", partial(severity_card, program, severity))
    for it in program.objectives:
        yield _Thing(it.identity, it.name, partial(objective_card, program, it))
    for group, rule in grouped(program):
        make = alert_card if rule.kind == "alert" else record_card
        yield _Thing(rule.identity, rule.name, partial(make, program, group, rule))
    for board in program.dashboards:
        yield _Thing(board.identity, board.uid, partial(board_card, board))
    for metric in program.metrics:
        yield _Thing(metric.name, "", partial(metric_card, program, metric))
    teams = {team.name for team in program.teams}
    if program.alertmanager is not None:
        for way, leaf in nodes(program.alertmanager.route, ()):
            if leaf.receiver and leaf.receiver not in teams:
                yield _Thing(leaf.receiver, "", partial(leaf_card, program, way, leaf))
    for alert_test in program.alert_tests:
        name = f"{alert_test.file}.{alert_test.name}"
        yield _Thing(name, alert_test.name, partial(test_card, alert_test))
    for route_test in program.route_tests:
        name = f"{route_test.file}.{route_test.name}"
        yield _Thing(name, route_test.name, partial(test_card, route_test))
