"""Orders: takes rental orders and confirms them."""

from definitions.policy import critical, warning
from definitions.teams import commerce
from giggamon_compiler import (
    SLO,
    Alert,
    Dashboard,
    Query,
    Ratio,
    Row,
    Scrape,
    Service,
    block,
    metric,
    panel,
)

service = Service(
    "orders",
    team=commerce,
    scrape=Scrape("orders", targets=["orders:8000"]),
    depends_on=["payments"],
)

requests = metric.Counter(
    "http_requests_total",
    help="Requests answered",
    labels={"code": ["200", "404", "500"]},
    signal="requests",
    errors='code=~"5.."',
)
duration = metric.Histogram(
    "http_request_duration_seconds",
    help="Time from a request's first byte to its answer",
    buckets=["0.1", "0.25", "0.5", "1", "2.5"],
    signal="duration",
)
queue = metric.Gauge(
    "orders_queue_depth", help="Orders waiting to be confirmed", signal="saturation"
)

availability = SLO(
    "availability",
    objective=99.9,
    window="30d",
    fast=critical,
    slow=warning,
    sli=Ratio(
        bad='http_requests_total{job="orders",code=~"5.."}',
        total='http_requests_total{job="orders"}',
    ),
)

down = Alert(
    "OrdersDown",
    expr='up{job="orders"} == 0 or absent(up{job="orders"})',
    severity=critical,
    summary="Orders cannot be taken",
    description="Prometheus gets no answer from {{ $labels.job }}.",
)

backlog = Alert(
    "OrdersBacklogGrowing",
    expr='deriv(orders_queue_depth{job="orders"}[30m]) * 60 > 5',
    for_="30m",
    severity=warning,
    summary="Orders arrive faster than they are handled",
    description="{{ $value | humanize }} more orders wait each minute on {{ $labels.instance }}.",
)

slow = Alert(
    "OrdersSlow",
    expr="""
        histogram_quantile(0.95,
          sum by (le) (rate(http_request_duration_seconds_bucket{job="orders"}[5m]))) > 1
    """,
    for_="10m",
    keep_firing_for="5m",
    severity=warning,
    summary="Customers wait when they order",
    description="One request in twenty takes longer than {{ $value | humanizeDuration }}.",
)

dashboard = Dashboard(
    "orders",
    title="Orders",
    rows=[
        *block.slo(availability),
        Row(
            "Traffic",
            [
                panel.TimeSeries(
                    "Requests by code",
                    [
                        Query(
                            'sum by (code) (rate(http_requests_total{job="orders"}'
                            "[$__rate_interval]))",
                            legend="{{code}}",
                        )
                    ],
                    key="requests",
                    unit="reqps",
                ),
                panel.TimeSeries(
                    "Time to answer",
                    [
                        Query(
                            "histogram_quantile(0.95, sum by (le) (rate("
                            'http_request_duration_seconds_bucket{job="orders"}'
                            "[$__rate_interval])))",
                            legend="95 % of requests",
                        ),
                        Query(
                            "histogram_quantile(0.5, sum by (le) (rate("
                            'http_request_duration_seconds_bucket{job="orders"}'
                            "[$__rate_interval])))",
                            legend="half of the requests",
                        ),
                    ],
                    key="duration",
                    unit="s",
                    threshold=slow,
                ),
            ],
        ),
        Row(
            "Queue",
            [
                panel.Stat(
                    "Waiting now",
                    [Query('sum(orders_queue_depth{job="orders"})', legend="orders")],
                    key="queue-depth",
                    unit="short",
                ),
                panel.TimeSeries(
                    "Queue growth",
                    [
                        Query(
                            'deriv(orders_queue_depth{job="orders"}[30m]) * 60',
                            legend="{{instance}}",
                        )
                    ],
                    key="queue-growth",
                    unit="orders/min",
                    threshold=backlog,
                ),
            ],
        ),
    ],
)
