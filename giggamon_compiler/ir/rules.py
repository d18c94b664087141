"""Rules and their groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.scalars import Rest


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
