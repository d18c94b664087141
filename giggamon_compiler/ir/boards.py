"""What Grafana reads: boards, and what it is provisioned with."""

from __future__ import annotations

from dataclasses import dataclass, field

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir.rules import Query
from giggamon_compiler.ir.scalars import Rest


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
class Variable:
    """A choice above a board; kind: Grafana's, "query" where `query` tells what there is."""

    name: str
    kind: str
    query: Query
    label: str | None = None
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
    variables: tuple[Variable, ...] = ()
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
