"""The metrics and alerts of a batch, and the limits that they compare with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from giggamon_compiler.library.limits import Seconds, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.metric import Gauge
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@judged
class Limits:
    """What is too much. All of it depends on the house.

    late: seconds since the last success: from one run to the next, and what a run may take longer
    seconds: how long a run may take
    """

    late: Seconds
    seconds: Seconds


class Metrics(NamedTuple):
    """What a service shows of its batches."""

    success: Gauge
    failure: Gauge
    duration: Gauge


class Alerts(NamedTuple):
    """The alerts of a batch."""

    late: Alert
    unknown: Alert
    failed: Alert
    slow: Alert


def metrics(*, batches: Sequence[str]) -> Metrics:
    """What the house's scheduler shows: times are read from its table, so a restart keeps them."""
    labels = {"batch": batches}
    return Metrics(
        success=Gauge(
            "batch_last_success_timestamp_seconds",
            help="When a run last came to a good end",
            labels=labels,
        ),
        failure=Gauge(
            "batch_last_failure_timestamp_seconds",
            help="When a run last failed; 0 where none ever did",
            labels=labels,
        ),
        duration=Gauge(
            "batch_last_duration_seconds", help="How long the last run took", labels=labels
        ),
    )


def alerts(
    prefix: str,
    job: str,
    batch: str,
    limits: Limits,
    *,
    late: Severity,
    warning: Severity,
    info: Severity,
) -> Alerts:
    """The alerts on a batch that a job runs.

    prefix: begins their names, such as "RentalReminders"
    late: how urgent it is that there was no success for too long
    """
    chosen = f'{{job="{job}",batch="{batch}"}}'
    success = f"batch_last_success_timestamp_seconds{chosen}"
    failure = f"batch_last_failure_timestamp_seconds{chosen}"
    return Alerts(
        late=Alert(
            f"{prefix}Late",
            expr=f"time() - max({success}) > {number(limits.late)}",
            severity=late,
            summary=f"The batch {batch} has not succeeded in time",
            description="The last success was {{ $value | humanizeDuration }} ago.",
        ),
        unknown=Alert(
            f"{prefix}Unknown",
            expr=f"absent({success})",
            for_="30m",
            severity=warning,
            summary=f"Nobody knows whether the batch {batch} runs",
            description="No instance of {{ $labels.job }} has told for half an hour when the "
            "batch last succeeded.",
        ),
        failed=Alert(
            f"{prefix}Failed",
            expr=f"max({failure}) - max({success}) > 0",
            severity=info,
            summary=f"The last run of the batch {batch} failed",
            description="It failed {{ $value | humanizeDuration }} after the last success.",
        ),
        slow=Alert(
            f"{prefix}Slow",
            expr=f"max(batch_last_duration_seconds{chosen}) > {number(limits.seconds)}",
            severity=info,
            summary=f"The batch {batch} takes long",
            description="The last run took {{ $value | humanizeDuration }}.",
        ),
    )
