"""The alerts of Redis, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.limits import Amount, Count, Seconds, Share, ShareLeft, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much, or too little. Without a default is what depends on the house.

    memory_used: the share of `maxmemory` that may be taken; nothing fires where none is set
    clients_used: the share of `maxclients` that may be taken
    evictions_per_second: keys that may be dropped to make room
    replica_lag: seconds that a replica may be behind
    command_seconds: how long a command may take on average, without its way over the network
    hit_ratio: the share of look-ups that have to find their key
    keys_lost: the share of all keys that may vanish within ten minutes
    keys: how many keys there must have been for that to say something
    commands: commands a second from which on their average says something
    lookups: look-ups a second from which on the share of hits says something
    refused: connections refused in 5 minutes beyond which it is no single slip
    young: seconds after a start for which it is told
    """

    memory_used: Share
    clients_used: Share
    evictions_per_second: Amount
    replica_lag: Seconds
    command_seconds: Seconds
    hit_ratio: ShareLeft
    keys_lost: Share = 0.5
    keys: Count = 100
    commands: Amount = 10
    lookups: Amount = 10
    refused: Count = 5
    young: Seconds = 600


class Alerts(NamedTuple):
    """The alerts of a Redis job."""

    down: Alert
    exporter_down: Alert
    refused: Alert
    writes_refused: Alert
    keys_lost: Alert
    memory: Alert
    evictions: Alert
    clients: Alert
    replica_disconnected: Alert
    replica_lags: Alert
    slow: Alert
    hit_ratio: Alert
    restarted: Alert


def alerts(
    job: str, limits: Limits, *, critical: Severity, warning: Severity, info: Severity
) -> Alerts:
    """The alerts for the servers that a job scrapes through redis_exporter."""
    of = f'{{job="{job}"}}'
    return Alerts(
        **_of_service(of, limits, critical, warning),
        **_of_memory(of, limits, critical, warning),
        **_of_replication(of, limits, warning),
        **_of_speed(of, limits, warning, info),
    )


def _of_service(of: str, limits: Limits, critical: Severity, warning: Severity) -> dict[str, Alert]:
    return {
        "down": Alert(
            "RedisDown",
            expr=f"redis_up{of} == 0",
            for_="1m",
            severity=critical,
            summary="Redis does not answer on {{ $labels.instance }}",
            description="The exporter is alive, and has had no answer from Redis for a minute.",
        ),
        "exporter_down": Alert(
            "RedisExporterDown",
            expr=f"up{of} == 0 or absent(up{of})",
            for_="5m",
            severity=warning,
            summary="Nobody sees how Redis is",
            description="No answer from the exporter of {{ $labels.job }}"
            "{{ with $labels.instance }} at {{ . }}{{ end }}, so none of its alerts can fire.",
        ),
        "refused": Alert(
            "RedisConnectionsRefused",
            expr=f"increase(redis_rejected_connections_total{of}[5m]) > {number(limits.refused)}",
            for_="2m",
            severity=critical,
            summary="Redis refuses connections on {{ $labels.instance }}",
            description="{{ $value | humanize }} connections were refused in 5 minutes, because "
            "maxclients were connected.",
        ),
        "clients": Alert(
            "RedisClientsNearLimit",
            expr=f"redis_connected_clients{of} / redis_config_maxclients{of}"
            f" > {number(limits.clients_used)}",
            for_="5m",
            severity=warning,
            summary="Redis runs out of connections on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of maxclients are connected.",
        ),
    }


def _of_memory(of: str, limits: Limits, critical: Severity, warning: Severity) -> dict[str, Alert]:
    keys = f"sum without (db) (redis_db_keys{of})"
    before = f"sum without (db) (redis_db_keys{of} offset 10m)"
    return {
        "writes_refused": Alert(
            "RedisCannotSave",
            expr=f"redis_rdb_last_bgsave_status{of} == 0 or redis_aof_last_write_status{of} == 0",
            for_="2m",
            severity=critical,
            summary="Redis cannot write to its disk on {{ $labels.instance }}",
            description="The last attempt to save failed. By default Redis takes no writes until "
            "one succeeds, and a restart loses what came since.",
        ),
        "keys_lost": Alert(
            "RedisKeysLost",
            expr=f"{keys} / {before} < {number(1 - limits.keys_lost)}"
            f" and {before} > {number(limits.keys)}",
            for_="1m",
            severity=warning,
            summary="Redis has lost keys on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of the keys of ten minutes ago are "
            "left.",
        ),
        "memory": Alert(
            "RedisMemoryNearLimit",
            expr=f"redis_memory_used_bytes{of} / (redis_memory_max_bytes{of} > 0)"
            f" > {number(limits.memory_used)}",
            for_="5m",
            severity=warning,
            summary="Redis runs out of memory on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of maxmemory are in use. Beyond it, "
            "keys are dropped or writes fail, as maxmemory-policy says.",
        ),
        "evictions": Alert(
            "RedisEvictsKeys",
            expr=f"rate(redis_evicted_keys_total{of}[5m]) > {number(limits.evictions_per_second)}",
            for_="5m",
            severity=warning,
            summary="Redis drops keys to make room on {{ $labels.instance }}",
            description="{{ $value | humanize }} keys are dropped each second.",
        ),
    }


def _of_replication(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "replica_disconnected": Alert(
            "RedisReplicaDisconnected",
            expr=f"redis_master_link_up{of} == 0",
            for_="5m",
            severity=warning,
            summary="Redis replicates no more on {{ $labels.instance }}",
            description="The replica has lost {{ $labels.master_host }}: what it answers grows "
            "older, and nothing can take over.",
        ),
        "replica_lags": Alert(
            "RedisReplicaLags",
            expr=f"redis_connected_slave_lag_seconds{of} > {number(limits.replica_lag)}",
            for_="5m",
            severity=warning,
            summary="A replica of Redis is behind on {{ $labels.slave_ip }}",
            description="{{ $labels.instance }} has not heard from it for "
            "{{ $value | humanizeDuration }}.",
        ),
    }


def _of_speed(of: str, limits: Limits, warning: Severity, info: Severity) -> dict[str, Alert]:
    commands = f"sum without (cmd) (rate(redis_commands_total{of}[5m]))"
    seconds = f"sum without (cmd) (rate(redis_commands_duration_seconds_total{of}[5m]))"
    hits = f"rate(redis_keyspace_hits_total{of}[10m])"
    misses = f"rate(redis_keyspace_misses_total{of}[10m])"
    return {
        "slow": Alert(
            "RedisSlow",
            expr=f"{seconds} / {commands} > {number(limits.command_seconds)}"
            f" and {commands} > {number(limits.commands)}",
            for_="10m",
            severity=warning,
            summary="Redis is slow on {{ $labels.instance }}",
            description="A command takes {{ $value | humanizeDuration }} on average, and every "
            "client waits for it.",
        ),
        "hit_ratio": Alert(
            "RedisHitRatioLow",
            expr=f"{hits} / ({hits} + {misses}) < {number(limits.hit_ratio)}"
            f" and {hits} + {misses} > {number(limits.lookups)}",
            for_="30m",
            severity=info,
            summary="Redis rarely has what is asked for on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of the look-ups find their key; the "
            "others go on to the database.",
        ),
        "restarted": Alert(
            "RedisRestarted",
            expr=f"redis_uptime_in_seconds{of} < {number(limits.young)}",
            severity=info,
            summary="Redis has started anew on {{ $labels.instance }}",
            description="It started {{ $value | humanizeDuration }} ago.",
        ),
    }
