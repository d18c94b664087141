"""What a board is before it is drawn: where it stands, the places and numbers of its panels."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.lower.addresses import board_uids, panel_ids
from giggamon_compiler.lower.labels import runbook_name, runbook_page
from giggamon_compiler.lower.layout import COLUMNS, HEADER, Box, Slot, arrange
from giggamon_compiler.lower.serving import DATASOURCE_UID
from giggamon_compiler.lower.testing import alert_identities
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
from giggamon_compiler.model.rule import Alert, Group
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO, Measure
from giggamon_compiler.model.team import Environment, Labels, Severity

SOURCE = {"type": "prometheus", "uid": DATASOURCE_UID}

BOXES: Mapping[type[Panel], Box] = {
    Stat: Box(4, 6, 4),
    Gauge: Box(4, 6, 6),
    Text: Box(8, COLUMNS, 4),
    TimeSeries: Box(8, COLUMNS, 8),
    Heatmap: Box(8, COLUMNS, 8),
    BarGauge: Box(8, COLUMNS, 8),
    StateTimeline: Box(12, COLUMNS, 6),
    Table: Box(12, COLUMNS, 8),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A board with its file, and the service that it belongs to."""

    file: DefinitionFile
    service: Service | None
    board: Dashboard

    @property
    def owner(self) -> str | None:
        """The name of the service."""
        return self.service.name if self.service else None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all boards have in common.

    names: of the labels; severities: the policy's; scrape_interval: the policy's
    uids: of all boards, by service and key
    alerts, owners: the rule of each alert and of each objective, the service of each objective; by
        the values' `id`
    runbooks: those that are there, by name
    """

    names: Labels
    severities: Sequence[Severity]
    scrape_interval: str | None
    environment: Environment | None
    uids: Mapping[tuple[str | None, str], str]
    alerts: Mapping[int, KnownAlert]
    owners: Mapping[int, str]
    runbooks: Collection[str]


@dataclass(frozen=True, slots=True)
class KnownAlert:
    """What an alert or an objective becomes: its definition file, the identity of its rule."""

    file: str
    identity: str

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.identity.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a board stands: its file and its service.

    interval: the time between two samples, as Grafana spells it, where it is known
    runbook: the address of the service's runbook, where there is one
    """

    around: Surroundings
    file: str
    service: Service | None
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


def objective_of(panel: Panel) -> SLO | None:
    """The objective whose figures a panel shows."""
    measures = (it.expr for it in queries_of(panel) if isinstance(it.expr, Measure))
    return next((measure.slo for measure in measures), None)


def alert_of(panel: Panel) -> Alert | None:
    """The alert whose level a panel shows."""
    return None if isinstance(panel, Text | Heatmap) else panel.threshold


def surround(definitions: Definitions, boards: Iterable[Written]) -> Surroundings:
    """What the boards of some definitions have in common."""
    policy, environment = definitions.policy, definitions.environment
    identities = alert_identities(definitions)
    alerts: dict[int, KnownAlert] = {}
    owners: dict[int, str] = {}
    for file, service in definitions.of(Service):
        grouped = (rule for group in file.of(Group) for rule in group.rules)
        objectives = list(file.of(SLO))
        for value in (*file.of(Alert), *grouped, *objectives):
            alerts[id(value)] = KnownAlert(file.name, identities[id(value)])
        owners.update({id(slo): service.name for slo in objectives})
    return Surroundings(
        definitions.label_names,
        policy.severities if policy else (),
        policy.scrape_interval if policy else None,
        environment,
        board_uids((it.owner, it.board.key) for it in boards),
        alerts,
        owners,
        definitions.runbooks,
    )


def settle(written: Written, around: Surroundings) -> Setting:
    """Where a board stands."""
    service, file = written.service, written.file.name
    scrape = service.scrape if service else None
    interval = (scrape and scrape.interval) or around.scrape_interval
    page = runbook_page(file, around.environment)
    return Setting(
        around,
        file,
        service,
        grafana_interval(interval) if interval else None,
        page if runbook_name(file) in around.runbooks else None,
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
