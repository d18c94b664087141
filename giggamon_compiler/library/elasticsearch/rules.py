"""The alerts of Elasticsearch, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.limits import (
    Amount,
    Number,
    Positive,
    Seconds,
    Share,
    ShareLeft,
    judged,
)
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity

NODE = "job, cluster, name"
CLUSTER = "job, cluster"


@judged
class Limits:
    """What is too much or too little. Without a default is what depends on the house.

    nodes: how many nodes the cluster has
    documents: documents a second that come in at the quietest hour; fewer mean that what ships
        logs has stopped
    search_seconds: how long a query of a shard may take on average
    searches: queries a second below which their time says nothing
    disk_free: the share of a disk below which Elasticsearch puts no more shards there: its low
        watermark is 85 % in use
    disk_free_last: its high watermark, 90 % in use: it moves shards away. At 95 %, the flood stage,
        it refuses all writes
    old_generation: the share of the heap's old generation that Elasticsearch's documentation calls
        high memory pressure
    task_seconds: how long a task of the master may wait: what waits for it gives up after 30 s
    """

    nodes: Number
    documents: Positive
    search_seconds: Seconds
    searches: Amount = 0.1
    disk_free: ShareLeft = 0.15
    disk_free_last: ShareLeft = 0.1
    old_generation: Share = 0.85
    task_seconds: Seconds = 30


class Alerts(NamedTuple):
    """The alerts of a cluster."""

    exporter_down: Alert
    unreachable: Alert
    red: Alert
    yellow: Alert
    nodes_missing: Alert
    shards_unassigned: Alert
    tasks_waiting: Alert
    disk_low: Alert
    disk_nearly_full: Alert
    memory_pressure: Alert
    breakers_tripping: Alert
    work_rejected: Alert
    indexing_stopped: Alert
    searches_slow: Alert


def alerts(job: str, limits: Limits, *, critical: Severity, warning: Severity) -> Alerts:
    """The alerts for the cluster that the job's exporter asks."""
    return Alerts(
        **_answering(job, critical, warning),
        **_cluster(job, limits, critical, warning),
        **_nodes(job, limits, critical, warning),
        **_work(job, limits, warning),
    )


def _answering(job: str, critical: Severity, warning: Severity) -> dict[str, Alert]:
    return {
        "exporter_down": Alert(
            "ElasticsearchExporterDown",
            expr=f'up{{job="{job}"}} == 0 or absent(up{{job="{job}"}})',
            for_="5m",
            severity=warning,
            summary="Nothing is known of Elasticsearch",
            description="Its exporter has not answered for five minutes.",
        ),
        "unreachable": Alert(
            "ElasticsearchUnreachable",
            expr=f'elasticsearch_cluster_health_up{{job="{job}"}} == 0',
            for_="2m",
            severity=critical,
            summary="Elasticsearch does not say how it is",
            description="The exporter {{ $labels.instance }} has asked in vain for two minutes. "
            "Logs can most likely be neither kept nor read.",
        ),
    }


def _cluster(job: str, limits: Limits, critical: Severity, warning: Severity) -> dict[str, Alert]:
    def coloured(name: str, colour: str, severity: Severity, for_: str, text: str) -> Alert:
        return Alert(
            name,
            expr=f'elasticsearch_cluster_health_status{{job="{job}",color="{colour}"}} == 1',
            for_=for_,
            severity=severity,
            summary=f"Elasticsearch {{{{ $labels.cluster }}}} is {colour}",
            description=text,
        )

    return {
        "red": coloured(
            "ElasticsearchRed",
            "red",
            critical,
            "2m",
            "At least one primary shard of {{ $labels.cluster }} is nowhere: its logs can be "
            "neither read nor written.",
        ),
        "yellow": coloured(
            "ElasticsearchYellow",
            "yellow",
            warning,
            "30m",
            "Copies of shards of {{ $labels.cluster }} have been missing for half an hour; one "
            "more node lost, and data is.",
        ),
        "nodes_missing": Alert(
            "ElasticsearchNodesMissing",
            expr=f'elasticsearch_cluster_health_number_of_nodes{{job="{job}"}} < {limits.nodes}',
            for_="5m",
            severity=warning,
            summary="Nodes of Elasticsearch {{ $labels.cluster }} are missing",
            description=f"{{{{ $value }}}} of {limits.nodes} nodes are in the cluster.",
        ),
        "shards_unassigned": Alert(
            "ElasticsearchShardsUnassigned",
            expr=f'elasticsearch_cluster_health_unassigned_shards{{job="{job}"}} > 0',
            for_="2h",
            severity=warning,
            summary="Shards of Elasticsearch {{ $labels.cluster }} find no node",
            description="{{ $value }} shards have had no node for two hours; it does not pass by "
            "itself.",
        ),
        "tasks_waiting": Alert(
            "ElasticsearchTasksWaiting",
            expr="elasticsearch_cluster_health_task_max_waiting_in_queue_millis"
            f'{{job="{job}"}} / 1000 > {number(limits.task_seconds)}',
            for_="5m",
            severity=warning,
            summary="The master of Elasticsearch {{ $labels.cluster }} cannot keep up",
            description="A task has waited for {{ $value | humanizeDuration }}; new indices and "
            "mappings fail meanwhile.",
        ),
    }


