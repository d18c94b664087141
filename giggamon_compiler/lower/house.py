"""The house: services with their metrics and runbooks, teams, severities, policy, environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from giggamon_compiler import ir
from giggamon_compiler.lower.receivers import lower_receiver
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.host import Host
from giggamon_compiler.model.metric import Counter, Gauge, Histogram, Metric, Summary
from giggamon_compiler.model.notify import Receiver
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import CHANNELS, Environment, Policy, Severity, Team
from giggamon_compiler.model.value import origin_of

_KINDS: Mapping[type[Metric], Literal["counter", "gauge", "histogram", "summary"]] = {
    Counter: "counter",
    Gauge: "gauge",
    Histogram: "histogram",
    Summary: "summary",
}


def lower_house(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add who and what there is, before anything is made of it."""
    environment = definitions.environment
    secrets = environment.secrets if environment else None
    return replace(
        program,
        services=tuple(
            ir.Service(file.name, it.name, it.team.name, tuple(it.depends_on), origin_of(it))
            for file, it in definitions.of(Service)
        ),
        runbooks=tuple(
            ir.Runbook(name, tuple(said), tuple(it for it, is_said in said.items() if not is_said))
            for name, said in definitions.runbooks.items()
        ),
        metrics=tuple(
            lower_metric(file, service, metric)
            for file, service in definitions.of(Service)
            for _, metric in file.values
            if isinstance(metric, Metric)
        ),
        hosts=tuple(
            ir.Host(file.name, it.name, it.address, tuple(it.roles), origin_of(it))
            for file, it in definitions.of(Host)
        ),
        teams=tuple(
            ir.Team(file.name, team.name, lower_channels(team, secrets), origin_of(team))
            for file, team in definitions.of(Team)
        ),
        severities=tuple(lower_severity(file, it) for file, it in definitions.of(Severity)),
        policy=next((lower_policy(file, it) for file, it in definitions.of(Policy)), None),
        environment=next(
            (
                ir.Environment(
                    file.name,
                    it.name,
                    it.prometheus,
                    it.alertmanager,
                    it.retention,
                    origin_of(it),
                )
                for file, it in definitions.of(Environment)
            ),
            None,
        ),
    )


def channels_of(team: Team) -> Iterator[tuple[str, Receiver]]:
    """Each channel of a team by its path: "page", and "provider/page" for one of its routes."""
    for prefix, node in (("", team), *((f"{route.name}/", route) for route in team.routes)):
        for channel in CHANNELS:
            receiver = getattr(node, channel)
            if receiver is not None:
                yield prefix + channel, receiver


def lower_channels(team: Team, secrets: str | None) -> Mapping[str, ir.Integration]:
    """The channels of a team and of its routes, by path."""
    return {path: lower_receiver(receiver, secrets) for path, receiver in channels_of(team)}


def lower_severity(file: DefinitionFile, severity: Severity) -> ir.Severity:
    """A severity, field by field."""
    return ir.Severity(
        file.name,
        severity.name,
        tuple(severity.channels),
        severity.group_wait,
        severity.group_interval,
        severity.repeat_interval,
        severity.notified_within,
        origin_of(severity),
    )


def lower_policy(file: DefinitionFile, policy: Policy) -> ir.Policy:
    """The house rules, with names in place of values."""
    names = policy.labels
    return ir.Policy(
        file.name,
        tuple(severity.name for severity in policy.severities),
        policy.fallback.name,
        policy.default_team.name,
        {
            "service": names.service,
            "team": names.team,
            "severity": names.severity,
            "sla": names.sla,
        },
        origin_of(policy),
    )


def lower_metric(file: DefinitionFile, service: Service, metric: Metric) -> ir.Metric:
    """A declared metric, field by field."""
    return ir.Metric(
        file.name,
        service.name,
        metric.name,
        _KINDS[type(metric)],
        metric.help,
        {label: tuple(values) for label, values in metric.labels.items()},
        metric.signal,
        getattr(metric, "errors", None),
        tuple(getattr(metric, "buckets", ())),
        tuple(getattr(metric, "quantiles", ())),
        origin_of(metric),
    )
