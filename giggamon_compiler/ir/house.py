"""Who and what there is: services, teams, severities, the house rules, the installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.alerting import Integration


@dataclass(frozen=True, slots=True)
class Service:
    """A service; depends_on: names of others."""

    file: str
    name: str
    team: str
    depends_on: tuple[str, ...] = ()
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Runbook:
    """The headings of a runbook file; name: the service's; empty: those that nothing follows."""

    name: str
    headings: tuple[str, ...]
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A team; channels: "page", "chat", "mail", and "<route>/page" for those of its routes."""

    file: str
    name: str
    channels: Mapping[str, Integration] = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Severity:
    """A severity: the channels that carry it, its timers, its bound."""

    file: str
    name: str
    channels: tuple[str, ...]
    group_wait: str
    group_interval: str
    repeat_interval: str
    notified_within: str | None = None
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Host:
    """A machine of the inventory; address: by which Prometheus reaches it, without a port."""

    file: str
    name: str
    address: str
    roles: tuple[str, ...] = ()
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """The house rules; other things stand by their names; labels: "team" → label name."""

    file: str
    severities: tuple[str, ...]
    fallback: str
    default_team: str
    labels: Mapping[str, str]
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Allowance:
    """A check that is silent about something; of: whom ("orders/OrdersDown"); until: ISO 8601.

    covers: the places of the values that it holds for; empty: everywhere
    """

    file: str
    of: str
    check: str
    because: str
    until: str
    covers: tuple[Origin, ...] = field(default=(), compare=False, repr=False)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Environment:
    """The installation that the outputs are for: versions of the servers, and retention."""

    file: str
    name: str
    prometheus: str
    alertmanager: str
    retention: str
    origin: Origin = field(default=None, compare=False, repr=False)
