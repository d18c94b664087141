"""The incidents that the alerts of Elasticsearch are for, replayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from giggamon_compiler.library import shapes
from giggamon_compiler.library.elasticsearch.rules import Alerts, Limits
from giggamon_compiler.library.faults import OTHER_JOB, Figure, constant, counted, held
from giggamon_compiler.library.notation import at, counter, gauge, minutes, series
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

# A cluster, or a node of one cluster, for each target of a replay.
_CLUSTER = {"cluster": "{target}"}
_NODE = {"cluster": "logs", "name": "{target}"}

_DISK = 1000.0
_HEAP = 1000.0


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        **_answering(job, alerts),
        **_cluster(job, limits, alerts),
        **_nodes(job, limits, alerts),
        **_work(job, limits, alerts),
    }


def _answering(job: str, alerts: Alerts) -> dict[str, AlertTest]:
    wait = minutes(alerts.exporter_down.for_)
    return {
        "exporter_down": held(
            alerts.exporter_down, job, [Figure(metric="up", well=1, short=1, bad=0)]
        ),
        "exporter_gone": AlertTest(
            alerts.exporter_down,
            series={series("up", OTHER_JOB, "c"): gauge((1, wait + 5))},
            quiet=[at(wait - 1)],
            fires={at(wait): [{"job": job}]},
        ),
        "unreachable": held(
            alerts.unreachable,
            job,
            [Figure(metric="elasticsearch_cluster_health_up", well=1, short=1, bad=0)],
        ),
    }


def _cluster(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    def figure(alert: Alert, metric: str, well: float, short: float, bad: float) -> AlertTest:
        name = f"elasticsearch_cluster_health_{metric}"
        return held(
            alert, job, [Figure(metric=name, well=well, short=short, bad=bad, labels=_CLUSTER)]
        )

    waiting = limits.task_seconds * 1000
    return {
        "red": _coloured(job, alerts.red, "red", "yellow"),
        "yellow": _coloured(job, alerts.yellow, "yellow", "green"),
        "nodes_missing": figure(
            alerts.nodes_missing,
            "number_of_nodes",
            limits.nodes,
            limits.nodes,
            limits.nodes - 1,
        ),
        "shards_unassigned": figure(alerts.shards_unassigned, "unassigned_shards", 0, 0, 1),
        "tasks_waiting": figure(
            alerts.tasks_waiting,
            "task_max_waiting_in_queue_millis",
            0,
            waiting,
            waiting + 1,
        ),
    }


def _coloured(job: str, alert: Alert, colour: str, better: str) -> AlertTest:
    """A cluster is of one colour at a time: that of b keeps a better one."""

    def status(which: str, well: float, bad: float) -> Figure:
        labels = {**_CLUSTER, "color": which}
        metric = "elasticsearch_cluster_health_status"
        return Figure(metric=metric, well=well, short=well, bad=bad, labels=labels)

    return held(alert, job, [status(colour, 0, 1), status(better, 1, 0)])


def _nodes(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    return {
        "disk_low": _disk(job, limits.disk_free, alerts.disk_low),
        "disk_nearly_full": _disk(job, limits.disk_free_last, alerts.disk_nearly_full),
        "memory_pressure": held(
            alerts.memory_pressure,
            job,
            [
                Figure(
                    metric="elasticsearch_jvm_memory_pool_used_bytes",
                    well=_HEAP / 10,
                    short=limits.old_generation * _HEAP - 1,
                    bad=limits.old_generation * _HEAP + 1,
                    labels={**_NODE, "pool": "old"},
                ),
                constant(
                    "elasticsearch_jvm_memory_pool_max_bytes", _HEAP, {**_NODE, "pool": "old"}
                ),
                constant(
                    "elasticsearch_jvm_memory_pool_used_bytes", _HEAP, {**_NODE, "pool": "survivor"}
                ),
                constant(
                    "elasticsearch_jvm_memory_pool_max_bytes", _HEAP, {**_NODE, "pool": "survivor"}
                ),
            ],
            expected=_NODE,
            by_instance=False,
        ),
    }


def _disk(job: str, free: float, alert: Alert) -> AlertTest:
    """Of a node's two disks one is too full, the other one empty."""

    def of_disk(path: str) -> Mapping[str, str]:
        return {**_NODE, "mount": path, "path": path}

    return held(
        alert,
        job,
        [
            Figure(
                metric="elasticsearch_filesystem_data_available_bytes",
                well=_DISK / 2,
                short=free * _DISK + 1,
                bad=free * _DISK - 1,
                labels=of_disk("/data-1"),
            ),
            constant("elasticsearch_filesystem_data_size_bytes", _DISK, of_disk("/data-1")),
            constant("elasticsearch_filesystem_data_available_bytes", _DISK, of_disk("/data-2")),
            constant("elasticsearch_filesystem_data_size_bytes", _DISK, of_disk("/data-2")),
        ],
        expected=_NODE,
        by_instance=False,
    )


