"""The alerts of Prometheus itself.

A Prometheus that is gone tells nobody: that is what a watchdog is for, an alert that always fires
and is missed by a receiver elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.notation import number
from giggamon_compiler.library.prometheus.limits import Limits
from giggamon_compiler.library.prometheus.storage import growing, scraping, storing
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


class Alerts(NamedTuple):
    """The alerts of a Prometheus."""

    unwatched: Alert
    reload_failed: Alert
    rules_failing: Alert
    rules_too_slow: Alert
    texts_failing: Alert
    notifications_dropped: Alert
    notifications_failing: Alert
    queue_filling: Alert
    without_alertmanager: Alert
    target_down: Alert
    targets_not_loaded: Alert
    scrape_over_limit: Alert
    samples_out_of_order: Alert
    samples_duplicate: Alert
    samples_out_of_bounds: Alert
    wal_writes_failing: Alert
    wal_corrupted: Alert
    compactions_failing: Alert
    checkpoints_failing: Alert
    too_many_series: Alert
    series_growing: Alert
    volume_fills: Alert
    queries_piling_up: Alert
    restarting: Alert


def alerts(job: str, limits: Limits, *, critical: Severity, warning: Severity) -> Alerts:
    """The alerts for the Prometheus that a job scrapes: itself, or another one."""
    return Alerts(
        **_loading(job, warning),
        **_evaluating(job, critical, warning),
        **_notifying(job, limits, critical, warning),
        **scraping(job, warning),
        **storing(job, critical, warning),
        **growing(job, limits, warning),
    )


def _loading(job: str, warning: Severity) -> dict[str, Alert]:
    return {
        "unwatched": Alert(
            "PrometheusUnwatched",
            expr=f'absent(up{{job="{job}"}} == 1)',
            for_="5m",
            severity=warning,
            summary="Prometheus cannot read its own metrics",
            description=f"No scrape of the job {job} succeeds, so that no other alert about "
            "Prometheus can fire.",
        ),
        "reload_failed": Alert(
            "PrometheusReloadFailed",
            expr=f'max_over_time(prometheus_config_last_reload_successful{{job="{job}"}}[5m]) == 0',
            for_="5m",
            severity=warning,
            summary="Prometheus refuses its configuration",
            description="{{ $labels.instance }} runs with the configuration and the rules of "
            "before, and does not start again once it stops.",
        ),
        "restarting": Alert(
            "PrometheusRestarting",
            expr=f'changes(process_start_time_seconds{{job="{job}"}}[30m]) > 2',
            severity=warning,
            summary="Prometheus restarts again and again",
            description="{{ $labels.instance }} started {{ $value | humanize }} times in half an "
            "hour.",
        ),
    }


def _evaluating(job: str, critical: Severity, warning: Severity) -> dict[str, Alert]:
    return {
        "rules_failing": Alert(
            "PrometheusRulesFailing",
            expr=f'increase(prometheus_rule_evaluation_failures_total{{job="{job}"}}[5m]) > 0',
            for_="7m",
            severity=critical,
            summary="Rules cannot be evaluated, and their alerts do not fire",
            description="{{ $value | humanize }} evaluations failed within five minutes in "
            "{{ $labels.rule_group }}.",
        ),
        "rules_too_slow": Alert(
            "PrometheusRulesTooSlow",
            expr=f'increase(prometheus_rule_group_iterations_missed_total{{job="{job}"}}[5m]) > 0',
            for_="15m",
            severity=warning,
            summary="A group of rules takes longer than its interval",
            description="{{ $labels.rule_group }} left out {{ $value | humanize }} evaluations "
            "within five minutes.",
        ),
        "texts_failing": Alert(
            "PrometheusTextsFailing",
            expr="increase("
            f'prometheus_template_text_expansion_failures_total{{job="{job}"}}[5m]) > 0',
            for_="7m",
            severity=warning,
            summary="The texts of alerts cannot be filled in",
            description="{{ $value | humanize }} texts failed within five minutes on "
            "{{ $labels.instance }}; who is told reads an error in their place.",
        ),
    }


def _notifying(job: str, limits: Limits, critical: Severity, warning: Severity) -> dict[str, Alert]:
    return {
        "notifications_dropped": Alert(
            "PrometheusNotificationsDropped",
            expr=f'increase(prometheus_notifications_dropped_total{{job="{job}"}}[5m]) > 0',
            for_="7m",
            severity=critical,
            summary="Alerts are lost on their way to Alertmanager",
            description="{{ $labels.instance }} dropped {{ $value | humanize }} alerts within five "
            "minutes.",
        ),
        "notifications_failing": Alert(
            "PrometheusNotificationsFailing",
            expr=f'rate(prometheus_notifications_errors_total{{job="{job}"}}[5m])'
            f' / rate(prometheus_notifications_sent_total{{job="{job}"}}[5m])'
            f" > {number(limits.notifications_failing)}",
            for_="10m",
            severity=warning,
            summary="An Alertmanager takes no alerts",
            description="{{ $value | humanizePercentage }} of what is sent to "
            "{{ $labels.alertmanager }} fails.",
        ),
        "queue_filling": Alert(
            "PrometheusNotificationQueueFilling",
            expr=f'min_over_time(prometheus_notifications_queue_length{{job="{job}"}}[5m])'
            f' / prometheus_notifications_queue_capacity{{job="{job}"}}'
            f" > {number(limits.queue_used)}",
            for_="5m",
            severity=warning,
            summary="Alerts wait to be sent to Alertmanager",
            description="{{ $value | humanizePercentage }} of the queue of "
            "{{ $labels.instance }} is taken; what does not fit is lost.",
        ),
        "without_alertmanager": Alert(
            "PrometheusWithoutAlertmanager",
            expr="max_over_time("
            f'prometheus_notifications_alertmanagers_discovered{{job="{job}"}}[5m]) < 1',
            for_="5m",
            severity=warning,
            summary="Prometheus knows no Alertmanager",
            description="{{ $labels.instance }} finds {{ $value }} Alertmanagers, so that nobody "
            "is told anything.",
        ),
    }
