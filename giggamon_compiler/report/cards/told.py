"""Whom an alert tells: the leaves of the routing tree that it reaches, and their channels."""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.ir import Integration, Program, Route
from giggamon_compiler.report.cards.card import columns
from giggamon_compiler.routing import MatcherError, leaves_for
from giggamon_compiler.secrets import masked

# What tells two channels of a kind apart, the most telling first.
_TARGETS = ("channel", "to", "url", "url_file", "routing_key_file", "service_key_file")


def told_lines(program: Program, labels: Mapping[str, str]) -> list[str]:
    """The leaves that an alert reaches, their channels, and when they tell."""
    if program.alertmanager is None:
        return []
    try:
        leaves = leaves_for(program.alertmanager.route, labels)
    except MatcherError as error:
        return [f"nobody can say: {error}"]
    lines = [line for leaf in leaves for line in leaf_lines(program, leaf)]
    return [*_nobody_to_tell(program), *lines]


def _nobody_to_tell(program: Program) -> list[str]:
    """That Prometheus knows no Alertmanager, where its configuration is ours."""
    server, environment = program.prometheus, program.environment
    if server is None or environment is None or server.alertmanagers or not server.jobs:
        return []
    return [f"nobody: {environment.name} names no Alertmanager, which would tell"]


def leaf_lines(program: Program, leaf: Route) -> list[str]:
    """One leaf: its receiver, its channels, its timers."""
    receiver = leaf.receiver or ""
    channels = [
        channel
        for it in (program.alertmanager.receivers if program.alertmanager else ())
        if it.name == receiver
        for channel in it.integrations
    ]
    if not channels:
        return [f"nobody: the receiver {receiver} has no channel"]
    rows = ((receiver if not at else "", *describe(it)) for at, it in enumerate(channels))
    return [*columns(rows), timers(leaf)]


def timers(leaf: Route) -> str:
    """When a leaf tells, in words."""
    return (
        f"first after {leaf.group_wait}, news of the same group after {leaf.group_interval}, "
        f"again every {leaf.repeat_interval}"
    )


def describe(channel: Integration) -> tuple[str, str]:
    """A channel's kind, and where it leads."""
    target = next((name for name in _TARGETS if name in channel.fields), "")
    value = str(channel.fields.get(target, ""))
    return channel.config.removesuffix("_configs"), masked(value)
