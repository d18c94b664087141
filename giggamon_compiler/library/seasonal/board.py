"""The panels of a figure with seasons."""

from __future__ import annotations

from giggamon_compiler.library.seasonal.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries


def panels(title: str, key: str, alerts: Alerts) -> list[TimeSeries]:
    """What is counted beside what is usual, and their ratio with the level of the alert."""
    counted, usual = alerts.counted.name, alerts.usual.name
    window = counted.rpartition("increase")[2]
    return [
        TimeSeries(
            f"{title} in {window}",
            [Query(counted, legend="now"), Query(usual, legend="usual")],
            key=key,
            unit="short",
            min=0,
            description="Usual is the median of the same hour of the past four weeks.",
        ),
        TimeSeries(
            f"{title}, share of what is usual",
            [Query(f"{counted} / ({usual} > 0)", legend="of the usual")],
            key=f"{key}-share",
            unit="percentunit",
            min=0,
            description="100 % is the median of the same hour of the past four weeks.",
            threshold=alerts.collapsed,
        ),
    ]
