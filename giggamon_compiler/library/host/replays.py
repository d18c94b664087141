"""The incidents that the alerts of hosts are for, replayed.

Instance a has the fault, b is just short of it, and a host of another job has it, too, but is none
of ours.
"""

from __future__ import annotations

from giggamon_compiler.library.host.filling import filling, nearly_full
from giggamon_compiler.library.host.rules import Alerts, Limits
from giggamon_compiler.library.notation import counter
from giggamon_compiler.library.replay import (
    OVER,
    SHORT,
    Replay,
    Samples,
    never_scraped,
    rate,
    share,
    unreachable,
)
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

_BOOT = "node_boot_time_seconds"
_KILLED = "node_vmstat_oom_kill"
_IDLE = 'node_cpu_seconds_total{{cpu="{}",mode="idle"}}'
_USER = 'node_cpu_seconds_total{{cpu="{}",mode="user"}}'
_DISK = {"device": "/dev/vda", "fstype": "ext4", "mountpoint": "/"}
_WRITABLE = 'node_filesystem_readonly{device="/dev/vda",fstype="ext4",mountpoint="/"}'

_ALL = 1000  # the size of what shares are taken of


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """The replays for each alert: what makes it fire, and what must not."""
    return {
        "down": unreachable(alerts.down, job),
        "never_scraped": never_scraped(alerts.down, job),
        "rebooted": _rebooted(job, limits, alerts),
        "collector": _collector(job, alerts),
        "cpu": _cpu(job, limits, alerts),
        "load": _load(job, limits, alerts),
        "memory": _memory(job, limits, alerts),
        "swap": rate(
            Replay(alerts.swap, job, window=5), "node_vmstat_pswpin", 60 * limits.swap_pages
        ),
        "oom_kill": _oom_kill(job, alerts),
        "disk_full": _left(
            Replay(alerts.disk_full, job), "avail_bytes", "size_bytes", limits.disk_free
        ),
        "disk_fills_up": filling(job, limits, alerts),
        "disk_nearly_full": nearly_full(job, limits, alerts),
        "inodes": _left(Replay(alerts.inodes, job), "files_free", "files", limits.inodes_free),
        "read_only": _read_only(job, alerts),
        "disk_busy": _disk_busy(job, limits, alerts),
        "receive_errors": _damaged(job, limits, alerts.receive_errors, "receive"),
        "transmit_errors": _damaged(job, limits, alerts.transmit_errors, "transmit"),
        "listen_overflows": rate(
            Replay(alerts.listen_overflows, job, window=5),
            "node_netstat_TcpExt_ListenOverflows",
            limits.listen_overflows,
        ),
        "conntrack": _table(
            Replay(alerts.conntrack, job),
            "node_nf_conntrack_entries",
            "node_nf_conntrack_entries_limit",
            limits.table_used,
        ),
        "open_files": _table(
            Replay(alerts.open_files, job),
            "node_filefd_allocated",
            "node_filefd_maximum",
            limits.table_used,
        ),
        "clock_skewed": _clock_skewed(job, limits, alerts),
        "clock_unsynchronised": _clock_unsynchronised(job, limits, alerts),
    }


def _rebooted(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.rebooted, job)
    now = 60 * it.begins
    ours = {
        "a": {_BOOT: it.turn(-86400, now - SHORT * limits.young)},
        "b": {_BOOT: it.turn(-86400, now - limits.young)},
    }
    return it.test(ours, {_BOOT: it.steady(now)}, ["a"], until=it.begins)


def _collector(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.collector, job)
    works = 'node_scrape_collector_success{collector="netdev"}'
    ours = {"a": {works: it.turn(1, 0)}, "b": {works: it.steady(1)}}
    return it.test(ours, {works: it.steady(0)}, {"a": {"collector": "netdev"}})


def _cpu(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.cpu, job, window=5)

    def host(busy: float) -> Samples:
        # One core is busier than the other by half of what is left.
        more = (1 - busy) / 2
        return {
            _IDLE.format(0): it.growth(60, 60 * (1 - busy - more)),
            _USER.format(0): it.growth(0, 60 * (busy + more)),
            _IDLE.format(1): it.growth(60, 60 * (1 - busy + more)),
            _USER.format(1): it.growth(0, 60 * (busy - more)),
        }

    ours = {"a": host(_just_over(limits.cpu_busy)), "b": host(SHORT * limits.cpu_busy)}
    return it.test(ours, host(1), ["a"])


