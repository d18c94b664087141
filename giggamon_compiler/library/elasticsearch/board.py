"""The panels of Elasticsearch."""

from __future__ import annotations

from giggamon_compiler.library.elasticsearch.rules import Alerts
from giggamon_compiler.model.panel import Query, State, StateTimeline, TimeSeries


def panels(job: str, alerts: Alerts) -> list[TimeSeries | StateTimeline]:
    """What shows how the cluster of a job is, by cluster and by node."""
    mine = f'job="{job}"'
    return [_health(mine), *_work(mine, alerts), *_failures(mine, alerts), *_room(mine, alerts)]


def _health(mine: str) -> StateTimeline:
    """The colour as one number: a cluster is of one at a time."""
    status = "elasticsearch_cluster_health_status"
    return StateTimeline(
        "Colour of the cluster",
        [
            Query(
                f'sum by (cluster) ({status}{{{mine},color="yellow"}})'
                f' + 2 * sum by (cluster) ({status}{{{mine},color="red"}})',
                legend="{{cluster}}",
            )
        ],
        key="elasticsearch-health",
        unit="none",
        description="Yellow: copies of shards are missing. Red: shards are missing.",
        states=[
            State(0, "green", color="green"),
            State(1, "yellow", color="yellow"),
            State(2, "red", color="red"),
        ],
        signal="errors",
    )


def _rate(metric: str, mine: str, by: str) -> str:
    return f"sum by ({by}) (rate({metric}{{{mine}}}[$__rate_interval]))"


def _work(mine: str, alerts: Alerts) -> list[TimeSeries]:
    indexing, search = "elasticsearch_indices_indexing_index", "elasticsearch_indices_search_query"
    return [
        TimeSeries(
            "Documents that come in",
            [Query(_rate(f"{indexing}_total", mine, "cluster"), legend="{{cluster}}")],
            key="elasticsearch-indexing",
            unit="wps",
            description="Logs that Filebeat and Logstash bring. Nothing: the way stands still.",
            threshold=alerts.indexing_stopped,
            signal="requests",
        ),
        TimeSeries(
            "Queries",
            [Query(_rate(f"{search}_total", mine, "cluster"), legend="{{cluster}}")],
            key="elasticsearch-queries",
            unit="reqps",
            description="One search asks each shard of its indices once.",
            signal="requests",
        ),
        TimeSeries(
            "Time of a query",
            [
                Query(
                    f"{_rate(f'{search}_time_seconds', mine, 'job, cluster')}"
                    f" / {_rate(f'{search}_total', mine, 'job, cluster')}",
                    legend="{{cluster}}",
                )
            ],
            key="elasticsearch-query-time",
            unit="s",
            description="What one shard takes, on average.",
            threshold=alerts.searches_slow,
            signal="duration",
        ),
        TimeSeries(
            "Time to index a document",
            [
                Query(
                    f"{_rate(f'{indexing}_time_seconds_total', mine, 'cluster')}"
                    f" / {_rate(f'{indexing}_total', mine, 'cluster')}",
                    legend="{{cluster}}",
                )
            ],
            key="elasticsearch-index-time",
            unit="s",
            description="What one document takes, on average.",
            signal="duration",
        ),
    ]


def _failures(mine: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Work that is rejected",
            [
                Query(
                    "sum by (name, type) (rate(elasticsearch_thread_pool_rejected_count"
                    f'{{{mine},type=~"search|write"}}[$__rate_interval]))',
                    legend="{{name}}: {{type}}",
                )
            ],
            key="elasticsearch-rejected",
            unit="ops",
            description="There was more than fits the queue. Who wrote tries again; who searched "
            "sees an error.",
            threshold=alerts.work_rejected,
            signal="errors",
        ),
        TimeSeries(
            "Requests that breakers stop",
            [
                Query(
                    _rate("elasticsearch_breakers_tripped", mine, "name, breaker"),
                    legend="{{name}}: {{breaker}}",
                )
            ],
            key="elasticsearch-breakers",
            unit="ops",
            description="Refused, so that the node does not run out of memory.",
            threshold=alerts.breakers_tripping,
            signal="errors",
        ),
        TimeSeries(
            "Shards without a node",
            [
                Query(
                    f"elasticsearch_cluster_health_unassigned_shards{{{mine}}}",
                    legend="{{cluster}}",
                )
            ],
            key="elasticsearch-unassigned",
            unit="short",
            description="Primary ones make the cluster red, copies yellow.",
            threshold=alerts.shards_unassigned,
            signal="errors",
        ),
    ]


def _room(mine: str, alerts: Alerts) -> list[TimeSeries]:
    pool = "elasticsearch_jvm_memory_pool"
    disk = "elasticsearch_filesystem_data"
    return [
        TimeSeries(
            "Nodes in the cluster",
            [
                Query(
                    f"elasticsearch_cluster_health_number_of_nodes{{{mine}}}", legend="{{cluster}}"
                )
            ],
            key="elasticsearch-nodes",
            unit="short",
            description="As many as there should be is the line.",
            threshold=alerts.nodes_missing,
            signal="saturation",
        ),
        TimeSeries(
            "Free room on disks",
            [
                Query(
                    f"min by (name) ({disk}_available_bytes{{{mine}}}"
                    f" / {disk}_size_bytes{{{mine}}})",
                    legend="{{name}}",
                )
            ],
            key="elasticsearch-disk",
            unit="percentunit",
            description="Below 15 % no new shards, below 10 % shards leave, below 5 % no writes.",
            threshold=alerts.disk_nearly_full,
            signal="saturation",
        ),
        TimeSeries(
            "Old generation of the heap in use",
            [
                Query(
                    f'max by (name) ({pool}_used_bytes{{{mine},pool="old"}}'
                    f' / {pool}_max_bytes{{{mine},pool="old"}})',
                    legend="{{name}}",
                )
            ],
            key="elasticsearch-heap",
            unit="percentunit",
            description="What stays high after each collection is really needed.",
            threshold=alerts.memory_pressure,
            signal="saturation",
        ),
        TimeSeries(
            "Tasks that wait for the master",
            [
                Query(
                    f"elasticsearch_cluster_health_number_of_pending_tasks{{{mine}}}",
                    legend="{{cluster}}",
                )
            ],
            key="elasticsearch-pending",
            unit="short",
            description="New indices, mappings and moves of shards are among them.",
            signal="saturation",
        ),
    ]
