"""Dashboards as people write them: rows of panels of queries. The compiler lays them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from giggamon_compiler.model import panel
from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class Row(Value):
    """A titled row of panels, from left to right; collapsed: closed when the board opens."""

    title: str
    panels: Sequence[panel.Panel]
    _: KW_ONLY
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Variable(Value):
    """A choice above a board. A query reads it within a matcher: `instance=~"$instance"`.

    query: what there is to choose from, `label_values(up{job="orders"}, instance)`; it may read
    variables that stand before it
    label: how it is called on the board; its name where it is left out
    multi: several may be chosen; all: every one may be, and is at first
    """

    name: str
    _: KW_ONLY
    query: str
    label: str | None = None
    multi: bool = True
    all: bool = True


@dataclass(frozen=True, slots=True)
class Dashboard(Value):
    """A board of Grafana. Its key and its service name its file and its address.

    variables: the choices above it, in order
    tags: by which Grafana finds it, beside those of its service and team; "team:data" and the like
        lead to the boards that share them
    folder: the folder in Grafana; the team's where it is left out
    was: the former key, where the board was renamed
    """

    key: str
    _: KW_ONLY
    title: str
    rows: Sequence[Row]
    variables: Sequence[Variable] = ()
    tags: Sequence[str] = ()
    folder: str | None = None
    description: str | None = None
    was: str | None = None
