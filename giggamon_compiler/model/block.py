"""Functions that return rows of panels, ready to be put into a dashboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.panel import (
    Panel,
    Query,
    Stat,
    State,
    StateTimeline,
    Table,
    TimeSeries,
)
from giggamon_compiler.model.slo import SLO, Measure

__all__ = ["alerts", "pick", "slo"]


def slo(objective: SLO) -> list[Row]:
    """One row for an objective: what was attained, the budget left, how fast it burns."""
    key = f"slo-{objective.name}"
    attained = Stat(
        "Attained",
        [Query(Measure(objective, "attained"), legend=objective.name)],
        key=f"{key}-attained",
        unit="percentunit",
        decimals=3,
        description=f"Share of good events in {objective.window}; the objective is "
        f"{objective.objective} %.",
    )
    left = Stat(
        "Error budget left",
        [Query(Measure(objective, "budget"), legend=objective.name)],
        key=f"{key}-budget",
        unit="percentunit",
        decimals=1,
        description=f"What is left of the failures that {objective.window} allow.",
    )
    burn = TimeSeries(
        "Burn rate",
        [
            Query(Measure(objective, "burn", over="5m"), legend="over 5 minutes"),
            Query(Measure(objective, "burn", over="1h"), legend="over 1 hour"),
            Query(Measure(objective, "burn", over="6h"), legend="over 6 hours"),
        ],
        key=f"{key}-burn",
        unit="short",
        min=0,
        description="1 spends the budget exactly within the window; 14.4 spends 2 % of a 30-day "
        "budget in an hour.",
    )
    return [Row(f"Objective: {objective.name}", [attained, left, burn])]


def alerts(
    matchers: str = "", *, by: Sequence[str] = ("service",), severity: str = "severity"
) -> list[Row]:
    """One row of alerts: when they were pending and firing, and which fire now, since when.

    matchers: which alerts, `team="commerce"`; all where it is left out
    by: the labels, beside an alert's name, that tell them apart; severity: the label of that
    """
    return [Row("Alerts", [alerts_timeline(matchers, by), firing(matchers, by, severity)])]


def alerts_timeline(matchers: str, by: Sequence[str], key: str = "own") -> StateTimeline:
    """When alerts were pending and firing; an alert that is not there is well."""
    labels = ["alertname", *by]
    grouped = f"max by ({', '.join(labels)}) "
    states = [f"{grouped}({_alerts(state, matchers)})" for state in ("firing", "pending")]
    return StateTimeline(
        "When alerts fired",
        [
            Query(
                f"2 * {states[0]} or {states[1]}",
                legend=" ".join(f"{{{{{label}}}}}" for label in labels),
            )
        ],
        key=f"alerts:{key}",
        unit="short",
        description="A line for each alert that was pending or firing in the time shown; no line "
        "means that none was.",
        states=[State(1, "pending", color="yellow"), State(2, "firing", color="red")],
    )


def firing(matchers: str, by: Sequence[str], severity: str) -> Table:
    """Which alerts fire now; Prometheus keeps since when in ALERTS_FOR_STATE."""
    labels = ["alertname", severity, *by]
    since = f"ALERTS_FOR_STATE{{{matchers}}}" if matchers else "ALERTS_FOR_STATE"
    headings = {"alertname": "Alert", severity: "Severity"}
    return Table(
        "Firing now",
        [
            Query(
                f"max by ({', '.join(labels)}) ((time() - {since}) "
                f"and ignoring (alertstate) {_alerts('firing', matchers)})",
                legend="Since",
            )
        ],
        key="alerts:firing",
        unit="s",
        columns={label: headings.get(label, label.capitalize()) for label in labels},
        description="The alerts that fire, and how long ago their condition began to hold; empty "
        "means that none fires.",
    )


def pick(
    title: str,
    source: Dashboard | Sequence[Dashboard | Panel],
    *keys: str,
    prefix: str,
    collapsed: bool = False,
) -> list[Row]:
    """One row of panels of other boards, or bound elsewhere, by their keys, in that order.

    prefix: what their keys begin with here, since keys are names within one board.
    Raises LookupError for a key that no panel has.
    """
    known = {panel.key: panel for panel in _panels_of(source)}
    for key in keys:
        if key not in known:
            raise LookupError(f"{title}: no panel has the key {key}; there are {', '.join(known)}")
    panels = [replace(known[key], key=f"{prefix}-{key}") for key in keys]
    return [Row(title, panels, collapsed=collapsed)]


def _panels_of(source: Dashboard | Sequence[Dashboard | Panel]) -> Iterator[Panel]:
    for it in [source] if isinstance(source, Dashboard) else source:
        if isinstance(it, Dashboard):
            yield from (panel for row in it.rows for panel in row.panels)
        else:
            yield it


def _alerts(state: str, matchers: str) -> str:
    return f'ALERTS{{alertstate="{state}"{"," * bool(matchers)}{matchers}}}'
