"""The panels of a batch."""

from __future__ import annotations

from giggamon_compiler.library.batch.rules import Alerts
from giggamon_compiler.model.panel import Query, Stat, TimeSeries


def panels(job: str, batch: str, alerts: Alerts) -> list[Stat | TimeSeries]:
    """When it last succeeded and failed, and how long a run takes."""
    chosen = f'{{job="{job}",batch="{batch}"}}'
    return [
        Stat(
            f"Since the last success of {batch}",
            [Query(f"time() - max(batch_last_success_timestamp_seconds{chosen})", legend="time")],
            key=f"batch-{batch}-success",
            unit="s",
            description="How long ago a run last came to a good end.",
            threshold=alerts.late,
        ),
        TimeSeries(
            f"Time of the last run of {batch}",
            [Query(f"max(batch_last_duration_seconds{chosen})", legend="time")],
            key=f"batch-{batch}-duration",
            unit="s",
            min=0,
            description="How long the last run took.",
            threshold=alerts.slow,
        ),
    ]
