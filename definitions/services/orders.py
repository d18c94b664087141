"""Orders: takes rental orders and confirms them."""

from definitions.policy import critical, info, warning
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
    library,
    metric,
    panel,
)

volume_limits = library.seasonal.Limits(
    least=15,  # in half an hour; at night there are fewer, and they vary
    collapsed=0.25,  # rain halves it
    low=0.6,
    high=3,  # a campaign doubles it; beyond it look for robots
)
revenue_limits = library.seasonal.Limits(
    least=1000,  # euros in an hour: ten orders or so
    collapsed=0.2,
    low=0.5,
    high=4,  # a single large order of a film crew doubles a quiet hour
)
confirmed_least = 20  # orders in an hour
confirmed_share = 0.8  # one customer in ten thinks better of it
cancelled_share = 0.15  # usually it is one in twenty

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
placed = metric.Counter(
    "orders_placed_total",
    help="Orders that customers have placed",
    labels={"channel": ["web", "app", "partner"]},
)
confirmed = metric.Counter(
    "orders_confirmed_total",
    help="Orders that were paid and confirmed",
    labels={"channel": ["web", "app", "partner"]},
)
cancelled = metric.Counter(
    "orders_cancelled_total",
    help="Orders that were cancelled; every reason exists from the start",
    labels={"reason": ["customer", "payment", "out-of-stock"]},
)
revenue = metric.Counter(
    "orders_revenue_euros_total",
    help="Value of the orders that were confirmed",
    labels={"channel": ["web", "app", "partner"]},
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
volume = library.seasonal.alerts(
    "OrderVolume",
    'orders_placed_total{job="orders"}',
    volume_limits,
    record="orders:placed",
    subject="orders",
    collapsed=critical,
    low=warning,
    high=info,
)

earned = library.seasonal.alerts(
    "Revenue",
    'orders_revenue_euros_total{job="orders"}',
    revenue_limits,
    record="orders:revenue_euros",
    subject="euros earned",
    window="1h",
    collapsed=warning,  # what pages is that nobody orders, or that no charge is accepted
    low=warning,
    high=info,
)

unconfirmed = Alert(
    "OrdersNotConfirmed",
    expr=f"""
        sum(increase(orders_confirmed_total{{job="orders"}}[1h]))
          / (sum(increase(orders_placed_total{{job="orders"}}[1h])) > {confirmed_least})
          < {confirmed_share}
    """,
    for_="15m",
    severity=warning,
    summary="Orders are placed and not confirmed",
    description="{{ $value | humanizePercentage }} of the orders of an hour were confirmed.",
)

cancelling = Alert(
    "OrdersCancelled",
    expr=f"""
        sum by (reason) (increase(orders_cancelled_total{{job="orders"}}[1h]))
          / on () group_left () (sum(increase(orders_placed_total{{job="orders"}}[1h]))
            > {confirmed_least})
          > {cancelled_share}
    """,
    for_="15m",
    severity=info,
    summary="Many orders are cancelled for the reason {{ $labels.reason }}",
    description="{{ $value | humanizePercentage }} of the orders of an hour were cancelled for it.",
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
                    min=0,
                    description="5xx is our fault, 4xx the caller's.",
                    signal="requests",
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
                    min=0,
                    description="Confirming an order waits for the charge: compare with payments.",
                    signal="duration",
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
                    description="Orders that are taken and not yet confirmed.",
                    signal="saturation",
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
                    description="Above 0 more orders arrive than are handled.",
                    signal="saturation",
                    threshold=backlog,
                ),
            ],
        ),
        Row("Volume", library.seasonal.panels("Orders", "volume", volume)),
        Row("Revenue", library.seasonal.panels("Euros earned", "revenue", earned)),
        Row(
            "What becomes of orders",
            [
                panel.TimeSeries(
                    "Share of orders that are confirmed",
                    [
                        Query(
                            'sum(increase(orders_confirmed_total{job="orders"}[1h]))'
                            ' / sum(increase(orders_placed_total{job="orders"}[1h]))',
                            legend="confirmed",
                        )
                    ],
                    key="confirmed",
                    unit="percentunit",
                    min=0,
                    description="Of those placed in an hour. One customer in ten thinks better of "
                    "it.",
                    threshold=unconfirmed,
                ),
                panel.TimeSeries(
                    "Share of orders that are cancelled, by reason",
                    [
                        Query(
                            'sum by (reason) (increase(orders_cancelled_total{job="orders"}[1h]))'
                            " / on () group_left "
                            'sum(increase(orders_placed_total{job="orders"}[1h]))',
                            legend="{{reason}}",
                        )
                    ],
                    key="cancelled",
                    unit="percentunit",
                    min=0,
                    description="Of those placed in an hour.",
                    threshold=cancelling,
                ),
                panel.TimeSeries(
                    "Orders by channel",
                    [
                        Query(
                            'sum by (channel) (increase(orders_placed_total{job="orders"}[1h]))',
                            legend="{{channel}}",
                        )
                    ],
                    key="channels",
                    unit="short",
                    min=0,
                    description="In an hour. One channel that falls alone is that channel's fault.",
                ),
            ],
        ),
    ],
)
