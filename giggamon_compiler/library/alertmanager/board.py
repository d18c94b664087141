"""The panels of Alertmanager."""

from __future__ import annotations

from giggamon_compiler.library.alertmanager.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """What shows how the Alertmanagers of a job are."""
    mine = f'{{job="{job}"}}'
    return [*_sending(mine, alerts), *_receiving(mine, job, alerts)]


def _sending(mine: str, alerts: Alerts) -> list[TimeSeries]:
    by = "sum by (integration)"
    sent = f"{by} (rate(alertmanager_notifications_total{mine}[$__rate_interval]))"
    failed = f"{by} (rate(alertmanager_notifications_failed_total{mine}[$__rate_interval]))"
    return [
        TimeSeries(
            "Notifications sent",
            [Query(sent, legend="{{integration}}")],
            key="alertmanager-notifications",
            unit="ops",
            description="How many people are told, by the way they are told.",
            signal="requests",
        ),
        TimeSeries(
            "Notifications that fail, of those sent",
            [Query(f"{failed} / {sent}", legend="{{integration}}")],
            key="alertmanager-notifications-failing",
            unit="percentunit",
            description="Nobody was told by these.",
            threshold=alerts.integration_failing,
            signal="errors",
        ),
        TimeSeries(
            "Time to send",
            [
                Query(
                    f"histogram_quantile(0.99, sum by (integration, le) (rate("
                    f"alertmanager_notification_latency_seconds_bucket{mine}"
                    "[$__rate_interval])))",
                    legend="99 % by {{integration}}",
                )
            ],
            key="alertmanager-latency",
            unit="s",
            description="What the receiver's own server takes to answer.",
            threshold=alerts.slow,
            signal="duration",
        ),
    ]


def _receiving(mine: str, job: str, alerts: Alerts) -> list[TimeSeries]:
    return [
        TimeSeries(
            "Alerts received",
            [
                Query(
                    "sum by (status) (rate(alertmanager_alerts_received_total"
                    f"{mine}[$__rate_interval]))",
                    legend="{{status}}",
                )
            ],
            key="alertmanager-received",
            unit="ops",
            description="What Prometheus sends, again and again for as long as it fires.",
            signal="requests",
        ),
        TimeSeries(
            "Alerts refused",
            [
                Query(
                    "sum by (instance) (rate(alertmanager_alerts_invalid_total"
                    f"{mine}[$__rate_interval]))",
                    legend="{{instance}}",
                )
            ],
            key="alertmanager-refused",
            unit="ops",
            description="Invalid alerts: nobody is told of them.",
            threshold=alerts.refusing,
            signal="errors",
        ),
        TimeSeries(
            "Alerts that fire",
            [
                Query(
                    f'alertmanager_alerts{{job="{job}",state="active"}}',
                    legend="{{instance}}",
                )
            ],
            key="alertmanager-active",
            unit="short",
            description="Beyond the line nobody reads them any more.",
            threshold=alerts.flooded,
            signal="saturation",
        ),
        TimeSeries(
            "Members that each one sees",
            [Query(f"alertmanager_cluster_members{mine}", legend="{{instance}}")],
            key="alertmanager-members",
            unit="short",
            description="All should see as many as there are.",
            signal="saturation",
        ),
    ]
