"""What Prometheus reads at its start: scrape jobs and `prometheus.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.scalars import Rest


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
