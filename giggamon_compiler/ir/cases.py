"""Tests of alerts and routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin


@dataclass(frozen=True, slots=True)
class Firing:
    """What fires at a time of a test: the labels of each alert, as written."""

    time: str
    alerts: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class AlertTest:
    """A test of an alert; alert: the rule's identity; severity: which of an objective's alerts.

    series: promtool's notation, by selector; quiet: times; name: what the definition binds it to
    """

    file: str
    name: str
    alert: str
    severity: str | None
    series: Mapping[str, str]
    quiet: tuple[str, ...] = ()
    fires: tuple[Firing, ...] = ()
    annotations: Mapping[str, str] = field(default_factory=dict)
    interval: str = "1m"
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RouteTest:
    """A test of the routing tree; notifies: "team/channel" or "team/route/channel" of each."""

    file: str
    name: str
    labels: Mapping[str, str]
    notifies: tuple[str, ...]
    origin: Origin = field(default=None, compare=False, repr=False)
