"""The panels of a service's queues."""

from __future__ import annotations

from giggamon_compiler.library.queue.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """How long jobs wait, how many there are, who takes them, and how they end, by queue."""
    ended = f'rate(queue_jobs_total{{job="{job}"}}[$__rate_interval])'
    failed = f'rate(queue_jobs_total{{job="{job}",result="failed"}}[$__rate_interval])'
    buckets = f'rate(queue_job_duration_seconds_bucket{{job="{job}"}}[$__rate_interval])'
    return [
        TimeSeries(
            "Age of the oldest job",
            [
                Query(
                    f'max by (queue) (queue_oldest_job_age_seconds{{job="{job}"}})',
                    legend="{{queue}}",
                )
            ],
            key="queue-oldest",
            unit="s",
            min=0,
            description="How long the next job has waited to be begun.",
            signal="saturation",
            threshold=alerts.waits,
        ),
        TimeSeries(
            "Jobs that wait, and workers",
            [
                Query(
                    f'max by (queue) (queue_jobs_waiting{{job="{job}"}})',
                    legend="{{queue}} waiting",
                ),
                Query(f'max by (queue) (queue_workers{{job="{job}"}})', legend="{{queue}} workers"),
            ],
            key="queue-waiting",
            unit="short",
            min=0,
            description="A line that grows with workers there: they are too slow or stuck.",
            signal="saturation",
        ),
        TimeSeries(
            "Share of jobs that fail",
            [Query(f"sum by (queue) ({failed}) / sum by (queue) ({ended})", legend="{{queue}}")],
            key="queue-failures",
            unit="percentunit",
            min=0,
            description="Jobs that failed out of all that came to an end.",
            signal="errors",
            threshold=alerts.failing,
        ),
        TimeSeries(
            "Time of the slowest twentieth of the jobs",
            [
                Query(
                    f"histogram_quantile(0.95, sum by (queue, le) ({buckets}))",
                    legend="{{queue}}",
                )
            ],
            key="queue-duration",
            unit="s",
            min=0,
            description="From a job's begin to its end, without the time that it waited.",
            signal="duration",
        ),
    ]
