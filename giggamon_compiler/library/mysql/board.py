"""The panels of MySQL."""

from __future__ import annotations

from giggamon_compiler.library.mysql.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """What shows how the servers of a job are, by instance."""
    return [
        TimeSeries(
            "Connections in use",
            [
                Query(
                    f'mysql_global_status_threads_connected{{job="{job}"}}'
                    f' / mysql_global_variables_max_connections{{job="{job}"}}',
                    legend="{{instance}}",
                )
            ],
            key="connections-used",
            unit="percentunit",
            description="The share of max_connections that is taken. At 100 % MySQL refuses.",
            threshold=alerts.connections,
            signal="saturation",
        ),
    ]
