"""What every part speaks: the program between definitions and files, small, flat and neutral.

Scalars are source text: a duration is "5m", a limit "10". None means that a field is not there.
Mappings are unordered, sequences are ordered, and equality ignores `origin`. `rest` holds the
fields of a foreign file that are not modelled, verbatim, so that reading loses nothing. `file` is
the name of a definition file below its folder, without `.py`: "services/orders".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from giggamon_compiler.findings import Origin


class Plain(str):
    """A scalar that stands in YAML without quotes, as it is no string: a number, true, null."""

    __slots__ = ()


# A raw tree of YAML: str, Plain, list and dict; of JSON: what the json module gives.
Tree = Any
Rest = Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Query:
    """A PromQL expression, as it was written."""

    text: str
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """An alerting or recording rule.

    owner: the service; severity and objective ("orders/availability") where it has one; was: its
    former name
    """

    kind: Literal["alert", "record"]
    name: str
    query: Query
    for_: str | None = None
    keep_firing_for: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    owner: str | None = None
    severity: str | None = None
    objective: str | None = None
    was: str | None = None
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)

    @property
    def identity(self) -> str:
        """Service and name: "orders/OrdersDown"."""
        return f"{self.owner}/{self.name}" if self.owner else self.name


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that one file holds and the server evaluates in turn."""

    file: str
    name: str
    rules: tuple[Rule, ...]
    interval: str | None = None
    limit: str | None = None
    query_offset: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ScrapeJob:
    """A scrape job with its targets ("host:port").

    owner: the service that it belongs to; catalogue: the name of what its exporter exposes
    """

    name: str
    targets: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    interval: str | None = None
    timeout: str | None = None
    path: str | None = None
    scheme: str | None = None
    owner: str | None = None
    catalogue: str | None = None
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Prometheus:
    """`prometheus.yml`; rule_files: globs; alertmanagers: "host:port" of each."""

    scrape_interval: str
    evaluation_interval: str
    external_labels: Mapping[str, str] = field(default_factory=dict)
    rule_files: tuple[str, ...] = ()
    alertmanagers: tuple[str, ...] = ()
    jobs: tuple[ScrapeJob, ...] = ()
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Route:
    """A node of the routing tree; matchers in Alertmanager's notation, one in each entry."""

    receiver: str | None
    matchers: tuple[str, ...] = ()
    group_by: tuple[str, ...] | None = None
    group_wait: str | None = None
    group_interval: str | None = None
    repeat_interval: str | None = None
    continue_: bool = False
    routes: tuple[Route, ...] = ()
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Integration:
    """One way to notify: `config` is Alertmanager's key ("slack_configs"), `fields` a raw tree."""

    config: str
    fields: Mapping[str, Tree]
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver, named by the path of its leaf ("commerce/critical"); sorted by `config`."""

    name: str
    integrations: tuple[Integration, ...]
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Inhibition:
    """Firing alerts that match `source` silence those that match `target` and agree in `equal`."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    equal: tuple[str, ...]
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A file of notification templates, whole: `name` without `.tmpl`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Alertmanager:
    """`alertmanager.yml`; globals: a raw tree; template_files: globs."""

    route: Route
    receivers: tuple[Receiver, ...]
    globals: Mapping[str, Tree] = field(default_factory=dict)
    inhibitions: tuple[Inhibition, ...] = ()
    template_files: tuple[str, ...] = ()
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A query of a panel; ref: "A", "B", … in their order."""

    ref: str
    query: Query
    legend: str | None = None
    rest: Rest = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel or, with kind "row", the row above those that follow.

    key: its identity in the board; id: Grafana's number; x, y, width, height: in the grid of 24
    columns; panels: those that a collapsed row holds; threshold: the identity of the alert whose
    level is drawn
    """

    key: str | None
    id: int
    kind: str
    title: str
    x: int
    y: int
    width: int
    height: int
    targets: tuple[Target, ...] = ()
    unit: str | None = None
    description: str | None = None
    panels: tuple[Panel, ...] = ()
    threshold: str | None = None
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A board; key: its file's name; file, owner: where it is written, and whose it is."""

    uid: str
    key: str
    folder: str
    title: str
    panels: tuple[Panel, ...]
    description: str | None = None
    file: str | None = None
    owner: str | None = None
    was: str | None = None
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)

    @property
    def identity(self) -> str:
        """Folder and key: "commerce/orders", as the file is named."""
        return f"{self.folder}/{self.key}"


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data source that Grafana is provisioned with."""

    name: str
    kind: str
    uid: str
    url: str | None = None
    rest: Rest = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provider:
    """A folder of dashboards that Grafana is provisioned with."""

    name: str
    path: str
    rest: Rest = field(default_factory=dict)


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
    """The headings of a runbook file; name: the service's."""

    name: str
    headings: tuple[str, ...]


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
class Policy:
    """The house rules; other things stand by their names; labels: "team" → label name."""

    file: str
    severities: tuple[str, ...]
    fallback: str
    default_team: str
    labels: Mapping[str, str]
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


@dataclass(frozen=True, slots=True)
class Metric:
    """A declared metric; labels: sample values; buckets, quantiles: as the exposition spells."""

    file: str
    owner: str
    name: str
    kind: Literal["counter", "gauge", "histogram", "summary"]
    help: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signal: str | None = None
    errors: str | None = None
    buckets: tuple[str, ...] = ()
    quantiles: tuple[str, ...] = ()
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Exposed:
    """A metric as an exporter was seen to expose it; labels, buckets, quantiles: what was seen.

    A histogram or summary is named without the ends of its series' names, and its labels are those
    without `le` and `quantile`.
    """

    kind: Literal["counter", "gauge", "histogram", "summary", "untyped"]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    buckets: tuple[str, ...] = ()
    quantiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What an exporter exposes, by the name of each metric; file: "catalogue/mysqld_exporter".

    recorded: how ("giggamon record …"); None: it was not, but put together from other sources
    """

    file: str
    exporter: str | None = None
    version: str | None = None
    recorded: str | None = None
    metrics: Mapping[str, Exposed] = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What a scrape job calls it: "mysqld_exporter"."""
        return self.file.removeprefix("catalogue/")


@dataclass(frozen=True, slots=True)
class Objective:
    """An SLO; target in per cent ("99.9"); fast, slow: names of severities."""

    file: str
    owner: str
    name: str
    target: str
    window: str
    bad: Query
    total: Query
    fast: str | None = None
    slow: str | None = None
    was: str | None = None
    origin: Origin = field(default=None, compare=False, repr=False)

    @property
    def identity(self) -> str:
        """Service and name: "orders/availability"."""
        return f"{self.owner}/{self.name}"


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


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that a definitions folder means, or an output tree says."""

    groups: tuple[Group, ...] = ()
    prometheus: Prometheus | None = None
    alertmanager: Alertmanager | None = None
    templates: tuple[Template, ...] = ()
    dashboards: tuple[Dashboard, ...] = ()
    datasources: tuple[DataSource, ...] = ()
    providers: tuple[Provider, ...] = ()
    services: tuple[Service, ...] = ()
    runbooks: tuple[Runbook, ...] = ()
    teams: tuple[Team, ...] = ()
    severities: tuple[Severity, ...] = ()
    policy: Policy | None = None
    environment: Environment | None = None
    metrics: tuple[Metric, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    objectives: tuple[Objective, ...] = ()
    alert_tests: tuple[AlertTest, ...] = ()
    route_tests: tuple[RouteTest, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their groups."""
        return tuple(rule for group in self.groups for rule in group.rules)
