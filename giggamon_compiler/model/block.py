"""Functions that return rows of panels, ready to be put into a dashboard."""

from __future__ import annotations

from giggamon_compiler.model.dashboard import Row
from giggamon_compiler.model.panel import Query, Stat, TimeSeries
from giggamon_compiler.model.slo import SLO, Measure

__all__ = ["slo"]


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
