"""The routing tree, its receivers, the inhibitions and the message templates.

The tree is root → teams → each team's own routes in order, then its severities; every leaf has
one receiver, named by its path, that holds all channels of that severity. Alertmanager does not go
back up, so every team and route is itself the leaf for a severity that nobody knows, with its
channels at the policy's fallback. After the teams the root repeats what is below the default team,
for the alerts of a team that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from giggamon_compiler import ir
from giggamon_compiler.lower.labels import SLO_LABEL
from giggamon_compiler.lower.messages import TEMPLATES
from giggamon_compiler.lower.receivers import lower_receiver, lower_setting
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import (
    CHANNELS,
    SMTP,
    Labels,
    Policy,
    Route,
    Severity,
    Team,
)
from giggamon_compiler.model.value import origin_of


def lower_alertmanager(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add the whole configuration of Alertmanager."""
    environment = definitions.environment
    policy = definitions.policy
    if environment is None or policy is None:
        return program
    teams = [team for _, team in definitions.of(Team)]
    leaves = [leaf for team in teams for leaf in leaves_of(team, policy)]
    alertmanager = ir.Alertmanager(
        lower_tree(teams, policy),
        tuple(lower_leaf(*leaf, environment.secrets) for leaf in leaves),
        lower_smtp(environment.smtp, environment.secrets) if environment.smtp else {},
        inhibit_slow_burns(definitions, policy.labels),
        ("templates/*.tmpl",),
        origin=origin_of(policy),
    )
    return replace(program, alertmanager=alertmanager, templates=TEMPLATES)


def lower_tree(teams: list[Team], policy: Policy) -> ir.Route:
    """The root of the tree."""
    root = lower_node(policy.default_team.name, (), policy.default_team, policy)
    by_team = tuple(
        lower_node(team.name, (matcher(policy.labels.team, team.name),), team, policy)
        for team in teams
    )
    return replace(
        root,
        group_by=tuple(policy.group_by),
        routes=by_team + root.routes,
        origin=origin_of(policy),
    )


def lower_node(
    path: str, matchers: tuple[str, ...], node: Team | Route, policy: Policy
) -> ir.Route:
    """A team or one of its routes, with what is below it; the node itself is the fallback leaf."""
    origin = origin_of(node)
    routes = node.routes if isinstance(node, Team) else ()
    below = tuple(
        lower_node(f"{path}/{route.name}", tuple(route.matchers), route, policy) for route in routes
    )
    severities = tuple(
        replace(
            timed_route(f"{path}/{severity.name}", severity),
            matchers=(matcher(policy.labels.severity, severity.name),),
            origin=origin,
        )
        for severity in policy.severities
    )
    leaf = timed_route(path, policy.fallback)
    return replace(leaf, matchers=matchers, routes=below + severities, origin=origin)


def timed_route(receiver: str, severity: Severity) -> ir.Route:
    """A route with the timers of a severity."""
    return ir.Route(
        receiver,
        group_wait=severity.group_wait,
        group_interval=severity.group_interval,
        repeat_interval=severity.repeat_interval,
    )


def leaves_of(team: Team, policy: Policy) -> Iterator[tuple[str, Team, Route | None, Severity]]:
    """Every leaf below a team: its path, and the route and severity that choose the channels."""
    for route in (None, *team.routes):
        path = team.name if route is None else f"{team.name}/{route.name}"
        yield path, team, route, policy.fallback
        for severity in policy.severities:
            yield f"{path}/{severity.name}", team, route, severity


def lower_leaf(
    path: str, team: Team, route: Route | None, severity: Severity, secrets: str | None
) -> ir.Receiver:
    """The receiver of a leaf: a channel of the route where it has one, else the team's."""
    channels = (channel for channel in CHANNELS if channel in severity.channels)
    chosen = (getattr(route, channel, None) or getattr(team, channel) for channel in channels)
    integrations = (lower_receiver(receiver, secrets) for receiver in chosen if receiver)
    return ir.Receiver(
        path,
        tuple(sorted(integrations, key=lambda it: it.config)),
        origin=origin_of(route or team),
    )


def inhibit_slow_burns(definitions: Definitions, names: Labels) -> tuple[ir.Inhibition, ...]:
    """While a budget burns fast, the alert that it burns slowly says nothing new."""
    pairs = {
        (slo.fast.name, slo.slow.name)
        for _, slo in definitions.of(SLO)
        if slo.fast and slo.slow and slo.fast.name != slo.slow.name
    }
    has_objective = f'{SLO_LABEL}!=""'
    return tuple(
        ir.Inhibition(
            (matcher(names.severity, fast), has_objective),
            (matcher(names.severity, slow), has_objective),
            ("alertname", names.service, SLO_LABEL),
        )
        for fast, slow in sorted(pairs)
    )


def lower_smtp(smtp: SMTP, secrets: str | None) -> dict[str, ir.Tree]:
    """The mail server as Alertmanager's global settings."""
    settings = {
        "smtp_smarthost": smtp.smarthost,
        "smtp_from": smtp.from_,
        "smtp_hello": smtp.hello,
        "smtp_auth_username": smtp.username,
        "smtp_auth_password_file": smtp.password_file,
        "smtp_require_tls": smtp.require_tls,
    }
    return {
        name: lower_setting(name, value, secrets)
        for name, value in settings.items()
        if value is not None
    }


def matcher(label: str, value: str) -> str:
    """An equality matcher in Alertmanager's notation."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{label}="{escaped}"'
