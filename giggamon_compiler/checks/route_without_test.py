"""No test says who is told of a team's alerts of some severity, or on one of its routes.

A routing tree is valid whoever it tells. Only a test says who should be told, and notices when a
new route in front takes the alerts away.

Each team wants a test of every severity; each route wants one of every severity that alerts of
these definitions reach it with, at least of one; and so do the alerts of a team that nobody knows.

Fires:

    # definitions/services/orders_test.py
    page = RouteTest({"team": commerce.name, "severity": critical.name},
        notifies=[commerce.page, commerce.chat])

Instead:

    # definitions/services/orders_test.py
    page = RouteTest({"team": commerce.name, "severity": critical.name},
        notifies=[commerce.page, commerce.chat])
    chat = RouteTest({"team": commerce.name, "severity": warning.name}, notifies=[commerce.chat])
    stray = RouteTest({"severity": critical.name}, notifies=[commerce.page, commerce.chat])
    stray_chat = RouteTest({"severity": warning.name}, notifies=[commerce.chat])
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program, Route
from giggamon_compiler.routing import MatcherError, leaves_for, parse

LEVEL: Level = "warning"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every leaf that matters is reached by a test; a tree that cannot be read is not judged."""
    with suppress(MatcherError):  # the judges report it
        yield from list(_judge(program))


def _judge(program: Program) -> Iterator[Finding]:
    """The findings; raises MatcherError."""
    if program.policy is None or program.alertmanager is None:
        return
    root, policy = program.alertmanager.route, program.policy
    tested = _reached(root, (test.labels for test in program.route_tests))
    alerts = (rule for rule in program.rules if rule.kind == "alert")
    used = _reached(root, ({"alertname": rule.name, **rule.labels} for rule in alerts))
    default = policy.default_team
    for node, name, is_route in _nodes(root, {team.name for team in program.teams}, default):
        leaves = {
            severity: leaf
            for leaf in node.routes
            for severity in policy.severities
            if leaf.receiver == f"{node.receiver}/{severity}" and not leaf.routes
        }
        wanted = [it for it, leaf in leaves.items() if not is_route or id(leaf) in used]
        missing = [it for it in wanted if id(leaves[it]) not in tested]
        lacking = f"no test says who is told of severity {', '.join(missing)}" if missing else ""
        if not wanted and tested.isdisjoint({id(node), *map(id, leaves.values())}):
            lacking = "no alert of these definitions reaches it, and no test says who is told"
        if lacking:
            yield Finding(
                "route-without-test",
                f"{name}: {lacking}",
                node.origin,
                "add RouteTest({…}, notifies=[…]) to a file that ends with _test.py",
                node.receiver or "",
            )


def _nodes(root: Route, teams: set[str], default: str) -> Iterator[tuple[Route, str, bool]]:
    """The teams, their routes, and the root: it repeats what is below the default team."""
    for team in root.routes:
        if team.receiver in teams:
            yield team, f"team {team.receiver}", False
            for route in team.routes:
                if route.routes:
                    yield route, f"route {route.receiver}", True
    yield root, f"alerts of no known team, told to {default}", False


def _reached(root: Route, alerts: Iterable[Mapping[str, str]]) -> set[int]:
    """The leaves that alerts reach; those that no matcher tells apart are walked once."""
    named = set(_labels_of(root))
    distinct = {
        frozenset((name, value) for name, value in labels.items() if name in named)
        for labels in alerts
    }
    return {id(leaf) for labels in distinct for leaf in leaves_for(root, dict(labels))}


def _labels_of(route: Route) -> Iterator[str]:
    """The labels that a tree's matchers name; raises MatcherError where one cannot be read."""
    for matcher in route.matchers:
        for name, operator, value in parse(matcher):
            if operator in ("=~", "!~"):
                _compile(value)
            yield name
    for child in route.routes:
        yield from _labels_of(child)


def _compile(expression: str) -> None:
    try:
        re.compile(expression)
    except re.error as error:
        raise MatcherError(str(error)) from error
