"""The metrics and alerts of a service's queues, and the limits that they compare with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from giggamon_compiler.library.limits import Amount, Seconds, Share, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.metric import Counter, Gauge, Histogram
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much. All of it depends on the house.

    seconds: how long a job may wait before it is begun
    failures: the share of jobs that may fail
    least: jobs a second up to which that share says nothing
    """

    seconds: Seconds
    failures: Share
    least: Amount


class Metrics(NamedTuple):
    """What a service shows of its queues."""

    waiting: Gauge
    oldest: Gauge
    workers: Gauge
    jobs: Counter
    duration: Histogram


class Alerts(NamedTuple):
    """The alerts of a service's queues."""

    stuck: Alert
    waits: Alert
    failing: Alert


def metrics(
    *,
    queues: Sequence[str],
    buckets: Sequence[str] = ("0.1", "0.5", "1", "5", "30", "120"),
) -> Metrics:
    """What the house's queue shows: every worker tells the same of what all of them share."""
    labels = {"queue": queues}
    return Metrics(
        waiting=Gauge(
            "queue_jobs_waiting",
            help="Jobs that wait to be begun",
            labels=labels,
            signal="saturation",
        ),
        oldest=Gauge(
            "queue_oldest_job_age_seconds",
            help="How long the oldest job has waited to be begun; 0 where none waits",
            labels=labels,
        ),
        workers=Gauge("queue_workers", help="Workers that take jobs", labels=labels),
        jobs=Counter(
            "queue_jobs_total",
            help="Jobs that came to an end, by how; both exist from the start",
            labels={**labels, "result": ["done", "failed"]},
        ),
        duration=Histogram(
            "queue_job_duration_seconds",
            help="Time from a job's begin to its end",
            buckets=buckets,
            labels=labels,
        ),
    )


def alerts(
    prefix: str, job: str, limits: Limits, *, critical: Severity, warning: Severity
) -> Alerts:
    """The alerts on each queue of a job; prefix: begins their names, such as "Backend"."""
    ended = f'queue_jobs_total{{job="{job}"}}'
    failed = f'queue_jobs_total{{job="{job}",result="failed"}}'
    return Alerts(
        stuck=Alert(
            f"{prefix}QueueStuck",
            expr=f'max by (queue) (queue_jobs_waiting{{job="{job}"}}) > 0'
            f"\n  unless sum by (queue) (rate({ended}[10m])) > 0",
            for_="5m",
            severity=critical,
            summary="Nothing is taken out of the queue {{ $labels.queue }}",
            description="{{ $value | humanize }} jobs wait, and for a quarter of an hour none "
            "has come to an end.",
        ),
        waits=Alert(
            f"{prefix}QueueWaits",
            expr=f'max by (queue) (queue_oldest_job_age_seconds{{job="{job}"}})'
            f" > {number(limits.seconds)}",
            for_="5m",
            severity=warning,
            summary="Jobs wait long in the queue {{ $labels.queue }}",
            description="The oldest has waited for {{ $value | humanizeDuration }}.",
        ),
        failing=Alert(
            f"{prefix}QueueJobsFail",
            expr=f"sum by (queue) (rate({failed}[15m]))"
            f"\n  / (sum by (queue) (rate({ended}[15m])) > {number(limits.least)})"
            f"\n  > {number(limits.failures)}",
            for_="5m",
            severity=warning,
            summary="Jobs of the queue {{ $labels.queue }} fail",
            description="{{ $value | humanizePercentage }} of the jobs fail.",
        ),
    )
