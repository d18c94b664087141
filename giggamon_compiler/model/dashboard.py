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
    panels: Sequence[panel.TimeSeries | panel.Stat]
    _: KW_ONLY
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard(Value):
    """A board of Grafana. Its key and its service name its file and its address.

    folder: the folder in Grafana; the team's where it is left out
    was: the former key, where the board was renamed
    """

    key: str
    _: KW_ONLY
    title: str
    rows: Sequence[Row]
    folder: str | None = None
    description: str | None = None
    was: str | None = None