def _work(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    return {
        "breakers_tripping": counted(
            alerts.breakers_tripping,
            "elasticsearch_breakers_tripped",
            job,
            window="5m",
            labels={**_NODE, "breaker": "parent"},
            by_instance=False,
        ),
        "writes_rejected": _rejected(job, alerts, "write"),
        "searches_rejected": _rejected(job, alerts, "search"),
        "indexing_stopped": held(
            alerts.indexing_stopped,
            job,
            [
                Figure(
                    metric="elasticsearch_indices_indexing_index_total",
                    well=limits.documents * 120,
                    short=limits.documents * 60 * 1.01,
                    bad=limits.documents * 60 * 0.99,
                    labels={**_CLUSTER, "name": "logs-1"},
                    counts=True,
                )
            ],
            window="10m",
            expected=_CLUSTER,
            by_instance=False,
        ),
        **_searches_slow(job, limits, alerts),
    }


def _rejected(job: str, alerts: Alerts, kind: str) -> AlertTest:
    """Of the kind of work that somebody waits for; what is managed inside is tried again."""
    metric = "elasticsearch_thread_pool_rejected_count"
    test = counted(
        alerts.work_rejected,
        metric,
        job,
        window="5m",
        labels={**_NODE, "type": kind},
        by_instance=False,
    )
    inner = {"cluster": "logs", "name": "b", "type": "management"}
    more = {series(metric, job, "b", inner): counter((1, 60))}
    return replace(test, series={**test.series, **more})


def _searches_slow(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A cluster that is hardly asked at all is slow, too: that is no incident."""

    def of(owner: str, metric: str) -> str:
        name = f"elasticsearch_indices_search_query_{metric}"
        return series(name, owner, "a", {"cluster": "a", "name": "logs-1"})

    tests = shapes.share(
        alerts.searches_slow,
        part=of(job, "time_seconds"),
        whole=of(job, "total"),
        limit=limits.search_seconds,
        least=limits.searches * 60,
        window=5,
        others=[of(OTHER_JOB, metric) for metric in ("time_seconds", "total")],
        labels={"job": job, "cluster": "a"},
    )
    return {
        **{f"searches_slow_{name}": test for name, test in tests.items()},
        "searches_slow_once_asked": _slow_once_asked(job, limits, alerts),
    }


def _slow_once_asked(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """A cluster is slow all the time, and asked enough only from some minute on. Another one gets
    more and more searches, and is as slow as it may be.
    """
    asked = limits.searches * 60
    more = [asked * 2 * 1.05**minute for minute in range(60)]

    def figure(metric: str, often: float) -> Figure:
        return Figure(
            metric=f"elasticsearch_indices_search_query_{metric}",
            well=asked / 10 * often,
            short=asked * 0.99 * often,
            bad=asked * 1.01 * often,
            labels={**_CLUSTER, "name": "logs-1"},
            counts=True,
        )

    spent, queries = figure("time_seconds", limits.search_seconds * 2), figure("total", 1)
    test = held(
        alerts.searches_slow,
        job,
        [spent, queries],
        window="5m",
        expected=_CLUSTER,
        by_instance=False,
    )
    busy = {
        it.series(job, "e"): counter(*[(each * share, 1) for each in more])
        for it, share in ((spent, limits.search_seconds * 0.98), (queries, 1.0))
    }
    return replace(test, series={**test.series, **busy})
