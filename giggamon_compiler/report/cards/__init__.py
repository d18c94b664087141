"""What `giggamon show` says: a card for each thing that has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
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

__all__ = [
    "Card",
    "PlaceText",
    "as_tree",
    "columns",
    "find",
    "names",
    "nearest",
    "nodes",
    "renamed",
    "render",
]

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that can be shown: its identity, a shorter name, and how its card is made.

    was: its former name, as the definition states it
    """

    name: str
    short: str
    card: Callable[[PlaceText], Card]
    was: str | None = None

    @property
    def former(self) -> tuple[str, ...]:
        """The names that it once had: identity, short name."""
        return (f"{self.name.rpartition('/')[0]}/{self.was}", self.was) if self.was else ()


def find(program: Program, name: str, place_of: PlaceText) -> list[Card]:
    """The cards of everything that has this identity, or, if nothing has, this short name.

    If nothing has that either, of everything that once was called so.
    """
    things = list(_things(program))
    found = (
        [it for it in things if it.name == name]
        or [it for it in things if it.short == name]
        or [it for it in things if name in it.former]
    )
    return [thing.card(place_of) for thing in found]


def names(program: Program) -> list[str]:
    """Every name that can be asked for."""
    found = (name for it in _things(program) for name in (it.name, it.short) if name)
    return list(dict.fromkeys(found))


def renamed(program: Program, name: str) -> list[str]:
    """What is called otherwise now, of what was once called so; nothing where a name is in use."""
    if name in names(program):
        return []
    return list(dict.fromkeys(it.name for it in _things(program) if name in it.former))


def nearest(program: Program, name: str) -> list[str]:
    """The identities of the things that a misspelt name may mean, each once, best first."""
    called: dict[str, list[str]] = {}
    for it in _things(program):
        for known in dict.fromkeys((it.name.lower(), it.short.lower())):
            called.setdefault(known, []).append(it.name)
    near = get_close_matches(name.lower(), called, n=_SHOWN)
    return list(dict.fromkeys(it for known in near for it in called[known]))[:_SHOWN]


def _things(program: Program) -> Iterator[_Thing]:
    for service in program.services:
        yield _Thing(service.name, "", partial(service_card, program, service))
    for team in program.teams:
        yield _Thing(team.name, "", partial(team_card, program, team))
    for severity in program.severities:
        yield _Thing(severity.name, "", partial(severity_card, program, severity))
    for it in program.objectives:
        yield _Thing(it.identity, it.name, partial(objective_card, program, it), it.was)
    for group, rule in grouped(program):
        make = alert_card if rule.kind == "alert" else record_card
        yield _Thing(rule.identity, rule.name, partial(make, program, group, rule), rule.was)
    for board in program.dashboards:
        yield _Thing(board.identity, board.uid, partial(board_card, board), board.was)
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
