"""The alerts of Prometheus itself, and the limits that they compare with.

A Prometheus that is gone tells nobody: that is what a watchdog is for, an alert that always fires
and is missed by a receiver elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity

DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is too much. Without a default is what depends on the house.

    series: the series that the server's memory is sized for
    volume_bytes: the size of the volume that the blocks are on
    series_growth: times as many series as a day before, which no release explains
    notifications_failing: the share of notifications that an Alertmanager may refuse; this one and
        the shares of queries and of the queue are those of the Prometheus mixin
    queries_used: the share of the queries that may run at one time
    queue_used: the share of the queue to the Alertmanagers that may be taken
    """

    series: float
    volume_bytes: float
    series_growth: float = 1.5
    notifications_failing: float = 0.01
    queries_used: float = 0.8
    queue_used: float = 0.5


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
        **_scraping(job, warning),
        **_storing(job, critical, warning),
        **_growing(job, limits, warning),
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
            for_="5m",
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
            for_="5m",
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
            for_="5m",
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


def _scraping(job: str, warning: Severity) -> dict[str, Alert]:
    def counted(name: str, metric: str, summary: str, description: str) -> Alert:
        return Alert(
            name,
            expr=f'increase({metric}{{job="{job}"}}[5m]) > 0',
            for_="10m",
            severity=warning,
            summary=summary,
            description=description,
        )

    return {
        "target_down": Alert(
            "PrometheusTargetDown",
            expr="up == 0",
            for_="15m",
            severity=warning,
            summary="A target does not answer Prometheus",
            description="Nothing is known of {{ $labels.instance }} of the job {{ $labels.job }} "
            "for a quarter of an hour.",
        ),
        "targets_not_loaded": counted(
            "PrometheusTargetsNotLoaded",
            "prometheus_target_sync_failed_total",
            "The targets of a job cannot be loaded",
            "{{ $value | humanize }} attempts failed within five minutes for the job "
            "{{ $labels.scrape_job }}.",
        ),
        "scrape_over_limit": counted(
            "PrometheusScrapeOverLimit",
            "prometheus_target_scrapes_exceeded_sample_limit_total",
            "A target shows more series than it may, and all of them are refused",
            "{{ $labels.instance }} refused {{ $value | humanize }} scrapes within five minutes.",
        ),
        "samples_out_of_order": counted(
            "PrometheusSamplesOutOfOrder",
            "prometheus_target_scrapes_sample_out_of_order_total",
            "Samples come in the wrong order and are dropped",
            "{{ $labels.instance }} dropped {{ $value | humanize }} samples within five minutes.",
        ),
        "samples_duplicate": counted(
            "PrometheusSamplesDuplicate",
            "prometheus_target_scrapes_sample_duplicate_timestamp_total",
            "A series has two values at one time",
            "{{ $labels.instance }} dropped {{ $value | humanize }} samples within five minutes.",
        ),
        "samples_out_of_bounds": counted(
            "PrometheusSamplesOutOfBounds",
            "prometheus_target_scrapes_sample_out_of_bounds_total",
            "Samples have times that cannot be, and are dropped",
            "{{ $labels.instance }} dropped {{ $value | humanize }} samples within five minutes.",
        ),
    }


def _storing(job: str, critical: Severity, warning: Severity) -> dict[str, Alert]:
    return {
        "wal_writes_failing": Alert(
            "PrometheusCannotWrite",
            expr=f'increase(prometheus_tsdb_wal_writes_failed_total{{job="{job}"}}[5m]) > 0',
            for_="2m",
            severity=critical,
            summary="Prometheus cannot write what it scrapes",
            description="{{ $value | humanize }} writes failed within five minutes on "
            "{{ $labels.instance }}: most often its volume is full.",
        ),
        "wal_corrupted": Alert(
            "PrometheusLogCorrupted",
            expr=f'increase(prometheus_tsdb_wal_corruptions_total{{job="{job}"}}[30m]) > 0',
            severity=warning,
            summary="The write-ahead log of Prometheus is damaged",
            description="{{ $labels.instance }} found damage and dropped what came after it.",
        ),
        "compactions_failing": Alert(
            "PrometheusCompactionsFailing",
            expr=f'increase(prometheus_tsdb_compactions_failed_total{{job="{job}"}}[30m]) > 0',
            for_="1h",
            severity=warning,
            summary="Prometheus cannot put its blocks together",
            description="{{ $value | humanize }} compactions failed within half an hour on "
            "{{ $labels.instance }}; memory and the write-ahead log grow meanwhile.",
        ),
        "checkpoints_failing": Alert(
            "PrometheusCheckpointsFailing",
            expr="increase("
            f'prometheus_tsdb_checkpoint_creations_failed_total{{job="{job}"}}[6h]) > 0',
            severity=warning,
            summary="The write-ahead log of Prometheus is not cut off",
            description="{{ $labels.instance }} cannot write checkpoints, so that its log grows "
            "and its next start takes long.",
        ),
    }


def _growing(job: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    series = f'prometheus_tsdb_head_series{{job="{job}"}}'
    return {
        "too_many_series": Alert(
            "PrometheusTooManySeries",
            expr=f"{series} > {number(limits.series)}",
            for_="15m",
            severity=warning,
            summary="Prometheus holds more series than its memory is sized for",
            description="{{ $labels.instance }} holds {{ $value | humanize }} series.",
        ),
        "series_growing": Alert(
            "PrometheusSeriesGrowing",
            expr=f"{series} / ({series} offset 1d) > {number(limits.series_growth)}",
            for_="30m",
            severity=warning,
            summary="Something exposes far more series than yesterday",
            description="{{ $labels.instance }} holds {{ $value | humanize }} times as many "
            "series as a day before.",
        ),
        "volume_fills": Alert(
            "PrometheusVolumeFillsUp",
            expr=f'predict_linear(prometheus_tsdb_storage_blocks_bytes{{job="{job}"}}[1d],'
            f" 4 * {DAY}) > {number(limits.volume_bytes)}",
            for_="1h",
            severity=warning,
            summary="The volume of Prometheus is full in four days",
            description="At the pace of the last day the blocks of {{ $labels.instance }} take "
            "{{ $value | humanize1024 }}B by then.",
        ),
        "queries_piling_up": Alert(
            "PrometheusQueriesPilingUp",
            expr=f'avg_over_time(prometheus_engine_queries{{job="{job}"}}[5m])'
            f' / prometheus_engine_queries_concurrent_max{{job="{job}"}}'
            f" > {number(limits.queries_used)}",
            for_="15m",
            severity=warning,
            summary="Prometheus answers as many queries as it can, and others wait",
            description="{{ $value | humanizePercentage }} of the queries that "
            "{{ $labels.instance }} runs at one time are taken; rules wait, too.",
        ),
    }
