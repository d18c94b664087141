"""Panels of what fires: those of a service, of a team, or of everything."""

from __future__ import annotations

from collections.abc import Sequence

from giggamon_compiler.model.dashboard import Row
from giggamon_compiler.model.panel import Query, State, StateTimeline, Table
from giggamon_compiler.model.team import Labels

# What each number of the timeline stands for; an alert that is not there is well.
PENDING, FIRING = 1, 2


def alerts_row(names: Labels, matcher: str = "", *, by: Sequence[str] = ("instance",)) -> Row:
    """When the alerts of a matcher were pending and firing, and which fire now, since when.

    by: the labels, beside the alert's name, by which they are told apart
    """
    return Row("Alerts", [timeline(names, matcher, by), firing_now(names, matcher, by)])


def timeline(names: Labels, matcher: str, by: Sequence[str]) -> StateTimeline:
    """When alerts were pending and firing."""
    labels = ["alertname", *by]
    grouped = f"max by ({', '.join(labels)}) "
    firing = f"{grouped}({_alerts('firing', matcher)})"
    pending = f"{grouped}({_alerts('pending', matcher)})"
    return StateTimeline(
        "When alerts fired",
        [
            Query(
                f"{FIRING} * {firing} or {pending}",
                legend=" ".join(f"{{{{{label}}}}}" for label in labels),
            )
        ],
        key="alerts:timeline",
        unit="short",
        description="A line for each alert that was pending or firing in the time shown; no line "
        "means that none was.",
        states=[
            State(PENDING, "pending", color="yellow"),
            State(FIRING, "firing", color="red"),
        ],
    )


def firing_now(names: Labels, matcher: str, by: Sequence[str]) -> Table:
    """Which alerts fire now; Prometheus keeps since when in ALERTS_FOR_STATE."""
    labels = ["alertname", names.severity, *by]
    since = f"ALERTS_FOR_STATE{{{matcher}}}" if matcher else "ALERTS_FOR_STATE"
    fires = _alerts("firing", matcher)
    headings = {"alertname": "Alert", names.severity: "Severity"}
    return Table(
        "Firing now",
        [
            Query(
                f"max by ({', '.join(labels)}) "
                f"((time() - {since}) and ignoring (alertstate) {fires})",
                legend="Since",
            )
        ],
        key="alerts:firing",
        unit="s",
        columns={label: headings.get(label, label.capitalize()) for label in labels},
        description="The alerts that fire, and how long ago their condition began to hold; empty "
        "means that none fires.",
    )


def _alerts(state: str, matcher: str) -> str:
    return f'ALERTS{{alertstate="{state}"{"," * bool(matcher)}{matcher}}}'
