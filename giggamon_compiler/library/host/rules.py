"""The alerts of hosts, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.limits import Amount, Positive, Seconds, Share, ShareLeft, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much, or too little. Without a default is what depends on the house.

    cpu_busy: the share of a host's processor time that may be in use for half an hour
    load_per_core: tasks that run, or want to, per core
    memory_available: the share of memory that must be left
    swap_pages: pages a second that may be read back from swap
    disk_free: the share of a filesystem that must be left
    disk_growth_free: the share below which it counts that a filesystem will be full in a day
    disk_busy: the share of the time that a disk may be busy for half an hour
    inodes_free: the share of a filesystem's inodes that must be left
    network_errors: the share of an interface's packets that may be damaged; a sound one has none
    network_packets: packets a second from which on that share says something
    listen_overflows: connections a minute that full queues may refuse; more than a start's
    table_used: the share of a kernel table, of open files or connections, that may be in use
    clock_offset: seconds that a clock may be wrong, before signed requests and locks suffer
    clock_error: seconds that the kernel believes it may be wrong; 16 is its "not synchronised"
    young: seconds after a boot for which it is told
    """

    cpu_busy: Share
    load_per_core: Positive
    memory_available: ShareLeft
    swap_pages: Amount
    disk_free: ShareLeft
    disk_growth_free: ShareLeft
    disk_busy: Share
    inodes_free: ShareLeft = 0.05
    network_errors: Share = 0.01
    network_packets: Amount = 10
    listen_overflows: Amount = 5
    table_used: Share = 0.8
    clock_offset: Seconds = 0.05
    clock_error: Seconds = 16
    young: Seconds = 600


class Alerts(NamedTuple):
    """The alerts of a job of hosts."""

    down: Alert
    rebooted: Alert
    collector: Alert
    cpu: Alert
    load: Alert
    memory: Alert
    swap: Alert
    oom_kill: Alert
    disk_full: Alert
    disk_fills_up: Alert
    inodes: Alert
    read_only: Alert
    disk_busy: Alert
    receive_errors: Alert
    transmit_errors: Alert
    listen_overflows: Alert
    conntrack: Alert
    open_files: Alert
    clock_skewed: Alert
    clock_unsynchronised: Alert


def alerts(
    job: str, limits: Limits, *, critical: Severity, warning: Severity, info: Severity
) -> Alerts:
    """The alerts for the hosts that a job scrapes through node_exporter."""
    here = f'job="{job}"'
    of = f"{{{here}}}"
    return Alerts(
        **_of_life(of, limits, critical, warning, info),
        **_of_processors(here, of, limits, warning),
        **_of_memory(of, limits, warning),
        **_of_filesystems(of, limits, critical, warning),
        **_of_disks(of, limits, warning),
        **_of_network(of, limits, warning),
        **_of_kernel(of, limits, warning),
        **_of_clock(of, limits, warning),
    )


def _of_life(
    of: str, limits: Limits, critical: Severity, warning: Severity, info: Severity
) -> dict[str, Alert]:
    return {
        "down": Alert(
            "HostDown",
            expr=f"up{of} == 0 or absent(up{of})",
            for_="2m",
            severity=critical,
            summary="{{ with $labels.instance }}{{ . }} does not answer{{ else }}No host is "
            "known{{ end }}",
            description="Prometheus gets no answer from node_exporter: the host is down, cut off, "
            "or its exporter is.",
        ),
        "rebooted": Alert(
            "HostRebooted",
            expr=f"time() - node_boot_time_seconds{of} < {number(limits.young)}",
            severity=info,
            summary="{{ $labels.instance }} has been rebooted",
            description="It booted {{ $value | humanizeDuration }} ago.",
        ),
        "collector": Alert(
            "HostCollectorFails",
            expr=f"node_scrape_collector_success{of} == 0",
            for_="15m",
            severity=warning,
            summary="A part of {{ $labels.instance }} is not seen",
            description="The collector {{ $labels.collector }} of node_exporter fails, so alerts "
            "on its figures cannot fire.",
        ),
    }


