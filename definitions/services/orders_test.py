"""What the orders alerts must and must not do."""

from definitions.policy import critical, warning
from definitions.services.orders import (
    availability,
    backlog,
    cancelled_share,
    cancelling,
    confirmed_least,
    confirmed_share,
    down,
    earned,
    revenue_limits,
    slow,
    unconfirmed,
    volume,
    volume_limits,
)
from definitions.teams import commerce
from giggamon_compiler import AlertTest, RouteTest, library

gone = AlertTest(
    down,
    series={
        'up{job="orders",instance="a"}': "1x5 0x5",
        'up{job="orders",instance="b"}': "1x10",
        'up{job="other",instance="c"}': "0x10",
    },
    quiet=["5m"],
    fires={"6m": [{"job": "orders", "instance": "a"}]},
    annotations={"description": "Prometheus gets no answer from orders."},
)

never_scraped = AlertTest(
    down, series={'up{job="other",instance="c"}': "1x10"}, fires={"1m": [{"job": "orders"}]}
)

growing = AlertTest(
    backlog,
    series={  # one sample a minute; a line through half an hour is not that steep at once
        'orders_queue_depth{job="orders",instance="a"}': "0x60 5.1+5.1x90",  # too fast
        'orders_queue_depth{job="orders",instance="b"}': "0x60 4.9+4.9x90",  # just below
        'orders_queue_depth{job="other",instance="c"}': "0+10x150",  # not ours
    },
    quiet=["60m", "116m"],
    fires={"120m": [{"job": "orders", "instance": "a"}]},
)

waiting = library.shapes.quantile(
    slow,
    series='http_request_duration_seconds{job="orders"}',
    others=['http_request_duration_seconds{job="other"}'],
    of=0.95,
    limit=1,
    window=5,
)

burning = AlertTest(  # 2 % of the requests fail, 20 times what the objective allows
    availability,
    severity=critical,
    series={
        'http_requests_total{job="orders",code="200"}': "0+98x120",
        'http_requests_total{job="orders",code="500"}': "0+2x120",
    },
    fires={"100m": [{}]},
)

smouldering = AlertTest(  # 0.4 %: four times what the objective allows
    availability,
    severity=warning,
    series={
        'http_requests_total{job="orders",code="200"}': "0+996x200",
        'http_requests_total{job="orders",code="500"}': "0+4x200",
    },
    fires={"180m": [{}]},
)

healthy = AlertTest(  # no error series exists at all
    availability,
    severity=critical,
    series={'http_requests_total{job="orders",code="200"}': "0+100x120"},
    quiet=["10m", "119m"],
)

idle = AlertTest(
    availability,
    severity=critical,
    series={
        'http_requests_total{job="orders",code="200"}': "100x120",
        'http_requests_total{job="orders",code="500"}': "3x120",
    },
    quiet=["10m", "119m"],
)

page = RouteTest(
    {"alertname": "OrdersDown", "service": "orders", "team": "commerce", "severity": "critical"},
    notifies=[commerce.page, commerce.chat],
)
chat = RouteTest(
    {"service": "orders", "team": "commerce", "severity": "warning"}, notifies=[commerce.chat]
)
mail = RouteTest(
    {"service": "orders", "team": "commerce", "severity": "info"}, notifies=[commerce.mail]
)

volumes = library.seasonal.incidents(
    'orders_placed_total{job="orders",channel="web"}',
    ['orders_placed_total{job="other",channel="web"}'],
    volume_limits,
    volume,
)
revenues = library.seasonal.incidents(
    'orders_revenue_euros_total{job="orders",channel="web"}',
    ['orders_revenue_euros_total{job="other",channel="web"}'],
    revenue_limits,
    earned,
)
confirming = library.shapes.share(
    unconfirmed,
    part='orders_confirmed_total{job="orders",channel="web"}',
    whole='orders_placed_total{job="orders",channel="web"}',
    others=[
        'orders_confirmed_total{job="other",channel="web"}',
        'orders_placed_total{job="other",channel="web"}',
    ],
    limit=confirmed_share,
    least=confirmed_least / 60,
    window=60,
    above=False,
)
cancellations = library.shapes.share(
    cancelling,
    part='orders_cancelled_total{job="orders",reason="out-of-stock"}',
    whole='orders_placed_total{job="orders",channel="web"}',
    others=[
        'orders_cancelled_total{job="other",reason="out-of-stock"}',
        'orders_placed_total{job="other",channel="web"}',
    ],
    limit=cancelled_share,
    least=confirmed_least / 60,
    window=60,
    labels={"reason": "out-of-stock"},
)
budget = library.objective.incidents(
    availability,
    good='http_requests_total{job="orders",code="200"}',
    bad='http_requests_total{job="orders",code="503"}',
    others=['http_requests_total{job="other",code="503"}'],
)
