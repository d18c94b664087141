"""Whether each value that is referred to is bound where its kind has its place.

What nobody binds is not compiled: an alert that a test replays, a team that owns a service, a
severity that decides who is told must each be bound under a public name, as the very same value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from giggamon_compiler.findings import Finding, PyPlace
from giggamon_compiler.load.membership import Member
from giggamon_compiler.load.vocabulary import values_in
from giggamon_compiler.load.wording import name_of, with_article
from giggamon_compiler.model.case import AlertTest, RouteTest
from giggamon_compiler.model.panel import Panel
from giggamon_compiler.model.probe import Module, Probe
from giggamon_compiler.model.rule import Alert, Group
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO, Measure
from giggamon_compiler.model.team import CHANNELS, Policy, Severity, Team
from giggamon_compiler.model.value import Value, origin_of


@dataclass(slots=True)
class Bound:
    """The values, by identity, that references may lead to; owners: by member, its file."""

    teams: set[int] = field(default_factory=set)
    severities: set[int] = field(default_factory=set)
    listed: set[int] | None = None
    alerts: set[int] = field(default_factory=set)
    objectives: set[int] = field(default_factory=set)
    channels: set[int] = field(default_factory=set)
    modules: set[int] = field(default_factory=set)
    owners: dict[int, str] = field(default_factory=dict)


def bound_in(files: Mapping[str, Iterable[Member]], sound: set[int]) -> Bound:
    """Collect what can be referred to; `sound` are the values whose arguments have their types."""
    bound = Bound()
    for file, members in files.items():
        for _, value in members:
            bound.owners[id(value)] = file
            if isinstance(value, Severity):
                bound.severities.add(id(value))
            elif isinstance(value, SLO):
                bound.objectives.add(id(value))
            elif isinstance(value, Module):
                bound.modules.add(id(value))
            elif isinstance(value, Alert):
                bound.alerts.add(id(value))
            elif isinstance(value, Group):
                bound.alerts.update(map(id, values_in(value.rules)))
            elif isinstance(value, Policy) and id(value) in sound:
                bound.listed = (bound.listed or set()) | set(map(id, value.severities))
            elif isinstance(value, Team):
                bound.teams.add(id(value))
                for node in (value, *values_in(value.routes)):
                    bound.channels.update(id(getattr(node, channel, None)) for channel in CHANNELS)
    bound.channels.discard(id(None))
    return bound


def check_references(value: Value, file: str, bound: Bound, subject: str) -> Iterator[Finding]:
    """A finding for each argument of a value that refers to what nobody binds."""
    if isinstance(value, Service):
        yield from _check(value, "team", value.team, bound.teams, subject)
    elif isinstance(value, Alert):
        yield from _check_severity(value, "severity", value.severity, bound, subject)
    elif isinstance(value, SLO):
        yield from _check_severity(value, "fast", value.fast, bound, subject)
        yield from _check_severity(value, "slow", value.slow, bound, subject)
    elif isinstance(value, Group):
        yield from _check_group(value, file, bound, subject)
    elif isinstance(value, Measure):
        yield from _check(value, "slo", value.slo, bound.objectives, subject)
    elif isinstance(value, Panel):
        threshold = getattr(value, "threshold", None)
        yield from _check(value, "threshold", threshold, bound.alerts, subject)
    elif isinstance(value, Probe):
        yield from _check(value, "module", value.module, bound.modules, subject)
    elif isinstance(value, Policy):
        yield from _check_policy(value, bound)
    elif isinstance(value, AlertTest):
        yield from _check_alert_test(value, bound, subject)
    elif isinstance(value, RouteTest):
        yield from _check_route_test(value, bound, subject)


def check_listed(severity: Severity, bound: Bound) -> Iterator[Finding]:
    """A severity that the policy does not list routes nothing."""
    if bound.listed is not None and id(severity) not in bound.listed:
        yield Finding(
            "severity-not-in-policy",
            f"{name_of(severity)} is no severity of the policy, so nobody is told by it",
            origin_of(severity),
            "add it to Policy(severities=[…]), or delete it",
            name_of(severity),
        )


def _check(
    value: Value, argument: str, referred: Value | None, known: set[int], subject: str
) -> Iterator[Finding]:
    if referred is not None and id(referred) not in known:
        yield _not_bound(origin_of(value, argument), name_of(value), referred, subject)


def _check_severity(
    value: Value, argument: str, severity: Severity | None, bound: Bound, subject: str
) -> Iterator[Finding]:
    if severity is None:
        return
    yield from _check(value, argument, severity, bound.severities, subject)
    if (
        id(severity) in bound.severities
        and bound.listed is not None
        and id(severity) not in bound.listed
    ):
        yield Finding(
            "severity-not-in-policy",
            f"{name_of(value)} has the severity {name_of(severity)}, which the policy lacks",
            origin_of(value, argument),
            "add it to Policy(severities=[…]), or use one that is there",
            subject,
        )


def _check_group(group: Group, file: str, bound: Bound, subject: str) -> Iterator[Finding]:
    for index, rule in enumerate(group.rules):
        owner = bound.owners.get(id(rule), file)
        if owner != file:
            yield Finding(
                "rule-of-another-file",
                f"{name_of(group)} holds {name_of(rule)}, which belongs to {owner}",
                origin_of(group, "rules", index),
                "put it into a group of its own file",
                subject,
            )


def _check_policy(policy: Policy, bound: Bound) -> Iterator[Finding]:
    for index, severity in enumerate(policy.severities):
        if id(severity) not in bound.severities:
            origin = origin_of(policy, "severities", index)
            yield _not_bound(origin, "Policy", severity, "Policy")
    yield from _check(policy, "default_team", policy.default_team, bound.teams, "Policy")
    if not any(policy.fallback is severity for severity in policy.severities):
        yield Finding(
            "severity-not-in-policy",
            f"Policy has the fallback {name_of(policy.fallback)}, which its severities lack",
            origin_of(policy, "fallback"),
            "add it to severities, or choose one of them",
            "Policy",
        )


def _check_alert_test(test: AlertTest, bound: Bound, subject: str) -> Iterator[Finding]:
    target, severity = test.target, test.severity
    origin = origin_of(test, "severity")
    known = bound.alerts if isinstance(target, Alert) else bound.objectives
    if id(target) not in known:
        yield _not_bound(origin_of(test, "target"), subject, target, subject)
    elif isinstance(target, Alert):
        if severity is not None and severity is not target.severity:
            message = f"{name_of(target)} does not have the severity {name_of(severity)}"
            yield Finding("test-of-no-alert", message, origin, "leave severity out", subject)
    elif severity is None:
        used = [name_of(it) for it in (target.fast, target.slow) if it is not None]
        advice = f"add severity=… with {' or '.join(used)}" if used else "give it fast= or slow="
        message = f"{subject} does not say which alert of {name_of(target)} it tests"
        yield Finding("test-of-no-alert", message, origin_of(test), advice, subject)
    elif severity is not target.fast and severity is not target.slow:
        used = [name_of(it) for it in (target.fast, target.slow) if it is not None]
        advice = f"use {' or '.join(used)}" if used else "give the SLO fast= or slow="
        message = f"{name_of(target)} has no alert of the severity {name_of(severity)}"
        yield Finding("test-of-no-alert", message, origin, advice, subject)


def _check_route_test(test: RouteTest, bound: Bound, subject: str) -> Iterator[Finding]:
    for index, receiver in enumerate(test.notifies):
        origin = origin_of(test, "notifies", index)
        if receiver is None:
            yield Finding(
                "no-such-channel",
                f"{subject} expects a channel that its team does not have",
                origin,
                "give the team this channel, or take it out of notifies",
                subject,
            )
        elif id(receiver) not in bound.channels:
            kind = with_article(type(receiver).__name__)
            yield Finding(
                "no-such-channel",
                f"{subject} expects {kind} that is no channel of any team",
                origin,
                "name a channel by its team, such as commerce.page",
                subject,
            )


def _not_bound(origin: PyPlace, who: str, referred: Value, subject: str) -> Finding:
    kind = type(referred).__name__
    return Finding(
        "reference-not-bound",
        f"{who} refers to the {kind} {name_of(referred)}, which no file binds under a public name",
        origin,
        "bind that very value to a name without _ at the top level, and refer to it by that name",
        subject,
    )
