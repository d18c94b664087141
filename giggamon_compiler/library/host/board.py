"""The panels of hosts."""

from __future__ import annotations

from giggamon_compiler.library.host.rules import Alerts
from giggamon_compiler.model.metric import Signal
from giggamon_compiler.model.panel import Query, TimeSeries
from giggamon_compiler.model.rule import Alert


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """What shows how the hosts of a job are, by instance."""
    here = f'job="{job}"'
    of = f"{{{here}}}"
    return [
        *_processors(here, of, alerts),
        *_memory(of, alerts),
        *_disks(of, alerts),
        *_network(of, alerts),
        *_rest(of, alerts),
    ]


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


def _processors(here: str, of: str, alerts: Alerts) -> list[TimeSeries]:
    idle = f'node_cpu_seconds_total{{{here},mode="idle"}}'
    return [
        _panel(
            "Processors in use",
            "cpu-busy",
            "percentunit",
            "The share of processor time that is not idle, over all cores of a host.",
            f"1 - avg without (cpu, mode) (rate({idle}[5m]))",
            threshold=alerts.cpu,
        ),
        _panel(
            "Load per core",
            "load",
            "short",
            "Tasks that run, or wait for a core or a disk, per core, over 15 minutes.",
            f"node_load15{of} / count without (cpu, mode) ({idle})",
            threshold=alerts.load,
        ),
        TimeSeries(
            "Pressure",
            [
                Query(
                    f"rate(node_pressure_{what}_waiting_seconds_total{of}[$__rate_interval])",
                    legend=f"{{{{instance}}}} {name}",
                )
                for what, name in (("cpu", "processors"), ("io", "disks"), ("memory", "memory"))
            ],
            key="pressure",
            unit="percentunit",
            description="The share of the time in which some task had to wait for it.",
            min=0,
            signal="saturation",
        ),
    ]


def _memory(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        _panel(
            "Memory available",
            "memory",
            "percentunit",
            "The share of memory that programs could still take without swapping.",
            f"node_memory_MemAvailable_bytes{of} / node_memory_MemTotal_bytes{of}",
            threshold=alerts.memory,
        ),
        _panel(
            "Pages read from swap",
            "swap",
            "ops",
            "Pages a second that had been written to swap and were needed again.",
            f"rate(node_vmstat_pswpin{of}[5m])",
            threshold=alerts.swap,
        ),
        _panel(
            "Processes ended for memory",
            "oom-kills",
            "short",
            "How many processes the kernel ended within 10 minutes, because memory was gone.",
            f"increase(node_vmstat_oom_kill{of}[10m])",
            threshold=alerts.oom_kill,
            signal="errors",
        ),
    ]


def _disks(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        _panel(
            "Disk space left",
            "disk-space",
            "percentunit",
            "The share of each filesystem that is left for programs without root's reserve.",
            f"node_filesystem_avail_bytes{of} / node_filesystem_size_bytes{of}",
            legend="{{instance}} {{mountpoint}}",
            threshold=alerts.disk_full,
        ),
        _panel(
            "Inodes left",
            "inodes",
            "percentunit",
            "The share of each filesystem's inodes that is left: one is needed for each file.",
            f"node_filesystem_files_free{of} / node_filesystem_files{of}",
            legend="{{instance}} {{mountpoint}}",
            threshold=alerts.inodes,
        ),
        _panel(
            "Disks at work",
            "disk-busy",
            "percentunit",
            "The share of the time in which a disk had something to do.",
            f"rate(node_disk_io_time_seconds_total{of}[5m])",
            legend="{{instance}} {{device}}",
            threshold=alerts.disk_busy,
        ),
        TimeSeries(
            "Time of a disk access",
            [
                Query(
                    f"rate(node_disk_read_time_seconds_total{of}[5m])"
                    f" / rate(node_disk_reads_completed_total{of}[5m])",
                    legend="{{instance}} {{device}} reads",
                ),
                Query(
                    f"rate(node_disk_write_time_seconds_total{of}[5m])"
                    f" / rate(node_disk_writes_completed_total{of}[5m])",
                    legend="{{instance}} {{device}} writes",
                ),
            ],
            key="disk-latency",
            unit="s",
            description="How long a read or write took on average, its wait included. No line "
            "where there was none.",
            min=0,
            signal="duration",
        ),
    ]


def _network(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Traffic",
            [
                Query(
                    f"rate(node_network_{direction}_bytes_total{of}[$__rate_interval])",
                    legend=f"{{{{instance}}}} {{{{device}}}} {word}",
                )
                for direction, word in (("receive", "in"), ("transmit", "out"))
            ],
            key="traffic",
            unit="Bps",
            description="Bytes a second that an interface receives and sends.",
            min=0,
            signal="requests",
        ),
        *(
            _panel(
                f"Damaged packets {word}",
                f"{direction}-errors",
                "percentunit",
                f"The share of the packets {word} that an interface counts as errors.",
                f"rate(node_network_{direction}_errs_total{of}[5m])"
                f" / rate(node_network_{direction}_packets_total{of}[5m])",
                legend="{{instance}} {{device}}",
                threshold=threshold,
                signal="errors",
            )
            for direction, word, threshold in (
                ("receive", "received", alerts.receive_errors),
                ("transmit", "sent", alerts.transmit_errors),
            )
        ),
        _panel(
            "Connections turned away",
            "listen-overflows",
            "cpm",
            "Connections a minute that found the queue of a listening program full.",
            f"rate(node_netstat_TcpExt_ListenOverflows{of}[5m]) * 60",
            threshold=alerts.listen_overflows,
            signal="errors",
        ),
    ]


def _rest(of: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        _panel(
            "Connection table in use",
            "conntrack",
            "percentunit",
            "The share of the kernel's table of connections. When it is full, packets are dropped.",
            f"node_nf_conntrack_entries{of} / node_nf_conntrack_entries_limit{of}",
            threshold=alerts.conntrack,
        ),
        _panel(
            "Open files in use",
            "open-files",
            "percentunit",
            "The share of the files that the kernel lets be open.",
            f"node_filefd_allocated{of} / node_filefd_maximum{of}",
            threshold=alerts.open_files,
        ),
        _panel(
            "Clock offset",
            "clock",
            "s",
            "How far the clock is from the time that it is set by.",
            f"abs(node_timex_offset_seconds{of})",
            threshold=alerts.clock_skewed,
            signal=None,
        ),
        _panel(
            "Time since the boot",
            "uptime",
            "s",
            "A fall to 0 is a reboot.",
            f"time() - node_boot_time_seconds{of}",
            threshold=alerts.rebooted,
            signal=None,
        ),
    ]
