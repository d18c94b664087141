"""Cards of who is told, and of what runs: services, teams, severities, leaves, metrics, tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from giggamon_compiler.durations import seconds_text
from giggamon_compiler.ir import (
    Alertmanager,
    AlertTest,
    Metric,
    Program,
    Route,
    RouteTest,
    Service,
    Severity,
    Team,
)
from giggamon_compiler.latency import Latency
from giggamon_compiler.report.cards.card import Card, PlaceText, card, columns
from giggamon_compiler.report.cards.rules import readers
from giggamon_compiler.report.cards.told import describe, leaf_lines, timers
from giggamon_compiler.routing import MatcherError, leaves_for
from giggamon_compiler.secrets import masked
from giggamon_compiler.targets import alertmanager


def service_card(program: Program, it: Service, place_of: PlaceText) -> Card:
    """A service: everything that its file holds."""
    jobs = program.prometheus.jobs if program.prometheus else ()
    rules = [rule for rule in program.rules if rule.owner == it.name]
    alerts = dict.fromkeys(
        (rule.name, rule.severity or "no severity") for rule in rules if rule.kind == "alert"
    )
    records = [rule.name for rule in rules if rule.kind == "record" and not rule.objective]
    boards = ((b.identity, b.title) for b in program.dashboards if b.owner == it.name)
    objectives = (
        (own.name, f"{own.target} % in {own.window}")
        for own in program.objectives
        if own.owner == it.name
    )
    metrics = ((own.name, own.kind) for own in program.metrics if own.owner == it.name)
    needing = [other.name for other in program.services if it.name in other.depends_on]
    return card(
        "service",
        it.name,
        f"team {it.team}",
        place_of(it.origin),
        [
            ("depends on:", it.depends_on),
            ("is needed by:", needing),
            (
                "is scraped:",
                columns((job.name, ", ".join(job.targets)) for job in jobs if job.owner == it.name),
            ),
            ("alerts:", columns(alerts)),
            ("objectives:", columns(objectives)),
            ("recordings:", records),
            ("boards:", columns(boards)),
            ("metrics:", columns(metrics)),
        ],
    )


def team_card(program: Program, it: Team, place_of: PlaceText) -> Card:
    """A team: its channels, who is told of what, its services."""
    channels = ((path, *describe(channel)) for path, channel in it.channels.items())
    owned = [service.name for service in program.services if service.team == it.name]
    default = program.policy is not None and program.policy.default_team == it.name
    return card(
        "team",
        it.name,
        "told of alerts of a team that nobody knows, too" if default else "told of its own alerts",
        place_of(it.origin),
        [
            ("services:", owned),
            ("channels:", columns(channels)),
            (
                "is told by severity:",
                columns(
                    (severity.name, ", ".join(c for c in severity.channels if c in it.channels))
                    for severity in program.severities
                ),
            ),
        ],
    )


def severity_card(program: Program, it: Severity, place_of: PlaceText) -> Card:
    """A severity: its channels and timers, and how long a message may take."""
    bound = Latency(program).bound_without_rule(it)
    promise = f", and {it.notified_within} is promised" if it.notified_within else ""
    alerts = dict.fromkeys(rule.identity for rule in program.rules if rule.severity == it.name)
    leaf = Route(None, (), None, it.group_wait, it.group_interval, it.repeat_interval)
    return card(
        "severity",
        it.name,
        f"told by {', '.join(it.channels) or 'no channel'}",
        place_of(it.origin),
        [
            ("tells:", [timers(leaf)]),
            (
                f"a message may take {seconds_text(bound.length)}{promise}:",
                columns((seconds_text(term.length), term.what) for term in bound.terms),
            ),
            ("alerts:", alerts),
        ],
    )


def leaf_card(program: Program, way: tuple[str, ...], leaf: Route, place_of: PlaceText) -> Card:
    """A node of the routing tree as a leaf: which alerts it takes, and whom it tells."""
    config = program.alertmanager
    assert config is not None, "the leaf is one of its routes"
    receivers = tuple(it for it in config.receivers if it.name == leaf.receiver)
    alone = Alertmanager(replace(leaf, routes=()), receivers)
    text = alertmanager.emit(Program(alertmanager=alone))[alertmanager.PATH]
    return card(
        "route",
        leaf.receiver or "",
        f"takes {', '.join(way)}" if way else "takes what no other route takes",
        place_of(leaf.origin),
        [
            ("tells:", leaf_lines(program, leaf)),
            (
                f"becomes, in {alertmanager.PATH}:",
                [masked(line) for line in text.splitlines() if not line.startswith("#")],
            ),
            (
                "is tested by:",
                columns(
                    (test.name, place_of(test.origin))
                    for test in program.route_tests
                    if _reaches(config.route, test, leaf)
                ),
            ),
        ],
    )


def nodes(route: Route, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Route]]:
    """Every node of a routing tree, with all matchers on the way to it."""
    way = (*above, *route.matchers)
    yield way, route
    for child in route.routes:
        yield from nodes(child, way)


def metric_card(program: Program, it: Metric, place_of: PlaceText) -> Card:
    """A declared metric: what it says, and who reads it."""
    exposed = [it.name]
    if it.kind in ("histogram", "summary"):
        exposed += [f"{it.name}_{part}" for part in ("bucket", "count", "sum")]
    found = dict.fromkeys(reader for name in exposed for reader in readers(program, name, None))
    return card(
        "metric",
        it.name,
        f"a {it.kind} of {it.owner}{f', signal {it.signal}' if it.signal else ''}",
        place_of(it.origin),
        [
            ("says:", [it.help]),
            ("labels:", columns((name, ", ".join(values)) for name, values in it.labels.items())),
            ("is read by:", found),
        ],
    )


def test_card(it: AlertTest | RouteTest, place_of: PlaceText) -> Card:
    """A test: what it puts in, and what it expects."""
    if isinstance(it, RouteTest):
        labels = columns(it.labels.items())
        sections = [("labels:", labels), ("notifies:", list(it.notifies))]
        return card("test", it.name, "of the routing tree", place_of(it.origin), sections)
    fires = (
        (firing.time, ", ".join(f'{name}="{value}"' for name, value in labels.items()))
        for firing in it.fires
        for labels in firing.alerts
    )
    severity = f", severity {it.severity}" if it.severity else ""
    return card(
        "test",
        it.name,
        f"of {it.alert}{severity}",
        place_of(it.origin),
        [
            (f"series, one sample every {it.interval}:", columns(it.series.items())),
            ("quiet at:", it.quiet),
            ("fires at:", columns(fires)),
            ("annotations:", columns(it.annotations.items())),
        ],
    )


def _reaches(root: Route, test: RouteTest, leaf: Route) -> bool:
    try:
        return any(it is leaf for it in leaves_for(root, test.labels))
    except MatcherError:
        return False
