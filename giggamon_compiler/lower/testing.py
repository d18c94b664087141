"""Tests of alerts and routes, with names in place of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from giggamon_compiler import ir
from giggamon_compiler.lower.house import channels_of
from giggamon_compiler.lower.slo import burn_alert_name
from giggamon_compiler.model.case import AlertTest, RouteTest
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.rule import Alert, Group
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Team
from giggamon_compiler.model.value import origin_of


def lower_tests(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add every test that a file binds."""
    targets = alert_identities(definitions)
    channels: dict[int, dict[str, str]] = {}
    for _, team in definitions.of(Team):
        for path, receiver in channels_of(team):
            channels.setdefault(id(receiver), {}).setdefault(team.name, f"{team.name}/{path}")
    named = [(file, name, value) for file in definitions.files for name, value in file.values]
    return replace(
        program,
        alert_tests=tuple(
            lower_alert_test(file.name, name, value, targets[id(value.target)])
            for file, name, value in named
            if isinstance(value, AlertTest)
        ),
        route_tests=tuple(
            ir.RouteTest(
                file.name,
                name,
                dict(value.labels),
                tuple(
                    _meant(channels[id(receiver)], value, program.policy)
                    for receiver in value.notifies
                ),
                origin_of(value),
            )
            for file, name, value in named
            if isinstance(value, RouteTest)
        ),
    )


def _meant(paths: Mapping[str, str], test: RouteTest, policy: ir.Policy | None) -> str:
    """Which channel a test means, of those by team that hold the very same receiver.

    It is that of the team that the labels name, or else of the team that gets what is nobody's.
    """
    if policy is None:
        return next(iter(paths.values()))
    named = test.labels.get(policy.labels["team"], "")
    return paths.get(named) or paths.get(policy.default_team) or next(iter(paths.values()))


def alert_identities(definitions: Definitions) -> dict[int, str]:
    """The identity of the rule that each alert and each objective's alerts become."""
    identities = {}
    for file, service in definitions.of(Service):
        grouped = [rule for group in file.of(Group) for rule in group.rules]
        for rule in (*file.of(Alert), *grouped):
            identities[id(rule)] = f"{service.name}/{rule.name}"
        for slo in file.of(SLO):
            identities[id(slo)] = f"{service.name}/{burn_alert_name(service.name, slo.name)}"
    return identities


def lower_alert_test(file: str, name: str, test: AlertTest, identity: str) -> ir.AlertTest:
    """A test of an alert, field by field."""
    return ir.AlertTest(
        file,
        name,
        identity,
        test.severity.name if test.severity else None,
        dict(test.series),
        tuple(test.quiet),
        tuple(
            ir.Firing(time, tuple(dict(labels) for labels in alerts))
            for time, alerts in test.fires.items()
        ),
        dict(test.annotations),
        test.interval,
        origin_of(test),
    )
