"""Metrics that are declared, and those that an exporter was seen to expose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from giggamon_compiler.findings import Origin


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
    lines: how many series it shows; replaced: labels whose values are not those that were seen
    shortened: metrics of which some series were left out
    """

    file: str
    exporter: str | None = None
    version: str | None = None
    recorded: str | None = None
    metrics: Mapping[str, Exposed] = field(default_factory=dict)
    lines: int = 0
    replaced: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()
    origin: Origin = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What a scrape job calls it: "mysqld_exporter"."""
        return self.file.removeprefix("catalogue/")
