"""The incidents that the alerts of Redis are for, replayed.

Instance a has the fault, b is just short of it, and a server of another job has it, too, but is
none of ours.
"""

from __future__ import annotations

from giggamon_compiler.library.notation import counter
from giggamon_compiler.library.redis.rules import Alerts, Limits
from giggamon_compiler.library.replay import (
    OVER,
    SHORT,
    Replay,
    Samples,
    level,
    never_scraped,
    rate,
    share,
    unreachable,
)
from giggamon_compiler.model.case import AlertTest

_ALL = 1000  # what shares are taken of

_UPTIME = "redis_uptime_in_seconds"
_SNAPSHOT = "redis_rdb_last_bgsave_status"
_LOG = "redis_aof_last_write_status"
_LINK = 'redis_master_link_up{master_host="db"}'
_LAG = 'redis_connected_slave_lag_seconds{slave_ip="10.0.0.7"}'
_SECONDS = 'redis_commands_duration_seconds_total{cmd="get"}'
_COMMANDS = 'redis_commands_total{cmd="get"}'
_HITS = "redis_keyspace_hits_total"
_MISSES = "redis_keyspace_misses_total"


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """The replays for each alert: what makes it fire, and what must not."""
    return {
        "down": _down(job, alerts),
        "exporter_down": unreachable(alerts.exporter_down, job),
        "never_scraped": never_scraped(alerts.exporter_down, job),
        "refused": rate(
            Replay(alerts.refused, job, window=5),
            "redis_rejected_connections_total",
            limits.refused / 5,
        ),
        "clients": _clients(job, limits, alerts),
        "writes_refused": _writes_refused(job, alerts),
        "keys_lost": _keys_lost(job, limits, alerts),
        "memory": _memory(job, limits, alerts),
        "evictions": rate(
            Replay(alerts.evictions, job, window=5),
            "redis_evicted_keys_total",
            60 * limits.evictions_per_second,
        ),
        "replica_disconnected": _replica_disconnected(job, alerts),
        "replica_lags": _replica_lags(job, limits, alerts),
        "slow": _slow(job, limits, alerts),
        "hit_ratio": _hit_ratio(job, limits, alerts),
        "restarted": _restarted(job, limits, alerts),
    }


def _down(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.down, job)
    ours = {"a": {"redis_up": it.turn(1, 0)}, "b": {"redis_up": it.steady(1)}}
    return it.test(ours, {"redis_up": it.steady(0)}, ["a"])


def _clients(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.clients, job)

    def server(clients: float) -> Samples:
        return {
            "redis_connected_clients": it.turn(1, clients),
            "redis_config_maxclients": it.steady(_ALL),
        }

    limit = _ALL * limits.clients_used
    return it.test({"a": server(limit + 1), "b": server(limit)}, server(_ALL), ["a"])


def _writes_refused(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.writes_refused, job)
    fails, works = it.turn(1, 0), it.steady(1)
    ours = {
        "a": {_SNAPSHOT: fails, _LOG: works},
        "b": {_SNAPSHOT: works, _LOG: works},
        "log_fails": {_SNAPSHOT: works, _LOG: fails},
        "both_fail": {_SNAPSHOT: fails, _LOG: fails},
    }
    others = {_SNAPSHOT: it.steady(0), _LOG: it.steady(0)}
    return it.test(ours, others, ["a", "log_fails", "both_fail"])


def _keys_lost(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.keys_lost, job, begins=20, lasts=15)
    start = _ALL * limits.keys

    def server(left: float, had: float = start) -> Samples:
        # Two databases, one of which loses all that is lost.
        lost = min(had / 2, had * (1 - left))
        return {
            'redis_db_keys{db="db0"}': it.turn(had / 2, had / 2 - lost),
            'redis_db_keys{db="db1"}': it.turn(had / 2, had * left - had / 2 + lost),
        }

    limit = 1 - limits.keys_lost
    ours = {
        "a": server(SHORT * limit),
        "b": server(limit),
        "small": server(SHORT * limit, had=SHORT * limits.keys),
        "barely_large": server(SHORT * limit, had=OVER * limits.keys),
    }
    return it.test(ours, server(0), ["a", "barely_large"], until=it.begins + 9, gone=it.end)


def _memory(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.memory, job)

    def server(used: float, most: float = _ALL) -> Samples:
        return {
            "redis_memory_used_bytes": it.turn(0, used),
            "redis_memory_max_bytes": it.steady(most),
        }

    limit = _ALL * limits.memory_used
    ours = {
        "a": server(limit + 1),
        "b": server(limit),
        "without_limit": server(limit + 1, most=0),
        "tiny": server(1, most=1),  # a byte is a limit, too
    }
    return it.test(ours, server(_ALL), ["a", "tiny"])


def _replica_disconnected(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.replica_disconnected, job)
    ours = {"a": {_LINK: it.turn(1, 0)}, "b": {_LINK: it.steady(1)}}
    return it.test(ours, {_LINK: it.steady(0)}, {"a": {"master_host": "db"}})


def _replica_lags(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.replica_lags, job)
    return level(it, _LAG, limits.replica_lag, labels={"slave_ip": "10.0.0.7"})


def _slow(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.slow, job, window=5)
    return share(it, _SECONDS, _COMMANDS, limits.command_seconds, 60 * limits.commands)


def _hit_ratio(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.hit_ratio, job, window=10)
    least, missed = 60 * limits.lookups, 1 - limits.hit_ratio

    def server(hits: float, lookups: float = OVER * least, before: float = 1) -> Samples:
        return {
            _HITS: it.growth(before * lookups, hits * lookups),
            _MISSES: it.growth(0, (1 - hits) * lookups),
        }

    low, lower = 1 - OVER * missed, 1 - 1.3 * missed
    some = 1.1 * least
    # While the alert waits, a pause that half of the window would take for another share.
    until = it.window + (it.fires - it.begins - it.window) // 2
    ours = {
        "a": server(low),
        "b": server(1 - SHORT * missed),
        "idle": server(low, lookups=SHORT * least),
        "was_idle": server(low, lookups=some, before=0),
        "was_idle_and_misses": server(limits.hit_ratio / 4, lookups=some, before=0),
        "hits_pause": {
            _HITS: counter(
                (2 * least, it.begins), (low * 2 * least, until), (0, 1), (low * 2 * least, it.end)
            ),
            _MISSES: it.growth(0, (1 - low) * 2 * least),
        },
        "misses_pause": {
            _HITS: it.growth(6 * least, lower * 2 * least),
            _MISSES: counter(
                *((0, it.begins), ((1 - lower) * 2 * least, until)),
                *((0, 2), ((1 - lower) * 2 * least, it.end)),
            ),
        },
    }
    return it.test(ours, server(0), [name for name in ours if name not in ("b", "idle")])


def _restarted(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.restarted, job)
    ours = {
        "a": {_UPTIME: it.turn(86400, limits.young - 1)},
        "b": {_UPTIME: it.turn(86400, limits.young)},
    }
    return it.test(ours, {_UPTIME: it.steady(0)}, ["a"])
