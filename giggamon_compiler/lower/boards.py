"""What a board is before it is drawn: where it stands, the places and numbers of its panels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.lower.addresses import panel_ids
from giggamon_compiler.lower.labels import runbook_name
from giggamon_compiler.lower.layout import COLUMNS, HEADER, Box, Slot, arrange
from giggamon_compiler.lower.serving import DATASOURCE_UID
from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.panel import (
    BarGauge,
    Gauge,
    Heatmap,
    Panel,
    Query,
    Stat,
    StateTimeline,
    Table,
    Text,
    TimeSeries,
)
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import Labels, Severity

SOURCE = {"type": "prometheus", "uid": DATASOURCE_UID}

BOXES: Mapping[type[Panel], Box] = {
    Stat: Box(4, 6, 4),
    Gauge: Box(4, 6, 6),
    Text: Box(8, COLUMNS, 4),
    TimeSeries: Box(8, COLUMNS, 8),
    Heatmap: Box(8, COLUMNS, 8),
    BarGauge: Box(8, COLUMNS, 8),
    StateTimeline: Box(12, COLUMNS, 8),
    Table: Box(12, COLUMNS, 8),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a board takes from around it.

    uids: of all boards; alerts: identities, by alert; severities: the policy's; interval: the time
    between two samples, as Grafana spells it, where it is known; runbook: the address of the
    service's runbook, where there is one
    """

    file: str
    service: Service | None
    names: Labels
    uids: Mapping[tuple[str | None, str], str]
    alerts: Mapping[int, str]
    severities: Sequence[Severity]
    interval: str | None
    runbook: str | None

    @property
    def owner(self) -> str | None:
        """The name of the service."""
        return self.service.name if self.service else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A row or a panel with its number and its place; panels: those of a collapsed row."""

    value: Row | Panel
    id: int
    slot: Slot
    panels: tuple[Placed, ...] = ()


def queries_of(panel: Panel) -> Sequence[Query]:
    """What a panel asks; a text asks nothing."""
    return () if isinstance(panel, Text) else panel.queries


def alert_of(panel: Panel) -> Alert | None:
    """The alert whose level a panel shows."""
    return None if isinstance(panel, Text | Heatmap) else panel.threshold


def surround(
    definitions: Definitions,
    file: DefinitionFile,
    service: Service | None,
    uids: Mapping[tuple[str | None, str], str],
    alerts: Mapping[int, str],
) -> Setting:
    """What a board of a file takes from the rest of the definitions."""
    policy, environment = definitions.policy, definitions.environment
    scrape = service.scrape if service else None
    interval = (scrape and scrape.interval) or (policy and policy.scrape_interval)
    runbook = None
    if environment and environment.runbooks_url and runbook_name(file.name) in definitions.runbooks:
        runbook = f"{environment.runbooks_url.rstrip('/')}/{runbook_name(file.name)}.md"
    return Setting(
        file.name,
        service,
        definitions.label_names,
        uids,
        alerts,
        policy.severities if policy else (),
        grafana_interval(interval) if interval else None,
        runbook,
    )


def place(board: Dashboard) -> Iterator[Placed]:
    """The rows of a board and their panels, from the top, as Grafana lists them.

    The panels of a collapsed row stand below it as if it were open, and take no room.
    """
    rows = [(row, list(row.panels)) for row in board.rows]
    numbers = iter(
        panel_ids(
            [
                name
                for row, panels in rows
                for name in (f"row {row.title}", *(f"panel {panel.key}" for panel in panels))
            ]
        )
    )
    top = 0
    for row, panels in rows:
        number = next(numbers)
        header = Slot(0, top, COLUMNS, HEADER)
        top += HEADER
        slots = arrange([BOXES[type(panel)] for panel in panels], top)
        members = tuple(
            Placed(panel, next(numbers), slot) for panel, slot in zip(panels, slots, strict=True)
        )
        if row.collapsed:
            yield Placed(row, number, header, members)
        else:
            yield Placed(row, number, header)
            yield from members
            top = max((slot.y + slot.height for slot in slots), default=top)


def grafana_interval(duration: str) -> str:
    """A duration of Prometheus in one unit, because Grafana reads only the first: 1m30s → 90s."""
    length = milliseconds(duration)
    if length is None or re.fullmatch("[0-9]+[a-z]+", duration):
        return duration
    return f"{length}ms" if length % 1000 else f"{length // 1000}s"
