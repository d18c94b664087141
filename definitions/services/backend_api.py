"""Backend API: answers the frontend and the partners, and writes what they want to the database."""

from definitions.policy import critical, info, warning
from definitions.teams import web
from giggamon_compiler import (
    SLO,
    Alert,
    Query,
    Ratio,
    Scrape,
    Service,
    library,
    metric,
    panel,
)

# What is too much -------------------------------------------------------------------------------

http_limits = library.http_service.Limits(
    errors=0.05,  # a fifth of the customers meets it within four clicks
    seconds=1,  # beyond it customers click a second time
    least=1,  # at night there are three requests a second
)
queue_limits = library.queue.Limits(
    seconds=300,  # a mail that confirms an order may take five minutes
    failures=0.1,  # a mail server that is busy refuses some; they are tried again
    least=0.05,  # three jobs a minute
)
traffic_limits = library.seasonal.Limits(
    least=1800,  # a request a second: the quietest half hour has three times as many
    collapsed=0.2,  # a campaign that ends halves it
    low=0.5,
    high=3,  # the machines were bought for four times the usual traffic
)
pool_used = 0.9  # a pool holds 20 connections: two are left
query_seconds = 0.5  # half of what a whole request may take
errors_logged = 0.2  # twelve a minute; on a quiet day there are two
patterns_logged = 2  # in a quarter of an hour; one is an accident
pool_waits = 1  # a minute; each of them was answered with an error

# What runs, and what it shows -------------------------------------------------------------------

service = Service(
    "backend-api",
    team=web,
    scrape=Scrape("backend-api", targets=["backend-api-1:8000", "backend-api-2:8000"]),
    depends_on=["mysql", "redis", "orders", "payments"],
)

http = library.http_service.metrics(
    routes=["/search", "/items/<id>", "/basket", "/orders", "/login"],
    codes=["200", "302", "400", "404", "500", "503"],
)
jobs = library.queue.metrics(queues=["mails", "invoices", "search-index"])

pool_size = metric.Gauge(
    "sqlalchemy_pool_size", help="Connections to the database that the pool may hold"
)
pool_in_use = metric.Gauge(
    "sqlalchemy_pool_checked_out",
    help="Connections to the database that a request holds at this moment",
    signal="saturation",
)
pool_timeouts = metric.Counter(
    "sqlalchemy_pool_timeouts_total",
    help="Requests that got no connection to the database in time",
)
queries = metric.Histogram(
    "sqlalchemy_query_duration_seconds",
    help="Time from a statement's begin to its last row",
    buckets=["0.01", "0.05", "0.1", "0.5", "1", "5"],
    labels={"operation": ["select", "insert", "update", "delete"]},
)
logged = metric.Counter(
    "log_events_total",
    help="Lines written to the log; every level exists from the start",
    labels={"level": ["debug", "info", "warning", "error", "critical"]},
)
patterns = metric.Counter(
    "log_patterns_total",
    help="Lines of the log that a known pattern matches; every pattern exists from the start",
    labels={"pattern": ["deadlock", "out-of-memory", "disk-full", "certificate", "refused"]},
)

# What must hold ---------------------------------------------------------------------------------

availability = SLO(
    "availability",
    objective=99.9,
    window="30d",
    fast=critical,
    slow=warning,
    sli=Ratio(
        bad='http_requests_total{job="backend-api",code=~"5.."}',
        total='http_requests_total{job="backend-api"}',
    ),
)

http_alerts = library.http_service.alerts(
    "Backend", "backend-api", http_limits, critical=critical, warning=warning
)
queue_alerts = library.queue.alerts(
    "Backend", "backend-api", queue_limits, critical=critical, warning=warning
)
traffic = library.seasonal.alerts(
    "BackendTraffic",
    'http_requests_total{job="backend-api"}',
    traffic_limits,
    record="backend:requests",
    subject="requests",
    collapsed=critical,
    low=warning,
    high=info,
)

pool_exhausted = Alert(
    "BackendDatabasePoolExhausted",
    expr=f"""
        sqlalchemy_pool_checked_out{{job="backend-api"}}
          / sqlalchemy_pool_size{{job="backend-api"}} > {pool_used}
    """,
    for_="5m",
    severity=warning,
    summary="{{ $labels.instance }} runs out of connections to the database",
    description="{{ $value | humanizePercentage }} of the pool are taken. Beyond it, requests "
    "wait for a connection.",
)

