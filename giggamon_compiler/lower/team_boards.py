"""A board for each team: what of its services fires, their objectives, how each of them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from giggamon_compiler.lower.labels import SLO_LABEL
from giggamon_compiler.lower.metric_panels import counted, one_of, quantile, quoted, share_of_errors
from giggamon_compiler.lower.service_boards import Shown, instances_of, traffic_row, without
from giggamon_compiler.lower.slo import budget_of, decimal_text
from giggamon_compiler.model import block
from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.metric import Counter, Gauge, Histogram, Metric
from giggamon_compiler.model.panel import Panel, Query, Table, TimeSeries
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Labels, Team
from giggamon_compiler.model.value import standing_at


def make_team_board(team: Team, services: Sequence[Shown], names: Labels) -> Dashboard | None:
    """The board of a team; None of one that has no service."""
    if not services:
        return None
    with standing_at(team):
        return Dashboard(
            f"team-{team.name}",
            title=f"Team {team.name}",
            rows=[row for row in _rows(team, services, names) if row.panels],
            tags=[f"team:{team.name}"],
            folder=team.name,
            description=f"What fires of the services of {team.name}, their objectives, and how "
            "each of them does.",
        )


def _rows(team: Team, services: Sequence[Shown], names: Labels) -> Iterator[Row]:
    if any(it.has_alerts for it in services):
        beating = [name for it in services for name in it.heartbeats]
        matcher = f"{names.team}={quoted(team.name)}{without(beating)}"
        yield from block.alerts(matcher, by=(names.service,), severity=names.severity)
    objectives = [(it.service.name, slo) for it in services for slo in it.file.of(SLO)]
    if objectives:
        yield Row("Objectives", [objectives_of(objectives, names)])
    answering = [instances_of(services, "own")] if any(it.jobs for it in services) else []
    yield Row("Services", [*traffic_of(services), *answering])
    for it in services:
        if any(panel.signal is not None for panel in (*it.loose, *it.rowed)):
            yield traffic_row(it, it.service.name, collapsed=True)


def objectives_of(objectives: Iterable[tuple[str, SLO]], names: Labels) -> Table:
    """A line for each objective; those of one name, window and budget are asked for at once."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for service, slo in objectives:
        key = (slo.name, slo.window, decimal_text(budget_of(slo)))
        alike.setdefault(key, []).append(service)

    def column(over: str | None, legend: str, unit: str, text: str) -> Query:
        parts = (
            text.format(share=_share(services, name, over or window, names), budget=budget)
            for (name, window, budget), services in alike.items()
        )
        return Query("\nor ".join(parts), legend=legend, unit=unit)

    return Table(
        "Objectives",
        [
            column(None, "Budget left", "percentunit", "1 - {share} / {budget}"),
            column(None, "Attained", "percentunit", "1 - {share}"),
            column("1h", "Burn rate over 1 hour", "short", "{share} / {budget}"),
        ],
        key="objectives:figures",
        unit="percentunit",
        columns={names.service: "Service", SLO_LABEL: "Objective"},
        decimals=3,
        description="Budget left: what is left of the failures that the objective's window "
        "allows, below 0 where more failed. A burn rate of 1 spends it exactly in the window.",
    )


def _share(services: Sequence[str], slo: str, window: str, names: Labels) -> str:
    chosen = "{" + f"{one_of(names.service, services)},{SLO_LABEL}={quoted(slo)}" + "}"
    return f"slo:bad:increase{window}{chosen} / (slo:total:increase{window}{chosen} > 0)"


def traffic_of(services: Sequence[Shown]) -> Iterator[Panel]:
    """Requests, errors and durations of services, a line for each metric that tells them."""
    of_all = [(it, metric) for it in services for metric in it.metrics]
    requests = [(it, m) for it, m in of_all if m.signal == "requests" and not isinstance(m, Gauge)]
    failing = [(it, m) for it, m in of_all if isinstance(m, Counter) and m.errors]
    lasting = [(it, m) for it, m in of_all if m.signal == "duration" and isinstance(m, Histogram)]
    yield from _lines(
        "Requests a second",
        [(it, metric, counted(metric, it.job)) for it, metric in requests],
        "requests",
        "reqps",
        "What each service is asked for, by the metrics that it declares as requests.",
    )
    yield from _lines(
        "Share of requests that fail",
        [(it, metric, share_of_errors(metric, it.job)) for it, metric in failing],
        "errors",
        "percentunit",
        "Of the same metrics, the share that each service calls errors. No line: it was asked for "
        "nothing.",
    )
    yield from _lines(
        "What 95 % of requests stay below",
        [(it, metric, quantile(metric, it.job, "0.95")) for it, metric in lasting],
        "duration",
        "s",
        "By the histograms that each service declares as durations, between buckets by a straight "
        "line.",
    )


def _lines(
    title: str,
    told: Sequence[tuple[Shown, Metric, str]],
    key: str,
    unit: str,
    description: str,
) -> Iterator[Panel]:
    """One panel of a query for each metric; nothing where there is none."""
    if told:
        alone = len({it.service.name for it, _, _ in told}) == len(told)
        queries = []
        for it, metric, text in told:
            with standing_at(metric):
                name = it.service.name if alone else f"{it.service.name}: {metric.name}"
                queries.append(Query(text, legend=name))
        yield TimeSeries(
            title, queries, key=f"services:{key}", unit=unit, min=0, description=description
        )
