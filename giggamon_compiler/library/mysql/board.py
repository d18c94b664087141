"""The panels of MySQL."""

from __future__ import annotations

from giggamon_compiler.library.mysql.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries

_COMMANDS = 'command=~"select|insert|update|delete|replace|commit|rollback"'


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """What shows how the servers of a job are, by instance."""
    here = f'job="{job}"'
    of = f"{{{here}}}"
    return [
        *_traffic(here, of, alerts),
        *_durations(of, alerts),
        *_saturation(of, alerts),
        *_replication(of, alerts),
    ]


def _traffic(here: str, of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Statements",
            [
                Query(
                    f"rate(mysql_global_status_questions{of}[$__rate_interval])",
                    legend="{{instance}}",
                )
            ],
            key="statements",
            unit="ops",
            description="Statements that clients send. A sudden fall means that they cannot.",
            min=0,
            signal="requests",
        ),
        TimeSeries(
            "Statements by command",
            [
                Query(
                    "sum by (instance, command) (rate(mysql_global_status_commands_total"
                    f"{{{here},{_COMMANDS}}}[$__rate_interval]))",
                    legend="{{instance}} {{command}}",
                )
            ],
            key="commands",
            unit="ops",
            description="What the statements do. More rollbacks than before mean failing work.",
            min=0,
            signal="requests",
        ),
        TimeSeries(
            "Connections refused",
            [
                Query(
                    f"increase(mysql_global_status_connection_errors_total{of}[5m])",
                    legend="{{instance}} {{error}}",
                )
            ],
            key="connections-refused",
            unit="short",
            description="Connections that failed within 5 minutes, by the server's own fault; "
            "max_connections: all were taken.",
            min=0,
            threshold=alerts.refused,
            signal="errors",
        ),
        TimeSeries(
            "Connects aborted",
            [
                Query(
                    f"rate(mysql_global_status_aborted_connects{of}[10m]) * 60",
                    legend="{{instance}}",
                )
            ],
            key="connects-aborted",
            unit="cpm",
            description="Attempts to connect that failed each minute, such as by a wrong "
            "password or a broken network.",
            min=0,
            threshold=alerts.aborted,
            signal="errors",
        ),
        TimeSeries(
            "Deadlocks",
            [
                Query(
                    f"increase(mysql_global_status_innodb_deadlocks{of}[15m])",
                    legend="{{instance}}",
                )
            ],
            key="deadlocks",
            unit="short",
            description="Transactions rolled back within 15 minutes, as each waited for another.",
            min=0,
            threshold=alerts.deadlocks,
            signal="errors",
        ),
    ]


def _durations(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Slow statements",
            [
                Query(
                    f"rate(mysql_global_status_slow_queries{of}[5m])"
                    f" / rate(mysql_global_status_questions{of}[5m])",
                    legend="{{instance}}",
                )
            ],
            key="slow-statements",
            unit="percentunit",
            description="The share of statements that take longer than long_query_time.",
            min=0,
            threshold=alerts.slow_queries,
            signal="duration",
        ),
        TimeSeries(
            "Wait for a row lock",
            [
                Query(
                    f"rate(mysql_global_status_innodb_row_lock_time{of}[5m])"
                    f" / rate(mysql_global_status_innodb_row_lock_waits{of}[5m])",
                    legend="{{instance}}",
                )
            ],
            key="row-lock-wait",
            unit="ms",
            description="How long a transaction that had to wait for a row waited on average. "
            "No line where none waited.",
            min=0,
            signal="duration",
        ),
    ]


def _saturation(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Connections in use",
            [
                Query(
                    f"mysql_global_status_threads_connected{of}"
                    f" / mysql_global_variables_max_connections{of}",
                    legend="{{instance}}",
                )
            ],
            key="connections-used",
            unit="percentunit",
            description="The share of max_connections that is taken. At 100 % MySQL refuses.",
            min=0,
            threshold=alerts.connections,
            signal="saturation",
        ),
        TimeSeries(
            "Statements at once",
            [Query(f"mysql_global_status_threads_running{of}", legend="{{instance}}")],
            key="threads-running",
            unit="short",
            description="Statements that run or wait in the server at this moment.",
            min=0,
            threshold=alerts.threads,
            signal="saturation",
        ),
        TimeSeries(
            "Transactions waiting for a lock",
            [
                Query(
                    f"mysql_global_status_innodb_row_lock_current_waits{of}",
                    legend="{{instance}}",
                )
            ],
            key="lock-waits",
            unit="short",
            description="Transactions that wait for a row which another one holds.",
            min=0,
            threshold=alerts.lock_waits,
            signal="saturation",
        ),
        TimeSeries(
            "Page reads from disk",
            [
                Query(
                    f"rate(mysql_global_status_innodb_buffer_pool_reads{of}[10m])"
                    f" / rate(mysql_global_status_innodb_buffer_pool_read_requests{of}[10m])",
                    legend="{{instance}}",
                )
            ],
            key="buffer-pool-misses",
            unit="percentunit",
            description="The share of InnoDB's page reads that memory could not answer.",
            min=0,
            threshold=alerts.buffer_pool,
            signal="saturation",
        ),
    ]


def _replication(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Replicas behind",
            [
                Query(
                    f"mysql_slave_status_seconds_behind_master{of}"
                    f" - mysql_slave_status_sql_delay{of}",
                    legend="{{instance}} behind {{master_host}}",
                )
            ],
            key="replicas-behind",
            unit="s",
            description="How far a replica is behind its primary, beyond the delay that it is set "
            "to. No line: it does not replicate.",
            min=0,
            threshold=alerts.replica_lags,
            signal="saturation",
        ),
        TimeSeries(
            "Time since the start",
            [Query(f"mysql_global_status_uptime{of}", legend="{{instance}}")],
            key="uptime",
            unit="s",
            description="A fall to 0 is a restart, after which the caches are cold.",
            min=0,
            threshold=alerts.restarted,
        ),
    ]