pool_refuses = Alert(
    "BackendDatabasePoolTimeouts",
    expr=f"""
        sum(rate(sqlalchemy_pool_timeouts_total{{job="backend-api"}}[5m])) * 60 > {pool_waits}
    """,
    for_="2m",
    severity=critical,
    summary="Requests get no connection to the database",
    description="{{ $value | humanize }} requests a minute wait in vain.",
)

queries_slow = Alert(
    "BackendQueriesSlow",
    expr=f"""
        histogram_quantile(0.95,
          sum by (operation, le) (
            rate(sqlalchemy_query_duration_seconds_bucket{{job="backend-api"}}[5m])))
          > {query_seconds}
    """,
    for_="10m",
    severity=warning,
    summary="The database answers slowly",
    description="One {{ $labels.operation }} in twenty takes longer than "
    "{{ $value | humanizeDuration }}.",
)

errors_in_log = Alert(
    "BackendLogsErrors",
    expr=f"""
        sum(rate(log_events_total{{job="backend-api",level=~"error|critical"}}[10m]))
          > {errors_logged}
    """,
    for_="10m",
    severity=warning,
    summary="The backend writes many errors to its log",
    description="{{ $value | humanize }} lines a second are of level error or critical.",
)

pattern_in_log = Alert(
    "BackendLogPattern",
    expr=f"""
        sum by (pattern) (increase(
          log_patterns_total{{job="backend-api",pattern=~"deadlock|out-of-memory|disk-full"}}[15m]))
          > {patterns_logged}
    """,
    severity=warning,
    summary="The backend's log tells of {{ $labels.pattern }}",
    description="{{ $value | humanize }} lines in a quarter of an hour.",
)

# What is looked at ------------------------------------------------------------------------------

http_panels = library.http_service.panels("backend-api", http_alerts)
traffic_panels = library.seasonal.panels("Requests", "traffic", traffic)
queue_panels = library.queue.panels("backend-api", queue_alerts)

pool_panel = panel.TimeSeries(
    "Connections to the database in use",
    [
        Query(
            'sqlalchemy_pool_checked_out{job="backend-api"} / '
            'sqlalchemy_pool_size{job="backend-api"}',
            legend="{{instance}}",
        )
    ],
    key="pool-used",
    unit="percentunit",
    min=0,
    max=1,
    description="At 100 % a request waits until another one gives its connection back.",
    signal="saturation",
    threshold=pool_exhausted,
)
timeouts_panel = panel.TimeSeries(
    "Requests that got no connection",
    [
        Query(
            'sum(rate(sqlalchemy_pool_timeouts_total{job="backend-api"}[$__rate_interval])) * 60',
            legend="requests",
        )
    ],
    key="pool-timeouts",
    unit="requests/min",
    min=0,
    description="Each of them was answered with an error.",
    signal="errors",
    threshold=pool_refuses,
)
queries_panel = panel.TimeSeries(
    "Time of the slowest twentieth of the statements",
    [
        Query(
            "histogram_quantile(0.95, sum by (operation, le) (rate("
            'sqlalchemy_query_duration_seconds_bucket{job="backend-api"}[$__rate_interval])))',
            legend="{{operation}}",
        )
    ],
    key="queries",
    unit="s",
    min=0,
    description="Nineteen of twenty statements end within this time.",
    signal="duration",
    threshold=queries_slow,
)
log_panel = panel.TimeSeries(
    "Lines in the log by level",
    [
        Query(
            'sum by (level) (rate(log_events_total{job="backend-api"}[$__rate_interval]))',
            legend="{{level}}",
        )
    ],
    key="log-levels",
    unit="logs/s",
    min=0,
    description="What each line says is in Kibana.",
    signal="errors",
)
patterns_panel = panel.TimeSeries(
    "Known patterns in the log",
    [
        Query(
            'sum by (pattern) (increase(log_patterns_total{job="backend-api"}[15m]))',
            legend="{{pattern}}",
        )
    ],
    key="log-patterns",
    unit="short",
    min=0,
    description="Lines in a quarter of an hour.",
    signal="errors",
    threshold=pattern_in_log,
)
