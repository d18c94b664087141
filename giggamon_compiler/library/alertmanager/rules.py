"""The alerts of Alertmanager, and the limits that they compare with.

When every Alertmanager is gone, none can tell so: that is what a watchdog is for.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from giggamon_compiler.library.limits import Positive, Share, judged, one_of
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much. Without a default is what depends on the house.

    latency: the seconds within which 99 of 100 notifications are to be sent, one of the metric's
        buckets: 1, 5, 10, 15, 20
    active: the alerts that may fire at one time before nobody reads them any more
    failing: the share of an integration's notifications that may fail; the mixin's
    """

    latency: Annotated[float, one_of(1, 5, 10, 15, 20)]
    active: Positive
    failing: Share = 0.01


class Alerts(NamedTuple):
    """The alerts of a job's Alertmanagers."""

    down: Alert
    reload_failed: Alert
    restarting: Alert
    split: Alert
    configurations_differ: Alert
    integration_failing: Alert
    instance_failing: Alert
    slow: Alert
    refusing: Alert
    flooded: Alert


def alerts(job: str, limits: Limits, *, critical: Severity, warning: Severity) -> Alerts:
    """The alerts for the Alertmanagers that a job scrapes, which form one cluster."""
    return Alerts(
        **_members(job, warning),
        **_sending(job, limits, critical, warning),
        **_receiving(job, limits, warning),
    )


def _members(job: str, warning: Severity) -> dict[str, Alert]:
    members = f'max_over_time(alertmanager_cluster_members{{job="{job}"}}[5m])'
    return {
        "down": Alert(
            "AlertmanagerDown",
            expr=f'up{{job="{job}"}} == 0 or absent(up{{job="{job}"}})',
            for_="5m",
            severity=warning,
            summary="An Alertmanager does not answer",
            description="{{ with $labels.instance }}{{ . }} has not{{ else }}None of them has"
            "{{ end }} answered Prometheus for five minutes. As long as one runs, people are told.",
        ),
        "reload_failed": Alert(
            "AlertmanagerReloadFailed",
            expr="max_over_time("
            f'alertmanager_config_last_reload_successful{{job="{job}"}}[5m]) == 0',
            for_="5m",
            severity=warning,
            summary="Alertmanager refuses its configuration",
            description="{{ $labels.instance }} tells people by the rules of before, and does not "
            "start again once it stops.",
        ),
        "restarting": Alert(
            "AlertmanagerRestarting",
            expr=f'changes(process_start_time_seconds{{job="{job}"}}[30m]) > 2',
            severity=warning,
            summary="Alertmanager restarts again and again",
            description="{{ $labels.instance }} started {{ $value | humanize }} times in half an "
            "hour.",
        ),
        "split": Alert(
            "AlertmanagerMembersApart",
            expr=f"{members} < on (job) group_left count by (job) ({members})",
            for_="10m",
            severity=warning,
            summary="The Alertmanagers do not see each other",
            description="{{ $labels.instance }} sees {{ $value }} members of its cluster, and more "
            "answer Prometheus: people are told twice.",
        ),
        "configurations_differ": Alert(
            "AlertmanagerConfigurationsDiffer",
            expr="count by (job) (count_values by (job) "
            f'("hash", alertmanager_config_hash{{job="{job}"}})) > 1',
            for_="20m",
            severity=warning,
            summary="The Alertmanagers have different configurations",
            description="There are {{ $value }} configurations in one cluster; who is told depends "
            "on which one is first.",
        ),
    }


def _sending(job: str, limits: Limits, critical: Severity, warning: Severity) -> dict[str, Alert]:
    failed, sent = (
        "sum by (job, instance, integration) "
        f'(rate(alertmanager_notifications_{it}total{{job="{job}"}}[5m]))'
        for it in ("failed_", "")
    )
    share, limit = f"{failed} / {sent}", number(limits.failing)

    return {
        "integration_failing": Alert(
            "AlertmanagerIntegrationFailing",
            expr=f"min by (job, integration) ({share}) > {limit}",
            for_="5m",
            severity=critical,
            summary="No Alertmanager can send by {{ $labels.integration }}",
            description="At least {{ $value | humanizePercentage }} of the notifications by "
            "{{ $labels.integration }} fail on every Alertmanager that sends any.",
        ),
        "instance_failing": Alert(
            "AlertmanagerSendingFails",
            expr=f"{share} > {limit}",
            for_="10m",
            severity=warning,
            summary="An Alertmanager cannot send by {{ $labels.integration }}",
            description="{{ $value | humanizePercentage }} of the notifications by "
            "{{ $labels.integration }} fail on {{ $labels.instance }}.",
        ),
        "slow": Alert(
            "AlertmanagerSendingSlow",
            expr="histogram_quantile(0.99, sum by (job, integration, le) (rate("
            f'alertmanager_notification_latency_seconds_bucket{{job="{job}"}}[10m])))'
            f" > {number(limits.latency)}",
            for_="10m",
            severity=warning,
            summary="Notifications by {{ $labels.integration }} take long",
            description="One in a hundred takes {{ $value | humanizeDuration }} or more.",
        ),
    }


def _receiving(job: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    return {
        "refusing": Alert(
            "AlertmanagerRefusesAlerts",
            expr="sum by (job, instance) (increase("
            f'alertmanager_alerts_invalid_total{{job="{job}"}}[5m])) > 0',
            for_="10m",
            severity=warning,
            summary="Alertmanager refuses alerts as invalid",
            description="{{ $labels.instance }} refused {{ $value | humanize }} alerts within five "
            "minutes, and nobody is told of them.",
        ),
        "flooded": Alert(
            "AlertmanagerFlooded",
            expr=f'alertmanager_alerts{{job="{job}",state="active"}} > {number(limits.active)}',
            for_="10m",
            severity=warning,
            summary="So many alerts fire that nobody can read them",
            description="{{ $value | humanize }} alerts are active on {{ $labels.instance }}.",
        ),
    }
