"""Service level objectives."""

from __future__ import annotations

from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.rules import Query


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
