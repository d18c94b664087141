"""The incidents that the alerts of MySQL are for, replayed.

Instance a has the fault, b is just short of it, and a server of another job has it, too, but is
none of ours.
"""

from __future__ import annotations

from giggamon_compiler.library.mysql.rules import Alerts, Limits
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

_MAX_CONNECTIONS = 1000  # of the servers in the replays

_UPTIME = "mysql_global_status_uptime"
_QUESTIONS = "mysql_global_status_questions"
_SLOW = "mysql_global_status_slow_queries"
_PAGE_READS = "mysql_global_status_innodb_buffer_pool_read_requests"
_DISK_READS = "mysql_global_status_innodb_buffer_pool_reads"
_IO_RUNS = 'mysql_slave_status_slave_io_running{master_host="db"}'
_SQL_RUNS = 'mysql_slave_status_slave_sql_running{master_host="db"}'
_BEHIND = 'mysql_slave_status_seconds_behind_master{master_host="db"}'
_DELAY = 'mysql_slave_status_sql_delay{master_host="db"}'


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """The replays for each alert: what makes it fire, and what must not."""
    return {
        "down": _down(job, alerts),
        "exporter_down": unreachable(alerts.exporter_down, job),
        "never_scraped": never_scraped(alerts.exporter_down, job),
        "refused": _refused(job, limits, alerts),
        "read_only": _read_only(job, alerts),
        "connections": _connections(job, limits, alerts),
        "aborted": _aborted(job, limits, alerts),
        "replication_stopped": _replication_stopped(job, alerts),
        "replica_lags": _replica_lags(job, limits, alerts),
        "slow_queries": _slow_queries(job, limits, alerts),
        "threads": _threads(job, limits, alerts),
        "deadlocks": _deadlocks(job, limits, alerts),
        "lock_waits": _lock_waits(job, limits, alerts),
        "buffer_pool": _buffer_pool(job, limits, alerts),
        "restarted": _restarted(job, limits, alerts),
    }


def _down(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.down, job)
    ours = {"a": {"mysql_up": it.turn(1, 0)}, "b": {"mysql_up": it.steady(1)}}
    return it.test(ours, {"mysql_up": it.steady(0)}, ["a"])


def _refused(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.refused, job, window=5)
    limit = limits.refused / it.window

    def server(refused: float, failed: float = 0) -> Samples:
        errors = "mysql_global_status_connection_errors_total"
        return {
            f'{errors}{{error="max_connections"}}': it.growth(0, refused),
            f'{errors}{{error="internal"}}': it.growth(0, failed),
        }

    ours = {
        "a": server(OVER * limit),
        "b": server(SHORT * limit),
        "fails_otherwise": server(0, failed=2 * limit),
    }
    return it.test(ours, server(2 * limit), {"a": {"error": "max_connections"}})


def _read_only(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.read_only, job)
    read_only = "mysql_global_variables_read_only"
    ours = {
        "a": {read_only: it.turn(0, 1)},
        "b": {read_only: it.steady(0)},
        "replica": {read_only: it.steady(1), _IO_RUNS: it.steady(1)},
        "c": {read_only: it.turn(0, 1)},  # the other job has a replica of this name
    }
    others = {read_only: it.steady(1), _IO_RUNS: it.steady(1)}
    return it.test(ours, others, ["a", "c"])


def _connections(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.connections, job)

    def server(connections: float) -> Samples:
        return {
            "mysql_global_variables_max_connections": it.steady(_MAX_CONNECTIONS),
            "mysql_global_status_threads_connected": it.turn(1, connections),
        }

    limit = limits.connections_used * _MAX_CONNECTIONS
    ours = {"a": server(limit + 1), "b": server(limit)}
    return it.test(ours, server(_MAX_CONNECTIONS), ["a"])


def _aborted(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.aborted, job, window=10)
    return rate(it, "mysql_global_status_aborted_connects", limits.aborted_per_minute)


def _replication_stopped(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.replication_stopped, job)
    stops, runs = it.turn(1, 0), it.steady(1)
    ours = {
        "a": {_IO_RUNS: stops, _SQL_RUNS: runs},
        "b": {_IO_RUNS: runs, _SQL_RUNS: runs},
        "breaks_on_a_statement": {_IO_RUNS: runs, _SQL_RUNS: stops},
        "stops_altogether": {_IO_RUNS: stops, _SQL_RUNS: stops},
    }
    master = {"master_host": "db"}
    stopped = {"a": master, "breaks_on_a_statement": master, "stops_altogether": master}
    return it.test(ours, {_IO_RUNS: it.steady(0), _SQL_RUNS: it.steady(0)}, stopped)


def _replica_lags(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.replica_lags, job)

    def replica(behind: float, delay: float = 0) -> Samples:
        return {_BEHIND: it.turn(0, behind), _DELAY: it.steady(delay)}

    limit = limits.replica_lag
    ours = {
        "a": replica(limit + 1),
        "b": replica(limit),
        "late_on_purpose": replica(limit + 3600, delay=3600),
    }
    return it.test(ours, replica(2 * limit), {"a": {"master_host": "db"}})


def _slow_queries(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.slow_queries, job, window=5)
    return share(it, _SLOW, _QUESTIONS, limits.slow_share, 60 * limits.busy)


def _threads(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.threads, job)
    return level(it, "mysql_global_status_threads_running", limits.threads_running)


def _deadlocks(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.deadlocks, job, window=15)
    return rate(it, "mysql_global_status_innodb_deadlocks", limits.deadlocks / it.window)


def _lock_waits(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.lock_waits, job)
    return level(it, "mysql_global_status_innodb_row_lock_current_waits", limits.lock_waits)


def _buffer_pool(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.buffer_pool, job, window=10)
    misses, reads = limits.buffer_pool_misses, 60 * limits.page_reads
    return share(it, _DISK_READS, _PAGE_READS, misses, reads)


def _restarted(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.restarted, job)
    ours = {
        "a": {_UPTIME: it.turn(86400, limits.young - 1)},
        "b": {_UPTIME: it.turn(86400, limits.young)},
    }
    return it.test(ours, {_UPTIME: it.steady(0)}, ["a"])
