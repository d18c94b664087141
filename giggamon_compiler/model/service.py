"""Services and what they show: scrape jobs and declared metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from giggamon_compiler.model.team import Team
from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class Scrape(Value):
    """A scrape job of Prometheus; leave it out where somebody else owns `prometheus.yml`.

    targets: host and port of each instance; interval: the policy's where it is left out
    catalogue: the recorded exposition of what is scraped, a file of `catalogue/` without `.prom`
    """

    job: str
    _: KW_ONLY
    targets: Sequence[str]
    interval: str | None = None
    timeout: str | None = None
    path: str | None = None
    scheme: Literal["http", "https"] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    catalogue: str | None = None


@dataclass(frozen=True, slots=True)
class Service(Value):
    """Something that runs. Everything else that its file binds belongs to it.

    depends_on: the names of the services that it cannot do without
    """

    name: str
    _: KW_ONLY
    team: Team
    scrape: Scrape | None = None
    depends_on: Sequence[str] = ()
