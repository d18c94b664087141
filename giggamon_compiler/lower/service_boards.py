"""A board for each service that writes none: made of what its file binds.

From the top: what fires, the objectives, traffic with its errors and how long it takes, what fills
up, the service's own rows and panels, whether its instances answer, what it depends on. A bound
panel says by its `signal` where it stands; a declared metric that such a panel reads already gets
none of its own there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

from giggamon_compiler.lower.alert_panels import alerts_row
from giggamon_compiler.lower.instances import choice_of, metrics_of, with_choice
from giggamon_compiler.lower.metric_panels import panels_of, quoted, rate_of_durations, selected
from giggamon_compiler.model import block
from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.definitions import DefinitionFile
from giggamon_compiler.model.metric import Histogram, Metric, Signal, Summary
from giggamon_compiler.model.panel import Panel, Query, State, StateTimeline
from giggamon_compiler.model.probe import Probe
from giggamon_compiler.model.rule import Alert, Group, Record
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Labels
from giggamon_compiler.model.value import standing_at

TRAFFIC: tuple[Signal, ...] = ("requests", "errors", "duration")
# Beyond so many panels, what is further down opens on demand: a board must be there at once.
MOST = 20

Told = tuple[Signal | None, Panel]


@dataclass
class Shown:
    """A service with what its file binds, as far as boards are concerned."""

    file: DefinitionFile
    service: Service

    @property
    def job(self) -> str | None:
        """The job that scrapes it."""
        return self.service.scrape.job if self.service.scrape else None

    @cached_property
    def jobs(self) -> Mapping[str, int]:
        """Its jobs, those of its probes too, with how many targets each has."""
        scrape = [(it.job, len(it.targets)) for it in [self.service.scrape] if it is not None]
        return dict([*scrape, *((it.name, len(it.targets)) for it in self.file.of(Probe))])

    @cached_property
    def metrics(self) -> Sequence[Metric]:
        """The metrics that it declares."""
        return [value for _, value in self.file.values if isinstance(value, Metric)]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows that it binds."""
        return list(self.file.of(Row))

    @cached_property
    def loose(self) -> Sequence[Panel]:
        """The panels that it binds, but for those of its rows."""
        rowed = {id(panel) for row in self.rows for panel in row.panels}
        kinds = get_args(Panel)
        values = (value for _, value in self.file.values if isinstance(value, kinds))
        return [panel for panel in values if id(panel) not in rowed]

    @cached_property
    def told(self) -> Sequence[Told]:
        """Its panels with what each tells: those that it binds, and what its metrics add."""
        bound = [(panel.signal, panel) for panel in self.loose]
        of_rows = [(panel.signal, panel) for row in self.rows for panel in row.panels]
        known: dict[Signal | None, set[str]] = {}
        for signal, panel in (*bound, *of_rows):
            known.setdefault(signal, set()).update(metrics_of(panel))
        anywhere = set().union(*known.values())
        made = []
        for metric in self.metrics:
            for signal, panel in panels_of(metric, self.job):
                read = anywhere if signal is None else known.get(signal, ())
                if not metrics_of(panel) <= set(read):
                    made.append((signal, panel))
        return [*bound, *made, *self._rates([*bound, *of_rows, *made])]

    def _rates(self, told: Iterable[Told]) -> Iterator[Told]:
        """How many requests there are, where only what they take is told."""
        if not any(signal == "requests" for signal, _ in told):
            for metric in self.metrics:
                if metric.signal == "duration" and isinstance(metric, Histogram | Summary):
                    yield "requests", rate_of_durations(metric, self.job)

    def telling(self, *signals: Signal | None) -> list[Panel]:
        """The panels that tell one of these, in this order."""
        return [panel for wanted in signals for signal, panel in self.told if signal == wanted]

    @cached_property
    def has_alerts(self) -> bool:
        """Whether anything of it can fire."""
        groups = (rule for group in self.file.of(Group) for rule in group.rules)
        return (
            next(self.file.of(Alert), None) is not None
            or any(isinstance(rule, Alert) for rule in groups)
            or any(slo.fast or slo.slow for slo in self.file.of(SLO))
        )


def recorded_in(files: Iterable[DefinitionFile]) -> set[str]:
    """The metrics that rules record."""
    grouped = (rule for file in files for group in file.of(Group) for rule in group.rules)
    loose = (rule for file in files for rule in file.of(Record))
    return {rule.name for rule in (*grouped, *loose) if isinstance(rule, Record)}


def make_service_board(
    shown: Shown, others: Mapping[str, Shown], names: Labels, recorded: set[str]
) -> Dashboard:
    """The board of a service; others: every service by its name, for what it depends on."""
    service = shown.service
    several = [job for job, targets in shown.jobs.items() if targets > 1]
    with standing_at(service):
        rows = list(_own_rows(shown, names))
        if several:
            rows = [with_choice(row, several, recorded) for row in rows]
        rows += (
            traffic_row(others[name], f"Depends on {name}")
            for name in dict.fromkeys(service.depends_on)
            if name in others and name != service.name
        )
        return Dashboard(
            service.name,
            title=service.name,
            rows=list(_folded([row for row in rows if row.panels])),
            variables=[choice_of(several)] if several else [],
            description=f"Made of the objectives, metrics, panels and alerts of {service.name}.",
        )


def traffic_row(shown: Shown, title: str, *, collapsed: bool = False) -> Row:
    """How a service does, on the board of another one: its panels by other keys."""
    panels = []
    for panel in shown.telling(*TRAFFIC):
        with standing_at(panel, as_written=True):
            panels.append(replace(panel, key=f"{shown.service.name}:{panel.key}"))
    return Row(title, panels, collapsed=collapsed)


def _own_rows(shown: Shown, names: Labels) -> Iterator[Row]:
    service = shown.service
    if shown.has_alerts:
        yield alerts_row(names, f"{names.service}={quoted(service.name)}")
    for slo in shown.file.of(SLO):
        with standing_at(slo):
            (row,) = block.slo(slo)
        yield row
    yield Row("Requests, errors, duration", shown.telling(*TRAFFIC))
    yield Row("Saturation", shown.telling("saturation"))
    yield from shown.rows
    yield Row("Figures", shown.telling(None))
    if shown.jobs:
        yield Row("Instances", [instances_of(list(shown.jobs))])


def instances_of(jobs: Sequence[str]) -> StateTimeline:
    """Whether the instances of some jobs answer Prometheus."""
    one = selected(jobs[0]) if len(jobs) == 1 else f"{{job=~{quoted('|'.join(jobs))}}}"
    return StateTimeline(
        "Whether instances answer",
        [Query(f"up{one}", legend="{{instance}}" if len(jobs) == 1 else "{{job}} {{instance}}")],
        key="up:state",
        unit="short",
        description="1 where the last scrape of an instance succeeded, 0 where it failed.",
        states=[State(0, "no answer", color="red"), State(1, "answers", color="green")],
    )


def _folded(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows, those beyond the most panels that a board opens with closed."""
    open_ = 0
    for row in rows:
        open_ += 0 if row.collapsed else len(row.panels)
        if open_ > MOST and not row.collapsed and open_ > len(row.panels):
            open_ -= len(row.panels)
            with standing_at(row, as_written=True):
                row = replace(row, collapsed=True)
        yield row
