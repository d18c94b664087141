"""The panels of Prometheus itself."""

from __future__ import annotations

from giggamon_compiler.library.prometheus.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries

_AT_0 = "Nothing is lost while this stays at 0."


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """What shows how the servers of a job are, by instance."""
    mine = f'{{job="{job}"}}'
    return [*_work(mine), *_failures(mine, alerts), *_room(mine, alerts)]


def _work(mine: str) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Requests by code",
            [
                Query(
                    f"sum by (code) (rate(prometheus_http_requests_total{mine}[$__rate_interval]))",
                    legend="{{code}}",
                )
            ],
            key="prometheus-requests",
            unit="reqps",
            description="Questions from boards and from people, by how they ended.",
            signal="requests",
        ),
        TimeSeries(
            "Samples taken in",
            [
                Query(
                    "sum by (instance) (rate(prometheus_tsdb_head_samples_appended_total"
                    f"{mine}[$__rate_interval]))",
                    legend="{{instance}}",
                )
            ],
            key="prometheus-samples",
            unit="wps",
            description="A step down: targets are gone. A step up: something exposes more.",
            signal="requests",
        ),
        TimeSeries(
            "Time to answer",
            [
                Query(
                    f"histogram_quantile({quantile}, sum by (le) (rate("
                    f"prometheus_http_request_duration_seconds_bucket{mine}[$__rate_interval])))",
                    legend=legend,
                )
                for quantile, legend in ((0.5, "half of the requests"), (0.99, "99 %"))
            ],
            key="prometheus-duration",
            unit="s",
            description="How long boards wait.",
            signal="duration",
        ),
        TimeSeries(
            "Time that rules take, of their interval",
            [
                Query(
                    f"max by (rule_group) (prometheus_rule_group_last_duration_seconds{mine}"
                    f" / prometheus_rule_group_interval_seconds{mine})",
                    legend="{{rule_group}}",
                )
            ],
            key="prometheus-rules-duration",
            unit="percentunit",
            description="At 100 % evaluations are left out, and alerts come late.",
            signal="duration",
        ),
    ]


def _failures(mine: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Rules that fail",
            [
                Query(
                    "sum by (rule_group) (rate(prometheus_rule_evaluation_failures_total"
                    f"{mine}[$__rate_interval]))",
                    legend="{{rule_group}}",
                )
            ],
            key="prometheus-rules-failing",
            unit="ops",
            description="Alerts of these groups do not fire.",
            threshold=alerts.rules_failing,
            signal="errors",
        ),
        TimeSeries(
            "Notifications that fail, of those sent",
            [
                Query(
                    f"rate(prometheus_notifications_errors_total{mine}[$__rate_interval])"
                    f" / rate(prometheus_notifications_sent_total{mine}[$__rate_interval])",
                    legend="{{instance}} to {{alertmanager}}",
                )
            ],
            key="prometheus-notifications-failing",
            unit="percentunit",
            description="Alerts that one Alertmanager did not take; the others may have.",
            threshold=alerts.notifications_failing,
            signal="errors",
        ),
        TimeSeries(
            "Alerts that are lost",
            [
                Query(
                    f"rate(prometheus_notifications_dropped_total{mine}[$__rate_interval])",
                    legend="{{instance}}",
                )
            ],
            key="prometheus-notifications-dropped",
            unit="ops",
            description=_AT_0,
            threshold=alerts.notifications_dropped,
            signal="errors",
        ),
        TimeSeries(
            "Samples that are refused",
            [
                Query(
                    f"rate(prometheus_target_scrapes_{metric}_total{mine}[$__rate_interval])",
                    legend=f"{{{{instance}}}}: {legend}",
                )
                for metric, legend in (
                    ("exceeded_sample_limit", "scrapes over the limit"),
                    ("sample_out_of_order", "out of order"),
                    ("sample_duplicate_timestamp", "two at one time"),
                    ("sample_out_of_bounds", "out of bounds"),
                )
            ],
            key="prometheus-samples-refused",
            unit="ops",
            description=_AT_0,
            signal="errors",
        ),
    ]


def _room(mine: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Series in memory",
            [Query(f"prometheus_tsdb_head_series{mine}", legend="{{instance}}")],
            key="prometheus-series",
            unit="short",
            description="What memory is needed for. The line is what the server is sized for.",
            threshold=alerts.too_many_series,
            signal="saturation",
        ),
        TimeSeries(
            "Blocks on the volume",
            [Query(f"prometheus_tsdb_storage_blocks_bytes{mine}", legend="{{instance}}")],
            key="prometheus-blocks",
            unit="bytes",
            description="What is kept beyond the last hours; the line is the volume's size.",
            threshold=alerts.volume_fills,
            signal="saturation",
        ),
        TimeSeries(
            "Queries at one time, of those allowed",
            [
                Query(
                    f"prometheus_engine_queries{mine}"
                    f" / prometheus_engine_queries_concurrent_max{mine}",
                    legend="{{instance}}",
                )
            ],
            key="prometheus-queries",
            unit="percentunit",
            description="At 100 % queries wait, and those of the rules with them.",
            threshold=alerts.queries_piling_up,
            signal="saturation",
        ),
        TimeSeries(
            "Queue to the Alertmanagers, of what fits",
            [
                Query(
                    f"prometheus_notifications_queue_length{mine}"
                    f" / prometheus_notifications_queue_capacity{mine}",
                    legend="{{instance}}",
                )
            ],
            key="prometheus-queue",
            unit="percentunit",
            description="What does not fit is lost.",
            threshold=alerts.queue_filling,
            signal="saturation",
        ),
    ]