def _of_processors(here: str, of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    idle = f'node_cpu_seconds_total{{{here},mode="idle"}}'
    return {
        "cpu": Alert(
            "HostCPUBusy",
            expr=f"1 - avg without (cpu, mode) (rate({idle}[5m])) > {number(limits.cpu_busy)}",
            for_="30m",
            severity=warning,
            summary="The processors of {{ $labels.instance }} are busy",
            description="{{ $value | humanizePercentage }} of their time has been in use for half "
            "an hour.",
        ),
        "load": Alert(
            "HostLoadHigh",
            expr=f"node_load15{of} / count without (cpu, mode) ({idle})"
            f" > {number(limits.load_per_core)}",
            for_="15m",
            severity=warning,
            summary="More wants to run on {{ $labels.instance }} than can",
            description="{{ $value | humanize }} tasks for each core run, or wait for a core or a "
            "disk.",
        ),
    }


def _of_memory(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "memory": Alert(
            "HostMemoryLow",
            expr=f"node_memory_MemAvailable_bytes{of} / node_memory_MemTotal_bytes{of}"
            f" < {number(limits.memory_available)}",
            for_="10m",
            severity=warning,
            summary="{{ $labels.instance }} runs out of memory",
            description="{{ $value | humanizePercentage }} of the memory is available.",
        ),
        "swap": Alert(
            "HostSwapsIn",
            expr=f"rate(node_vmstat_pswpin{of}[5m]) > {number(limits.swap_pages)}",
            for_="15m",
            severity=warning,
            summary="{{ $labels.instance }} works from swap",
            description="{{ $value | humanize }} pages a second are read back from swap, and "
            "whoever needs them waits for the disk.",
        ),
        "oom_kill": Alert(
            "HostOOMKill",
            expr=f"increase(node_vmstat_oom_kill{of}[10m]) > 0",
            severity=warning,
            summary="The kernel of {{ $labels.instance }} ended a process for its memory",
            description="It did so {{ $value | humanize }} times in 10 minutes.",
        ),
    }


def _of_filesystems(
    of: str, limits: Limits, critical: Severity, warning: Severity
) -> dict[str, Alert]:
    left = f"node_filesystem_avail_bytes{of} / node_filesystem_size_bytes{of}"
    writable = f"node_filesystem_readonly{of} == 0"
    return {
        "disk_full": Alert(
            "HostDiskAlmostFull",
            expr=f"{left} < {number(limits.disk_free)} and {writable}",
            for_="5m",
            severity=critical,
            summary="{{ $labels.mountpoint }} on {{ $labels.instance }} is almost full",
            description="{{ $value | humanizePercentage }} of {{ $labels.device }} is left.",
        ),
        "disk_fills_up": Alert(
            "HostDiskFillsUp",
            expr=f"predict_linear(node_filesystem_avail_bytes{of}[6h], 86400) < 0"
            f" and {left} < {number(limits.disk_growth_free)} and {writable}",
            for_="1h",
            severity=warning,
            summary="{{ $labels.mountpoint }} on {{ $labels.instance }} will be full in a day",
            description="At the pace of the last 6 hours, {{ $labels.device }} lacks "
            "{{ $value | humanize1024 }}B in 24 hours (what is below zero is missing).",
        ),
        "inodes": Alert(
            "HostInodesLow",
            expr=f"node_filesystem_files_free{of} / node_filesystem_files{of}"
            f" < {number(limits.inodes_free)} and {writable}",
            for_="5m",
            severity=warning,
            summary="{{ $labels.mountpoint }} on {{ $labels.instance }} runs out of inodes",
            description="{{ $value | humanizePercentage }} of the inodes are left: no new files "
            "soon, whatever space there is.",
        ),
        "read_only": Alert(
            "HostFilesystemReadOnly",
            expr=f"node_filesystem_readonly{of} == 1",
            for_="2m",
            severity=critical,
            summary="{{ $labels.mountpoint }} on {{ $labels.instance }} cannot be written to",
            description="{{ $labels.device }} is mounted read-only, which the kernel does when a "
            "disk fails.",
        ),
    }


def _of_disks(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "disk_busy": Alert(
            "HostDiskBusy",
            expr=f"rate(node_disk_io_time_seconds_total{of}[5m]) > {number(limits.disk_busy)}",
            for_="30m",
            severity=warning,
            summary="The disk {{ $labels.device }} of {{ $labels.instance }} is busy",
            description="It has been at work {{ $value | humanizePercentage }} of the time.",
        ),
    }


def _of_network(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    def damaged(name: str, direction: str, verb: str) -> Alert:
        packets = f"rate(node_network_{direction}_packets_total{of}[5m])"
        return Alert(
            name,
            expr=f"rate(node_network_{direction}_errs_total{of}[5m]) / {packets}"
            f" > {number(limits.network_errors)}"
            f" and {packets} > {number(limits.network_packets)}",
            for_="10m",
            severity=warning,
            summary=f"{{{{ $labels.instance }}}} {verb} damaged packets",
            description="{{ $value | humanizePercentage }} of the packets of "
            "{{ $labels.device }} are counted as errors.",
        )

    return {
        "receive_errors": damaged("HostReceiveErrors", "receive", "receives"),
        "transmit_errors": damaged("HostTransmitErrors", "transmit", "sends"),
        "listen_overflows": Alert(
            "HostListenQueueOverflows",
            expr=f"rate(node_netstat_TcpExt_ListenOverflows{of}[5m]) * 60"
            f" > {number(limits.listen_overflows)}",
            for_="10m",
            severity=warning,
            summary="{{ $labels.instance }} turns connections away",
            description="{{ $value | humanize }} connections a minute found the queue of a "
            "listening program full.",
        ),
    }


def _of_kernel(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "conntrack": Alert(
            "HostConntrackNearLimit",
            expr=f"node_nf_conntrack_entries{of} / node_nf_conntrack_entries_limit{of}"
            f" > {number(limits.table_used)}",
            for_="5m",
            severity=warning,
            summary="{{ $labels.instance }} runs out of room for connections",
            description="{{ $value | humanizePercentage }} of the connection table is in use; "
            "when it is full, packets are dropped.",
        ),
        "open_files": Alert(
            "HostOpenFilesNearLimit",
            expr=f"node_filefd_allocated{of} / node_filefd_maximum{of}"
            f" > {number(limits.table_used)}",
            for_="5m",
            severity=warning,
            summary="{{ $labels.instance }} runs out of open files",
            description="{{ $value | humanizePercentage }} of the files that the kernel lets be "
            "open are.",
        ),
    }


def _of_clock(of: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "clock_skewed": Alert(
            "HostClockSkewed",
            expr=f"abs(node_timex_offset_seconds{of}) > {number(limits.clock_offset)}",
            for_="10m",
            severity=warning,
            summary="The clock of {{ $labels.instance }} is wrong",
            description="It is {{ $value | humanizeDuration }} off.",
        ),
        "clock_unsynchronised": Alert(
            "HostClockUnsynchronised",
            expr=f"node_timex_maxerror_seconds{of} >= {number(limits.clock_error)}"
            f" and node_timex_sync_status{of} == 0",
            for_="10m",
            severity=warning,
            summary="Nothing sets the clock of {{ $labels.instance }}",
            description="It may be wrong by up to {{ $value | humanizeDuration }}.",
        ),
    }