def _load(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.load, job)

    def host(load: float) -> Samples:
        return {
            "node_load15": it.turn(0, load),
            _IDLE.format(0): it.growth(60, 0),
            _IDLE.format(1): it.growth(60, 0),
            _USER.format(0): it.growth(0, 60),
        }

    limit = 2 * limits.load_per_core
    return it.test({"a": host(limit + 0.1), "b": host(limit)}, host(2 * limit), ["a"])


def _memory(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.memory, job)

    def host(available: float) -> Samples:
        return {
            "node_memory_MemAvailable_bytes": it.turn(_ALL, available),
            "node_memory_MemTotal_bytes": it.steady(_ALL),
        }

    limit = _ALL * limits.memory_available
    return it.test({"a": host(limit - 1), "b": host(limit)}, host(0), ["a"])


def _oom_kill(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.oom_kill, job)
    once = counter((0, it.begins - 1), (1, 1), (0, it.end))
    ours = {"a": {_KILLED: once}, "b": {_KILLED: it.steady(1)}}
    return it.test(
        ours, {_KILLED: it.growth(1, 1)}, ["a"], until=it.begins + 7, gone=it.begins + 12
    )


def _left(it: Replay, free: str, size: str, limit: float) -> AlertTest:
    """A filesystem of which too small a share is left."""
    labels = _WRITABLE.removeprefix("node_filesystem_readonly")

    def host(left: float, read_only: float = 0) -> Samples:
        return {
            f"node_filesystem_{free}{labels}": it.turn(_ALL, left),
            f"node_filesystem_{size}{labels}": it.steady(_ALL),
            _WRITABLE: it.steady(read_only),
        }

    least = _ALL * limit
    ours = {"a": host(least - 1), "b": host(least), "read_only": host(least - 1, read_only=1)}
    return it.test(ours, host(0), {"a": _DISK})


def _read_only(job: str, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.read_only, job)
    ours = {"a": {_WRITABLE: it.turn(0, 1)}, "b": {_WRITABLE: it.steady(0)}}
    return it.test(ours, {_WRITABLE: it.steady(1)}, {"a": _DISK})


def _disk_busy(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.disk_busy, job, window=5)
    busy = 'node_disk_io_time_seconds_total{device="vda"}'
    ours = {
        "a": {busy: it.growth(0, 60 * _just_over(limits.disk_busy))},
        "b": {busy: it.growth(0, 60 * SHORT * limits.disk_busy)},
    }
    return it.test(ours, {busy: it.growth(0, 60)}, {"a": {"device": "vda"}})


def _damaged(job: str, limits: Limits, alert: Alert, direction: str) -> AlertTest:
    it = Replay(alert, job, window=5)
    errors = f'node_network_{direction}_errs_total{{device="eth0"}}'
    packets = f'node_network_{direction}_packets_total{{device="eth0"}}'
    least = 60 * limits.network_packets
    return share(it, errors, packets, limits.network_errors, least, {"device": "eth0"})


def _just_over(limit: float) -> float:
    """A share beyond a limit that is no more than the whole."""
    return min(OVER * limit, (1 + limit) / 2)


def _table(it: Replay, used: str, size: str, limit: float) -> AlertTest:
    def host(entries: float) -> Samples:
        return {used: it.turn(0, entries), size: it.steady(_ALL)}

    most = _ALL * limit
    return it.test({"a": host(most + 1), "b": host(most)}, host(_ALL), ["a"])


def _clock_skewed(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.clock_skewed, job)
    offset, limit = "node_timex_offset_seconds", limits.clock_offset
    ours = {
        "a": {offset: it.turn(0, limit * 1.01)},
        "runs_late": {offset: it.turn(0, -limit * 1.01)},
        "b": {offset: it.turn(0, limit)},
    }
    return it.test(ours, {offset: it.steady(2 * limit)}, ["a", "runs_late"])


def _clock_unsynchronised(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    it = Replay(alerts.clock_unsynchronised, job)

    def host(error: float, synchronised: float = 0) -> Samples:
        return {
            "node_timex_maxerror_seconds": it.turn(0, error),
            "node_timex_sync_status": it.steady(synchronised),
        }

    limit = limits.clock_error
    ours = {"a": host(limit), "b": host(SHORT * limit), "synchronised": host(limit, 1)}
    return it.test(ours, host(limit), ["a"])
