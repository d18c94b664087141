"""What Prometheus and the blackbox exporter read at their start: scrape jobs, modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.scalars import Rest, Tree


@dataclass(frozen=True, slots=True)
class Probing:
    """That a job asks its targets through the blackbox exporter ("host:port"), with a module."""

    module: str
    exporter: str


@dataclass(frozen=True, slots=True)
class ScrapeJob:
    """A scrape job with its targets ("host:port"; for a probe what its module asks).

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
    probing: Probing | None = None
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
class Module:
    """A module of the blackbox exporter; settings: those of each prober, by its name."""

    name: str
    prober: str | None
    timeout: str | None = None
    settings: Mapping[str, Tree] = field(default_factory=dict)
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Blackbox:
    """`blackbox.yml`."""

    modules: tuple[Module, ...] = ()
    rest: Rest = field(default_factory=dict)
    origin: Origin = field(default=None, compare=False, repr=False)
