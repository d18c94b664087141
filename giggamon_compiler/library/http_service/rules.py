"""The metrics and alerts of an HTTP service, and the limits that they compare with."""

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
    """What is too much. Without a default is what depends on the house.

    errors: the share of requests that may be answered with a server error
    seconds: how long the slowest twentieth may take; one of the buckets
    least: requests a second up to which a share says nothing
    workers: the share of workers that may be busy at the same time
    """

    errors: Share
    seconds: Seconds
    least: Amount
    workers: Share = 0.9


class Metrics(NamedTuple):
    """What an HTTP service shows of itself."""

    requests: Counter
    duration: Histogram
    workers: Gauge
    busy: Gauge


class Alerts(NamedTuple):
    """The alerts of an HTTP service."""

    down: Alert
    instance_down: Alert
    errors: Alert
    slow: Alert
    workers_busy: Alert


def metrics(
    *,
    routes: Sequence[str],
    methods: Sequence[str] = ("GET", "POST"),
    codes: Sequence[str] = ("200", "404", "500"),
    buckets: Sequence[str] = ("0.1", "0.25", "0.5", "1", "2.5", "5"),
) -> Metrics:
    """What the house's middleware shows, in every language.

    routes: templates such as "/items/<id>", never a path with what a customer wrote into it
    """
    labels = {"method": methods, "route": routes}
    return Metrics(
        requests=Counter(
            "http_requests_total",
            help="Requests answered",
            labels={**labels, "code": codes},
            signal="requests",
            errors='code=~"5.."',
        ),
        duration=Histogram(
            "http_request_duration_seconds",
            help="Time from a request's first byte to its answer",
            buckets=buckets,
            labels=labels,
            signal="duration",
        ),
        workers=Gauge("http_workers", help="Requests that can be handled at the same time"),
        busy=Gauge(
            "http_workers_busy",
            help="Requests that are handled at this moment",
            signal="saturation",
        ),
    )


def alerts(
    prefix: str, job: str, limits: Limits, *, critical: Severity, warning: Severity
) -> Alerts:
    """The alerts on the requests of a job; prefix: begins their names, such as "Rentals"."""
    requests = f'sum(rate(http_requests_total{{job="{job}"}}[5m]))'
    errors = f'sum(rate(http_requests_total{{job="{job}",code=~"5.."}}[5m]))'
    buckets = f'sum by (le) (rate(http_request_duration_seconds_bucket{{job="{job}"}}[5m]))'
    answered = f'sum(rate(http_request_duration_seconds_count{{job="{job}"}}[5m]))'
    least = number(limits.least)
    return Alerts(
        down=Alert(
            f"{prefix}Down",
            expr=f'sum by (job) (up{{job="{job}"}}) == 0 or absent(up{{job="{job}"}})',
            for_="1m",
            severity=critical,
            summary="No instance of {{ $labels.job }} answers",
            description="Prometheus has got no answer from any of them for a minute.",
        ),
        instance_down=Alert(
            f"{prefix}InstanceDown",
            expr=f'up{{job="{job}"}} == 0',
            for_="5m",
            severity=warning,
            summary="{{ $labels.instance }} does not answer",
            description="Prometheus has got no answer from this instance of {{ $labels.job }} "
            "for five minutes.",
        ),
        errors=Alert(
            f"{prefix}Errors",
            expr=f"{errors}\n  / ({requests} > {least})\n  > {number(limits.errors)}",
            for_="5m",
            severity=critical,
            summary=f"Requests to {job} fail",
            description="{{ $value | humanizePercentage }} of the requests are answered with a "
            "server error.",
        ),
        slow=Alert(
            f"{prefix}Slow",
            expr=f"histogram_quantile(0.95, {buckets}) > {number(limits.seconds)}"
            f"\n  and {answered} > {least}",
            for_="10m",
            keep_firing_for="5m",
            severity=warning,
            summary=f"Requests to {job} take long",
            description="One request in twenty takes longer than {{ $value | humanizeDuration }}.",
        ),
        workers_busy=Alert(
            f"{prefix}WorkersBusy",
            expr=f'http_workers_busy{{job="{job}"}} / http_workers{{job="{job}"}}'
            f" > {number(limits.workers)}",
            for_="10m",
            severity=warning,
            summary="The workers of {{ $labels.instance }} are busy",
            description="{{ $value | humanizePercentage }} of the workers handle a request; when "
            "all do, requests wait in line.",
        ),
    )
