"""The alerts about what Prometheus scrapes, and how it keeps it."""

from __future__ import annotations

from giggamon_compiler.library.notation import number
from giggamon_compiler.library.prometheus.limits import Limits
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity

_DAY = 86_400


def scraping(job: str, warning: Severity) -> dict[str, Alert]:
    """What it asks others for."""

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


def storing(job: str, critical: Severity, warning: Severity) -> dict[str, Alert]:
    """What it writes."""
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


def growing(job: str, limits: Limits, warning: Severity) -> dict[str, Alert]:
    """How much there is of it."""
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
            f" 4 * {_DAY}) > {number(limits.volume_bytes)}",
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
