"""Systems: which of the hosts is not well, and how. The board of hosts shows one of them alone."""

from definitions.services import hosts
from giggamon_compiler import Dashboard, Query, Row, block, panel

_DISK = '{job="node",fstype!~"tmpfs|ramfs"}'

overview = Dashboard(
    "systems",
    title="Systems",
    description="Every host in a line; the board of hosts leads on from here.",
    rows=[
        *block.alerts('service="hosts"', by=["instance"]),
        Row(
            "Hosts",
            [
                panel.Table(
                    "Hosts",
                    [
                        Query(
                            "1 - avg by (instance) (rate(node_cpu_seconds_total"
                            '{job="node",mode="idle"}[5m]))',
                            legend="Processors in use",
                            unit="percentunit",
                        ),
                        Query(
                            'sum by (instance) (node_load15{job="node"}) / count by (instance) '
                            '(node_cpu_seconds_total{job="node",mode="idle"})',
                            legend="Load per core",
                            unit="short",
                        ),
                        Query(
                            'sum by (instance) (node_memory_MemAvailable_bytes{job="node"}) / '
                            'sum by (instance) (node_memory_MemTotal_bytes{job="node"})',
                            legend="Memory available",
                            unit="percentunit",
                        ),
                        Query(
                            f"min by (instance) (node_filesystem_avail_bytes{_DISK} / "
                            f"node_filesystem_size_bytes{_DISK})",
                            legend="Fullest disk, left",
                            unit="percentunit",
                        ),
                        Query(
                            "max by (instance) (rate(node_disk_io_time_seconds_total"
                            '{job="node"}[5m]))',
                            legend="Busiest disk",
                            unit="percentunit",
                        ),
                        Query(
                            'time() - max by (instance) (node_boot_time_seconds{job="node"})',
                            legend="Since the boot",
                            unit="s",
                        ),
                    ],
                    key="hosts",
                    unit="percentunit",
                    columns={"instance": "Host"},
                    description="The host with the busiest processors first. A full disk stops a "
                    "host at once, a busy one makes it slow.",
                ),
            ],
        ),
        *block.pick(
            "Processors and memory",
            hosts.panels,
            "cpu-busy",
            "load",
            "pressure",
            "memory",
            "swap",
            "oom-kills",
            prefix="hosts",
        ),
        *block.pick(
            "Disks",
            hosts.panels,
            "disk-space",
            "inodes",
            "disk-busy",
            "disk-latency",
            prefix="hosts",
        ),
        *block.pick(
            "Network",
            hosts.panels,
            "traffic",
            "receive-errors",
            "transmit-errors",
            "listen-overflows",
            "conntrack",
            prefix="hosts",
        ),
    ],
)
