"""The panels of Redis."""

from __future__ import annotations

from giggamon_compiler.library.redis.rules import Alerts
from giggamon_compiler.model.metric import Signal
from giggamon_compiler.model.panel import Query, TimeSeries
from giggamon_compiler.model.rule import Alert


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """What shows how the servers of a job are, by instance."""
    of = f'{{job="{job}"}}'
    return [*_traffic(of, alerts), *_speed(of, alerts), *_room(of, alerts), *_replicas(of, alerts)]


def _panel(
    title: str,
    key: str,
    unit: str,
    description: str,
    expr: str,
    *,
    legend: str = "{{instance}}",
    threshold: Alert | None = None,
    signal: Signal | None = "saturation",
) -> TimeSeries:
    return TimeSeries(
        title,
        [Query(expr, legend=legend)],
        key=key,
        unit=unit,
        description=description,
        min=0,
        threshold=threshold,
        signal=signal,
    )


def _traffic(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        _panel(
            "Commands",
            "commands",
            "ops",
            "Commands a second. A sudden fall means that clients cannot, or have nothing to do.",
            f"sum without (cmd) (rate(redis_commands_total{of}[$__rate_interval]))",
            signal="requests",
        ),
        _panel(
            "Commands by name",
            "commands-by-name",
            "ops",
            "Which commands they are: the ten most frequent.",
            f"topk(10, sum by (cmd) (rate(redis_commands_total{of}[$__rate_interval])))",
            legend="{{cmd}}",
            signal="requests",
        ),
        _panel(
            "Connections refused",
            "connections-refused",
            "short",
            "Connections refused within 5 minutes, because maxclients were connected.",
            f"increase(redis_rejected_connections_total{of}[5m])",
            threshold=alerts.refused,
            signal="errors",
        ),
        _panel(
            "Error replies",
            "error-replies",
            "ops",
            "Commands a second that were answered by an error, such as OOM or MISCONF.",
            f"rate(redis_total_error_replies{of}[$__rate_interval])",
            signal="errors",
        ),
    ]


def _speed(of: str, alerts: Alerts) -> list[TimeSeries]:
    hits = f"rate(redis_keyspace_hits_total{of}[10m])"
    misses = f"rate(redis_keyspace_misses_total{of}[10m])"
    return [
        _panel(
            "Time of a command",
            "command-time",
            "s",
            "How long a command takes on average inside of Redis. All clients wait for each.",
            f"sum without (cmd) (rate(redis_commands_duration_seconds_total{of}[5m]))"
            f" / sum without (cmd) (rate(redis_commands_total{of}[5m]))",
            threshold=alerts.slow,
            signal="duration",
        ),
        _panel(
            "Look-ups that find their key",
            "hit-ratio",
            "percentunit",
            "The share of look-ups that Redis answers; the others go on to the database.",
            f"{hits} / ({hits} + {misses})",
            threshold=alerts.hit_ratio,
            signal=None,
        ),
    ]


def _room(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        _panel(
            "Memory in use",
            "memory",
            "percentunit",
            "The share of maxmemory that is taken. No line where none is set.",
            f"redis_memory_used_bytes{of} / (redis_memory_max_bytes{of} > 0)",
            threshold=alerts.memory,
        ),
        TimeSeries(
            "Memory",
            [
                Query(f"redis_memory_used_bytes{of}", legend="{{instance}} data"),
                Query(f"redis_memory_used_rss_bytes{of}", legend="{{instance}} of the process"),
            ],
            key="memory-bytes",
            unit="bytes",
            description="What the data take, and what the process takes of the machine. A growing "
            "gap is fragmentation.",
            min=0,
            signal="saturation",
        ),
        _panel(
            "Keys dropped to make room",
            "evictions",
            "ops",
            "Keys that Redis drops each second, because maxmemory is reached.",
            f"rate(redis_evicted_keys_total{of}[5m])",
            threshold=alerts.evictions,
        ),
        _panel(
            "Keys",
            "keys",
            "short",
            "How many keys there are, over all databases. A sudden fall is a loss.",
            f"sum without (db) (redis_db_keys{of})",
            signal=None,
        ),
        _panel(
            "Clients connected",
            "clients",
            "percentunit",
            "The share of maxclients that is connected. At 100 % Redis refuses.",
            f"redis_connected_clients{of} / redis_config_maxclients{of}",
            threshold=alerts.clients,
        ),
        _panel(
            "Clients that wait",
            "blocked-clients",
            "short",
            "Clients in a blocking command: workers that wait for work. None may mean that all "
            "are busy, or gone.",
            f"redis_blocked_clients{of}",
        ),
    ]


def _replicas(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        _panel(
            "Replicas behind",
            "replicas-behind",
            "s",
            "How long the primary has not heard from a replica.",
            f"redis_connected_slave_lag_seconds{of}",
            legend="{{slave_ip}} behind {{instance}}",
            threshold=alerts.replica_lags,
        ),
        _panel(
            "Changes not saved",
            "changes-not-saved",
            "short",
            "Changes since the last snapshot: what a crash would lose without the log of writes.",
            f"redis_rdb_changes_since_last_save{of}",
        ),
        _panel(
            "Time since the start",
            "uptime",
            "s",
            "A fall to 0 is a restart.",
            f"redis_uptime_in_seconds{of}",
            threshold=alerts.restarted,
            signal=None,
        ),
    ]
