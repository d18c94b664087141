"""Capacity: what fills up, how fast, and when it will be full at this pace."""

from dataclasses import replace

from definitions.services import (
    backend_api,
    customers,
    elasticsearch,
    frontend,
    hosts,
    mysql,
    prometheus,
    redis,
    rentals,
)
from giggamon_compiler import Dashboard, Query, Row, block, panel

_DISK = '{job="node",fstype!~"tmpfs|ramfs"}'
_HTTP = {
    "backend-api": backend_api.http_panels,
    "frontend": frontend.http_panels,
    "rentals": rentals.http_panels,
    "customers": customers.http_panels,
}

overview = Dashboard(
    "capacity",
    title="Capacity",
    description="Look here before a season, not during an incident.",
    rows=[
        Row(
            "Disks",
            [
                panel.Table(
                    "When disks are full",
                    [
                        Query(
                            f"min by (instance, mountpoint) (node_filesystem_avail_bytes{_DISK} / "
                            f"-(deriv(node_filesystem_avail_bytes{_DISK}[1d]) < 0))",
                            legend="Full in",
                        )
                    ],
                    key="disks-full",
                    unit="s",
                    columns={"instance": "Host", "mountpoint": "Disk"},
                    description="At the pace of the last day. A disk that does not shrink has no "
                    "line.",
                ),
                panel.TimeSeries(
                    "Disk space left in a week",
                    [
                        Query(
                            f"predict_linear(node_filesystem_avail_bytes{_DISK}[1d], 7 * 86400) / "
                            f"node_filesystem_size_bytes{_DISK}",
                            legend="{{instance}} {{mountpoint}}",
                        )
                    ],
                    key="disks-week",
                    unit="percentunit",
                    description="At the pace of the last day. Below 0 the disk is full before.",
                ),
            ],
        ),
        *block.pick("Hosts", hosts.panels, "cpu-busy", "memory", prefix="hosts"),
        Row(
            "Workers",
            [
                replace(it, key=f"{name}-{it.key}", title=f"{name}: workers that are busy")
                for name, panels in _HTTP.items()
                for it in panels
                if it.key == "workers-busy"
            ],
        ),
        *block.pick("MySQL", mysql.panels, "connections-used", "threads-running", prefix="mysql"),
        *block.pick("Redis", redis.panels, "memory", "clients", "evictions", prefix="redis"),
        *block.pick(
            "Logs", elasticsearch.panels, "elasticsearch-disk", "elasticsearch-heap", prefix="logs"
        ),
        *block.pick(
            "Metrics", prometheus.panels, "prometheus-series", "prometheus-blocks", prefix="metrics"
        ),
    ],
)
