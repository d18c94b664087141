"""The incidents that the alerts of Prometheus are for, replayed."""

from __future__ import annotations

from giggamon_compiler.library.faults import OTHER_JOB, Figure, constant, counted, held
from giggamon_compiler.library.notation import at, counter, gauge, minutes, series
from giggamon_compiler.library.prometheus.limits import Limits
from giggamon_compiler.library.prometheus.rules import Alerts
from giggamon_compiler.model.case import AlertTest

_ALERTMANAGER = {"alertmanager": "http://alertmanager-1:9093/api/v2/alerts"}
_GROUP = {"rule_group": "/etc/prometheus/rules/orders.yml;orders"}
_SENT = 10_000
_QUEUE = 10_000
_QUERIES = 20


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        **_loading(job, alerts),
        **_counters(job, alerts),
        **_notifying(job, limits, alerts),
        **_growing(job, limits, alerts),
    }


def _loading(job: str, alerts: Alerts) -> dict[str, AlertTest]:
    wait = minutes(alerts.unwatched.for_)
    return {
        "unwatched": AlertTest(
            alerts.unwatched,
            series={
                series("up", job, "a"): gauge((1, 10), (0, wait), (1, 5), (0, wait + 5)),
                series("up", OTHER_JOB, "c"): gauge((1, 2 * wait + 20)),
            },
            quiet=[at(10 + wait), at(14 + 2 * wait)],
            fires={at(15 + 2 * wait): [{}]},
        ),
        "reload_failed": held(
            alerts.reload_failed,
            job,
            [Figure(metric="prometheus_config_last_reload_successful", well=1, short=1, bad=0)],
            window="5m",
        ),
        "target_down": _target_down(alerts),
        "restarting": _restarting(job, alerts),
    }


def _target_down(alerts: Alerts) -> AlertTest:
    """Of any job: one target stays away, one comes back just in time."""
    wait = minutes(alerts.target_down.for_)
    return AlertTest(
        alerts.target_down,
        series={
            series("up", "orders", "a"): gauge((1, 10), (0, wait + 5)),
            series("up", "orders", "b"): gauge((1, 10), (0, wait), (1, 5)),
            series("up", OTHER_JOB, "c"): gauge((1, wait + 15)),
        },
        quiet=[at(9 + wait)],
        fires={at(10 + wait): [{"job": "orders", "instance": "a"}]},
    )


def _restarting(job: str, alerts: Alerts) -> AlertTest:
    """Three starts within half an hour, beside three within 40 minutes and two within an hour."""
    starts = "process_start_time_seconds"
    return AlertTest(
        alerts.restarting,
        series={
            series(starts, job, "a"): gauge((0, 70), (60, 10), (120, 10), (180, 40)),
            series(starts, job, "b"): gauge((0, 60), (60, 19), (120, 19), (180, 40)),
            series(starts, OTHER_JOB, "c"): gauge((0, 70), (60, 10), (120, 10), (180, 40)),
        },
        quiet=[at(89), at(101), at(110)],
        fires={at(91): [{"job": job, "instance": "a"}], at(98): [{"job": job, "instance": "a"}]},
    )


def _counters(job: str, alerts: Alerts) -> dict[str, AlertTest]:
    return {
        "rules_failing": counted(
            alerts.rules_failing,
            "prometheus_rule_evaluation_failures_total",
            job,
            window="5m",
            labels=_GROUP,
        ),
        "rules_too_slow": counted(
            alerts.rules_too_slow,
            "prometheus_rule_group_iterations_missed_total",
            job,
            window="5m",
            labels=_GROUP,
        ),
        "texts_failing": counted(
            alerts.texts_failing,
            "prometheus_template_text_expansion_failures_total",
            job,
            window="5m",
        ),
        "notifications_dropped": counted(
            alerts.notifications_dropped,
            "prometheus_notifications_dropped_total",
            job,
            window="5m",
        ),
        "targets_not_loaded": counted(
            alerts.targets_not_loaded,
            "prometheus_target_sync_failed_total",
            job,
            window="5m",
            labels={"scrape_job": "orders"},
        ),
        "scrape_over_limit": counted(
            alerts.scrape_over_limit,
            "prometheus_target_scrapes_exceeded_sample_limit_total",
            job,
            window="5m",
        ),
        "samples_out_of_order": counted(
            alerts.samples_out_of_order,
            "prometheus_target_scrapes_sample_out_of_order_total",
            job,
            window="5m",
        ),
        "samples_duplicate": counted(
            alerts.samples_duplicate,
            "prometheus_target_scrapes_sample_duplicate_timestamp_total",
            job,
            window="5m",
        ),
        "samples_out_of_bounds": counted(
            alerts.samples_out_of_bounds,
            "prometheus_target_scrapes_sample_out_of_bounds_total",
            job,
            window="5m",
        ),
        "wal_writes_failing": counted(
            alerts.wal_writes_failing,
            "prometheus_tsdb_wal_writes_failed_total",
            job,
            window="5m",
        ),
        "wal_corrupted": counted(
            alerts.wal_corrupted,
            "prometheus_tsdb_wal_corruptions_total",
            job,
            window="30m",
        ),
        "compactions_failing": counted(
            alerts.compactions_failing,
            "prometheus_tsdb_compactions_failed_total",
            job,
            window="30m",
        ),
        "checkpoints_failing": counted(
            alerts.checkpoints_failing,
            "prometheus_tsdb_checkpoint_creations_failed_total",
            job,
            window="6h",
        ),
    }


