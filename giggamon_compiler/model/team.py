"""Who is told, how, and how fast: teams, their routes, severities and the house rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from giggamon_compiler.model.notify import Receiver
from giggamon_compiler.model.value import Value

Channel = Literal["page", "chat", "mail"]
CHANNELS: tuple[Channel, ...] = ("page", "chat", "mail")


@dataclass(frozen=True, slots=True)
class Route(Value):
    """A part of a team's alerts that goes to other channels, by the same severities.

    matchers: in Alertmanager's notation, all must hold, such as 'alertname="OrdersDown"'
    page, chat, mail: the channels that differ; one that is left out is the team's own
    """

    name: str
    _: KW_ONLY
    matchers: Sequence[str]
    page: Receiver | None = None
    chat: Receiver | None = None
    mail: Receiver | None = None


@dataclass(frozen=True, slots=True)
class Team(Value):
    """A team and where it wants to be told.

    page: wakes somebody; chat: is read in working hours; mail: is read some day
    routes: parts of its alerts that go elsewhere; the first that matches is taken
    """

    name: str
    _: KW_ONLY
    page: Receiver | None = None
    chat: Receiver | None = None
    mail: Receiver | None = None
    routes: Sequence[Route] = ()


@dataclass(frozen=True, slots=True)
class Severity(Value):
    """How urgent an alert is: which channels carry it, and Alertmanager's timers.

    notified_within: bound on the time from the metric's change to the message, beyond `for`; proved
    """

    name: str
    _: KW_ONLY
    channels: Sequence[Channel]
    group_wait: str
    group_interval: str
    repeat_interval: str
    notified_within: str | None = None


@dataclass(frozen=True, slots=True)
class Labels(Value):
    """The names of the labels that the compiler puts on alerts and routes by."""

    _: KW_ONLY
    service: str = "service"
    team: str = "team"
    severity: str = "severity"
    sla: str = "sla"


@dataclass(frozen=True, slots=True)
class Policy(Value):
    """The house rules.

    fallback: the severity whose channels and timers an alert of unknown severity gets
    default_team: who is told about alerts of a team that nobody knows
    group_by: the labels that put alerts into one message
    """

    _: KW_ONLY
    severities: Sequence[Severity]
    fallback: Severity
    default_team: Team
    labels: Labels = field(default_factory=Labels)
    group_by: Sequence[str] = ("alertname", "service")
    scrape_interval: str = "15s"
    evaluation_interval: str = "15s"


@dataclass(frozen=True, slots=True)
class SMTP(Value):
    """The mail server that Alertmanager sends through.

    smarthost: host and port; password_file: a name below `Environment.secrets`
    """

    smarthost: str
    _: KW_ONLY
    from_: str
    username: str | None = None
    password_file: str | None = None
    require_tls: bool = True
    hello: str | None = None


@dataclass(frozen=True, slots=True)
class Environment(Value):
    """One installation: where things are, which versions run there, how long samples are kept.

    prometheus, alertmanager: the versions that the outputs must suit, such as "3.5"
    alertmanagers: where Prometheus sends its alerts, "host:port" of each Alertmanager; without
        one it sends them nowhere
    retention: stated, not set: it is a flag of the Prometheus server
    secrets: the folder, on Alertmanager's machine, that holds every `*_file`
    grafana_dashboards: where Grafana's machine has `generated/grafana/dashboards`
    blackbox: where Prometheus finds the blackbox exporter, "host:port", for the probes
    """

    name: str
    _: KW_ONLY
    prometheus: str
    alertmanager: str
    retention: str
    external_labels: Mapping[str, str] = field(default_factory=dict)
    alertmanagers: Sequence[str] = ()
    prometheus_url: str | None = None
    grafana_url: str | None = None
    runbooks_url: str | None = None
    secrets: str | None = None
    grafana_dashboards: str = "/var/lib/grafana/dashboards"
    blackbox: str | None = None
    smtp: SMTP | None = None
