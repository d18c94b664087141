"""Two things have one name.

Names are identities: tests, boards, runbooks and the review of a change find a thing by its name.
Of two things of one name, one is found and the other is not.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0')
    gone = Alert("OrdersDown", expr='absent(up{job="orders"})')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0')
    gone = Alert("OrdersGone", expr='absent(up{job="orders"})')
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from giggamon_compiler.findings import Finding, Level, Note, Origin, at
from giggamon_compiler.ir import Panel, Program

LEVEL: Level = "error"


@dataclass(frozen=True, slots=True)
class _Named:
    """Something that has to be the only one of its key."""

    what: str
    name: str
    key: Hashable
    origin: Origin


def check(program: Program) -> Iterator[Finding]:
    """The first of a key is shown beside each later one."""
    first: dict[Hashable, _Named] = {}
    for it in _named(program):
        other = first.setdefault((it.what, it.key), it)
        if other is not it:
            yield Finding(
                "duplicate-identity",
                f"{it.name} is the name of two {it.what}",
                it.origin,
                "give one of them another name",
                it.name,
                notes=(Note("the other one is here", other.origin),),
            )


def _named(program: Program) -> Iterator[_Named]:
    yield from _house(program)
    yield from _rules(program)
    for objective in program.objectives:
        place = at(objective.origin, "name")
        yield _Named("objectives", objective.identity, objective.identity, place)
    yield from _boards(program)
    for metric in program.metrics:
        name = f"{metric.owner}/{metric.name}"
        yield _Named("metrics of one service", name, name, metric.origin)
    for job in program.prometheus.jobs if program.prometheus else ():
        yield _Named("scrape jobs", job.name, job.name, at(job.origin, "job"))
    for module in program.blackbox.modules if program.blackbox else ():
        yield _Named("modules", module.name, module.name, at(module.origin, "name"))


def _house(program: Program) -> Iterator[_Named]:
    for service in program.services:
        yield _Named("services", service.name, service.name, service.origin)
    for host in program.hosts:
        yield _Named("hosts", host.name, host.name, host.origin)
        place = at(host.origin, "address")
        yield _Named("hosts by their address", host.address, host.address, place)
    for team in program.teams:
        yield _Named("teams", team.name, team.name, team.origin)
    for severity in program.severities:
        yield _Named("severities", severity.name, severity.name, severity.origin)
    listed = program.policy.severities if program.policy else ()
    plain = len({team.name for team in program.teams}) == len(program.teams)
    if plain and len(set(listed)) == len(listed):  # else their leaves say the same again
        for receiver in program.alertmanager.receivers if program.alertmanager else ():
            yield _Named(
                "leaves of the routing tree", receiver.name, receiver.name, receiver.origin
            )


def _rules(program: Program) -> Iterator[_Named]:
    """Groups, and rules by service: an objective's fast and slow alert have one name on purpose.

    Recordings of one name in two services may well tell different series apart. What becomes of
    two objectives of one name is theirs.
    """
    becoming: set[Hashable] = set()
    for group in program.groups:
        name = f"{group.file}: {group.name}"
        made_of = frozenset(rule.objective for rule in group.rules)
        if None in made_of or (name, made_of) not in becoming:
            yield _Named("groups of one file", name, name, at(group.origin, "name"))
        becoming.add((name, made_of))
        for rule in group.rules:
            if rule.owner is None:  # of no service, so that nobody reads of it by that name
                continue
            if rule.kind == "alert":
                key: Hashable = rule.identity
                if rule.objective:
                    continue
                yield _Named("alerts of one service", rule.identity, key, rule.origin)
            else:
                key = (rule.identity, frozenset(rule.labels.items()))
                if not rule.objective or (key, rule.objective) not in becoming:
                    yield _Named("recordings of one service", rule.identity, key, rule.origin)
                becoming.add((key, rule.objective))
    burning = {(it.identity, it.objective): it for it in program.rules if it.objective}
    for (identity, _), rule in burning.items():
        if rule.kind == "alert":
            yield _Named("alerts of one service", identity, identity, rule.origin)


def _boards(program: Program) -> Iterator[_Named]:
    """Boards, and the panels of each: of two boards of one name, only that is said."""
    known: set[str] = set()
    for board in program.dashboards:
        yield _Named("boards of one folder", board.identity, board.identity, board.origin)
        if board.identity in known:
            continue
        known.add(board.identity)
        yield _Named("boards by their uid", board.uid, board.uid, board.origin)
        for variable in board.variables:
            name = f"{board.identity}/${variable.name}"
            yield _Named("variables of one board", name, name, variable.origin)
        for panel in _panels(board.panels):
            if panel.key is not None:
                name = f"{board.identity}/{panel.key}"
                yield _Named("panels of one board", name, name, panel.origin)


def _panels(panels: tuple[Panel, ...]) -> Iterator[Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)