def _notifying(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    failing = limits.notifications_failing * _SENT
    taken = limits.queue_used * _QUEUE
    return {
        "notifications_failing": held(
            alerts.notifications_failing,
            job,
            [
                Figure(
                    metric="prometheus_notifications_errors_total",
                    well=0,
                    short=failing * 0.99,
                    bad=failing * 1.01,
                    labels=_ALERTMANAGER,
                    counts=True,
                ),
                Figure(
                    metric="prometheus_notifications_sent_total",
                    well=_SENT / 10,
                    short=_SENT,
                    bad=_SENT,
                    labels=_ALERTMANAGER,
                    counts=True,
                ),
            ],
            window="5m",
        ),
        "queue_filling": held(
            alerts.queue_filling,
            job,
            [
                Figure(
                    metric="prometheus_notifications_queue_length",
                    well=0,
                    short=taken,
                    bad=taken + 1,
                ),
                constant("prometheus_notifications_queue_capacity", _QUEUE),
            ],
            window="5m",
        ),
        "without_alertmanager": held(
            alerts.without_alertmanager,
            job,
            [
                Figure(
                    metric="prometheus_notifications_alertmanagers_discovered",
                    well=2,
                    short=1,
                    bad=0,
                )
            ],
            window="5m",
        ),
    }


def _growing(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    queries = limits.queries_used * _QUERIES
    return {
        "too_many_series": held(
            alerts.too_many_series,
            job,
            [
                Figure(
                    metric="prometheus_tsdb_head_series",
                    well=limits.series / 2,
                    short=limits.series,
                    bad=limits.series + 1,
                )
            ],
        ),
        "series_growing": _series_growing(job, limits, alerts),
        "volume_fills": _volume_fills(job, limits, alerts),
        "queries_piling_up": held(
            alerts.queries_piling_up,
            job,
            [
                Figure(
                    metric="prometheus_engine_queries",
                    well=0,
                    short=queries * 0.99,
                    bad=queries * 1.01,
                ),
                constant("prometheus_engine_queries_concurrent_max", _QUERIES),
            ],
            window="5m",
        ),
    }


def _series_growing(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """A day of 1,000 series, then as many more as are too many; after another day all is usual."""
    metric, usual = "prometheus_tsdb_head_series", 1000.0
    many = usual * limits.series_growth
    day, wait = 144, minutes(alerts.series_growing.for_) // 10
    shape = {
        (job, "a"): gauge((usual, day), (many * 1.01, 2 * day)),
        (job, "b"): gauge((usual, day), (many * 0.99, 2 * day)),
        (OTHER_JOB, "c"): gauge((usual, day), (many * 1.01, 2 * day)),
    }
    return AlertTest(
        alerts.series_growing,
        series={series(metric, *target): samples for target, samples in shape.items()},
        quiet=[at((day + wait - 1) * 10), at((2 * day + 1) * 10)],
        fires={at((day + wait) * 10): [{"job": job, "instance": "a"}]},
        interval="10m",
    )


def _volume_fills(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """Blocks that stand still for two days, and then grow by the same each hour.

    19 hours later the line through the last day's values first reaches, in four days, 101 times
    that growth: it would be 14 hours through the values of half a day, and 33 through those of two.
    """
    metric, before, later = "prometheus_tsdb_storage_blocks_bytes", 48, 19
    pace = limits.volume_bytes / 101
    return AlertTest(
        alerts.volume_fills,
        series={
            series(metric, job, "a"): counter((0, before), (pace, 2 * later)),
            series(metric, job, "b"): counter((0, before), (pace * 0.9, 2 * later)),
            series(metric, OTHER_JOB, "c"): counter((0, before), (pace, 2 * later)),
        },
        quiet=[at((before + later) * 60)],
        fires={at((before + later + 1) * 60): [{"job": job, "instance": "a"}]},
        interval="1h",
    )
