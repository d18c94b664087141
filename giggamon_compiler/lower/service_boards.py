"""A board for each service that writes none: made of what its file binds.

From the top: what fires, whether its instances answer, the objectives, traffic with its errors and
how long it takes, what fills up, the service's own rows and panels, what it depends on. A panel
says by its `signal` where it stands; a declared metric that such a panel reads already gets none of
its own there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

from giggamon_compiler.lower.instances import choice_of, metrics_of, reads_choice, with_choice
from giggamon_compiler.lower.metric_panels import one_of, panels_of, quoted, rate_of_durations
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
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import selectors

TRAFFIC: tuple[Signal, ...] = ("requests", "errors", "duration")
# Beyond so many panels, what is further down opens on demand: a board must be there at once.
MOST = 25

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
    def probes(self) -> Mapping[str, int]:
        """The jobs of its probes, with how many targets each has."""
        return {it.name: len(it.targets) for it in self.file.of(Probe)}

    @cached_property
    def jobs(self) -> Mapping[str, int]:
        """Its jobs, those of its probes too, with how many targets each has."""
        scrape = [(it.job, len(it.targets)) for it in [self.service.scrape] if it is not None]
        return {**dict(scrape), **self.probes}

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
    def rowed(self) -> Sequence[Panel]:
        """The panels of rows that are written, those of its own board too."""
        boards = (row for board in self.file.of(Dashboard) for row in board.rows)
        return [panel for row in (*self.rows, *boards) for panel in row.panels]

    @cached_property
    def added(self) -> Sequence[Told]:
        """What its metrics add to the panels that are written, with what each tells."""
        known: dict[Signal | None, set[str]] = {}
        for panel in (*self.loose, *self.rowed):
            known.setdefault(panel.signal, set()).update(metrics_of(panel))
        anywhere = set().union(*known.values())
        made: list[Told] = []
        for metric in self.metrics:
            for signal, panel in panels_of(metric, self.job):
                read = anywhere if signal is None else known.get(signal, set())
                if not metrics_of(panel) <= read:
                    made.append((signal, panel))
        if "requests" not in known and all(signal != "requests" for signal, _ in made):
            made += (
                ("requests", rate_of_durations(metric, self.job))
                for metric in self.metrics
                if metric.signal == "duration" and isinstance(metric, Histogram | Summary)
            )
        return made

    def telling(self, *signals: Signal | None, rowed: bool = False) -> list[Panel]:
        """The panels that tell one of these, in this order; rowed: those of written rows, too."""
        bound = [*self.loose, *(self.rowed if rowed else ())]
        told = [*((panel.signal, panel) for panel in bound), *self.added]
        return [panel for wanted in signals for signal, panel in told if signal == wanted]

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """Its alerts, but for those of objectives."""
        groups = (rule for group in self.file.of(Group) for rule in group.rules)
        grouped = (rule for rule in groups if isinstance(rule, Alert))
        return (*self.file.of(Alert), *grouped)

    @property
    def has_alerts(self) -> bool:
        """Whether anything of it can fire."""
        return bool(self.alerts) or any(slo.fast or slo.slow for slo in self.file.of(SLO))

    @property
    def heartbeats(self) -> list[str]:
        """The names of its alerts that read no series: they fire for as long as all is well."""
        return [alert.name for alert in self.alerts if not _reads(alert.expr)]


def _reads(expression: str) -> bool:
    """Whether an expression reads series, or cannot be read itself."""
    tree = None if "{" in expression else parse(expression).tree
    return tree is None or any(True for _ in selectors(tree))


def without(heartbeats: Sequence[str]) -> str:
    """Matchers that leave alerts out, to be put behind others."""
    return "".join(f",alertname!={quoted(name)}" for name in heartbeats)


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
        chosen = bool(several) and any(map(reads_choice, rows))
        rows += _needed_rows(shown, others, names)
        return Dashboard(
            service.name,
            title=service.name,
            rows=list(_folded([row for row in rows if row.panels])),
            variables=[choice_of(several)] if chosen else [],
            description=f"Made of the objectives, metrics, panels and alerts of {service.name}.",
        )


def _needed_rows(shown: Shown, others: Mapping[str, Shown], names: Labels) -> Iterator[Row]:
    """What a service depends on: what of it fires, whether it answers, how each of it does."""
    needed = [
        others[name]
        for name in dict.fromkeys(shown.service.depends_on)
        if name in others and name != shown.service.name
    ]
    panels: list[Panel] = []
    alerting = [it.service.name for it in needed if it.has_alerts]
    if alerting:
        panels.append(
            block.alerts_timeline(one_of(names.service, alerting), (names.service,), "needed")
        )
    if any(it.jobs for it in needed):
        panels.append(instances_of(needed, "needed"))
    yield Row("Depends on", panels)
    for it in needed:
        yield traffic_row(it, f"Depends on {it.service.name}")


def traffic_row(shown: Shown, title: str, *, collapsed: bool = False) -> Row:
    """How a service does, on the board of another one: its panels by other keys."""
    panels = []
    for panel in shown.telling(*TRAFFIC, rowed=True):
        with standing_at(panel, as_written=True):
            panels.append(replace(panel, key=f"{shown.service.name}:{panel.key}"))
    return Row(title, panels, collapsed=collapsed)


def _own_rows(shown: Shown, names: Labels) -> Iterator[Row]:
    service = shown.service
    if shown.has_alerts:
        matcher = f"{names.service}={quoted(service.name)}{without(shown.heartbeats)}"
        (row,) = block.alerts(matcher, by=("instance",), severity=names.severity)
        yield row
    if shown.jobs:
        yield Row("Instances", [instances_of([shown], "own")])
    # Two of one name are a finding of their own: their panels need not be more of them.
    for slo in {it.name: it for it in shown.file.of(SLO)}.values():
        with standing_at(slo):
            (row,) = block.slo(slo)
        yield row
    yield Row("Requests, errors, duration", shown.telling(*TRAFFIC))
    yield Row("Saturation", shown.telling("saturation"))
    yield from shown.rows
    yield Row("Figures", shown.telling(None))


def instances_of(services: Sequence[Shown], key: str) -> StateTimeline:
    """Whether the instances of some services answer, and what their probes find."""
    probes = [job for it in services for job in it.probes]
    scrapes = [job for it in services for job in it.jobs if job not in it.probes]
    legend = "{{instance}}" if len(probes) + len(scrapes) == 1 else "{{job}} {{instance}}"
    queries, said = [], []
    if scrapes:
        queries.append(Query(f"up{{{one_of('job', scrapes)}}}", legend=legend))
        said.append("1 where the last scrape of an instance succeeded, 0 where it failed.")
    if probes:
        mark = " (probe)" if scrapes else ""
        queries.append(Query(_found_by(probes), legend=f"{legend}{mark}"))
        said.append(
            "Of a probe, 1 where its target answered as it should, 0 where it did not or the "
            "exporter of probes is gone."
        )
    return StateTimeline(
        "Whether instances answer",
        queries,
        key=f"up:{key}",
        unit="short",
        description=" ".join(said),
        states=[State(0, "fails", color="red"), State(1, "answers", color="green")],
    )


def _found_by(probes: Sequence[str]) -> str:
    """What probes find; `up`, which is of the exporter, counts where it gave no answer.

    In one line for each target: the two are of different names, which max takes away.
    """
    chosen = f"{{{one_of('job', probes)}}}"
    return f"max by (job, instance) (probe_success{chosen} or up{chosen})"


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
