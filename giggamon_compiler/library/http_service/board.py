"""The panels of an HTTP service, beside those that are made from what its metrics tell."""

from __future__ import annotations

from giggamon_compiler.library.http_service.rules import Alerts
from giggamon_compiler.model.panel import Query, TimeSeries


def panels(job: str, alerts: Alerts) -> list[TimeSeries]:
    """Which of the routes it is, and how near the workers are to their end."""
    requests = f'rate(http_requests_total{{job="{job}"}}[$__rate_interval])'
    errors = f'rate(http_requests_total{{job="{job}",code=~"5.."}}[$__rate_interval])'
    buckets = f'rate(http_request_duration_seconds_bucket{{job="{job}"}}[$__rate_interval])'
    return [
        TimeSeries(
            "Requests by route",
            [Query(f"sum by (route) ({requests})", legend="{{route}}")],
            key="requests-by-route",
            unit="reqps",
            min=0,
            description="What customers ask for. One route that falls while others do not is a "
            "page or a client that no longer asks.",
            signal="requests",
        ),
        TimeSeries(
            "Share of requests that fail",
            [Query(f"sum({errors}) / sum({requests})", legend="server errors")],
            key="errors-share",
            unit="percentunit",
            min=0,
            description="Answers of 500 and above out of all answers.",
            signal="errors",
            threshold=alerts.errors,
        ),
        TimeSeries(
            "Server errors by route",
            [Query(f"sum by (route, code) ({errors})", legend="{{route}} {{code}}")],
            key="errors-by-route",
            unit="reqps",
            min=0,
            description="Where the failures come from: one route is a fault in it, all of them "
            "are what all of them need.",
            signal="errors",
        ),
        TimeSeries(
            "Time of the slowest twentieth",
            [
                Query(
                    f"histogram_quantile(0.95, sum by (le) ({buckets}))",
                    legend="95 % of the requests",
                )
            ],
            key="slowest",
            unit="s",
            min=0,
            description="Nineteen of twenty requests are answered within this time.",
            signal="duration",
            threshold=alerts.slow,
        ),
        TimeSeries(
            "Time of the slowest twentieth by route",
            [
                Query(
                    f"histogram_quantile(0.95, sum by (route, le) ({buckets}))",
                    legend="{{route}}",
                )
            ],
            key="slowest-by-route",
            unit="s",
            min=0,
            description="Which route is slow: one of them, or all.",
            signal="duration",
        ),
        TimeSeries(
            "Workers that are busy",
            [
                Query(
                    f'http_workers_busy{{job="{job}"}} / http_workers{{job="{job}"}}',
                    legend="{{instance}}",
                )
            ],
            key="workers-busy",
            unit="percentunit",
            min=0,
            max=1,
            description="At 100 % requests wait until a worker is free.",
            signal="saturation",
            threshold=alerts.workers_busy,
        ),
    ]