def _nodes(job: str, limits: Limits, critical: Severity, warning: Severity) -> dict[str, Alert]:
    def disk(name: str, free: float, severity: Severity, summary: str, text: str) -> Alert:
        return Alert(
            name,
            expr=f"min by ({NODE}) ("
            f'elasticsearch_filesystem_data_available_bytes{{job="{job}"}}'
            f' / elasticsearch_filesystem_data_size_bytes{{job="{job}"}}) < {number(free)}',
            for_="5m",
            severity=severity,
            summary=summary,
            description=f"{{{{ $value | humanizePercentage }}}} of a disk of {{{{ $labels.name }}}}"
            f" is free; {text}",
        )

    return {
        "disk_low": disk(
            "ElasticsearchDiskLow",
            limits.disk_free,
            warning,
            "A disk of Elasticsearch takes no more shards",
            "new copies of shards are put elsewhere, or nowhere.",
        ),
        "disk_nearly_full": disk(
            "ElasticsearchDiskNearlyFull",
            limits.disk_free_last,
            critical,
            "A disk of Elasticsearch is nearly full",
            "at 5 % all indices on it refuse writes, and logs are lost.",
        ),
        "memory_pressure": Alert(
            "ElasticsearchMemoryPressure",
            expr=f"max by ({NODE}) ("
            f'elasticsearch_jvm_memory_pool_used_bytes{{job="{job}",pool="old"}}'
            f' / elasticsearch_jvm_memory_pool_max_bytes{{job="{job}",pool="old"}})'
            f" > {number(limits.old_generation)}",
            for_="15m",
            severity=warning,
            summary="Elasticsearch has too little heap",
            description="{{ $value | humanizePercentage }} of the old generation of "
            "{{ $labels.name }} is in use; it collects garbage instead of working.",
        ),
    }


def _work(job: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    indexed = f'elasticsearch_indices_indexing_index_total{{job="{job}"}}'
    queries = (
        f'sum by ({CLUSTER}) (rate(elasticsearch_indices_search_query_total{{job="{job}"}}[5m]))'
    )
    spent = (
        f"sum by ({CLUSTER}) "
        f'(rate(elasticsearch_indices_search_query_time_seconds{{job="{job}"}}[5m]))'
    )
    return {
        "breakers_tripping": Alert(
            "ElasticsearchBreakersTripping",
            expr=f"sum by ({NODE}, breaker) "
            f'(increase(elasticsearch_breakers_tripped{{job="{job}"}}[5m])) > 0',
            for_="7m",
            severity=warning,
            summary="Elasticsearch refuses requests to save its memory",
            description="The breaker {{ $labels.breaker }} of {{ $labels.name }} stopped "
            "{{ $value | humanize }} requests within five minutes.",
        ),
        "work_rejected": Alert(
            "ElasticsearchWorkRejected",
            expr=f"sum by ({NODE}, type) (increase(elasticsearch_thread_pool_rejected_count"
            f'{{job="{job}",type=~"search|write"}}[5m])) > 0',
            for_="7m",
            severity=warning,
            summary="Elasticsearch has more work than it can queue",
            description="{{ $labels.name }} rejected {{ $value | humanize }} requests of the kind "
            "{{ $labels.type }} within five minutes.",
        ),
        "indexing_stopped": Alert(
            "ElasticsearchIndexingStopped",
            expr=f"sum by ({CLUSTER}) (rate({indexed}[10m])) < {number(limits.documents)}",
            for_="5m",
            severity=warning,
            summary="No logs come in",
            description="{{ $value | humanize }} documents a second come into "
            "{{ $labels.cluster }}. Filebeat, Logstash or the way between them stands still.",
        ),
        "searches_slow": Alert(
            "ElasticsearchSearchesSlow",
            expr=f"{spent} / {queries} > {number(limits.search_seconds)}"
            f" and {queries} > {number(limits.searches)}",
            for_="10m",
            severity=warning,
            summary="Searching the logs is slow",
            description="A query of a shard of {{ $labels.cluster }} takes "
            "{{ $value | humanizeDuration }} on average.",
        ),
    }
