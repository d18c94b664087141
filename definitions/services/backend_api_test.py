"""What the backend's alerts must and must not do."""

from definitions.services.backend_api import (
    availability,
    errors_in_log,
    errors_logged,
    http_alerts,
    http_limits,
    pattern_in_log,
    patterns_logged,
    pool_exhausted,
    pool_refuses,
    pool_used,
    queries_slow,
    query_seconds,
    queue_alerts,
    queue_limits,
    traffic,
    traffic_limits,
)
from giggamon_compiler import AlertTest, library

http = library.http_service.incidents("backend-api", http_limits, http_alerts)
queue = library.queue.incidents("backend-api", queue_limits, queue_alerts)
seasons = library.seasonal.incidents(
    'http_requests_total{job="backend-api",code="200"}',
    ['http_requests_total{job="other",code="200"}'],
    traffic_limits,
    traffic,
)
budget = library.objective.incidents(
    availability,
    good='http_requests_total{job="backend-api",code="200"}',
    bad='http_requests_total{job="backend-api",code="503"}',
    others=['http_requests_total{job="other",code="503"}'],
)

_in_use, _size = "sqlalchemy_pool_checked_out", "sqlalchemy_pool_size"
pool = AlertTest(  # the second instance is just short of it, the third has it too briefly
    pool_exhausted,
    series={
        **{
            f'{_size}{{job="{job}",instance="{it}"}}': "1000x40"
            for job, it in (
                ("backend-api", "a"),
                ("backend-api", "b"),
                ("backend-api", "c"),
                ("other", "d"),
            )
        },
        f'{_in_use}{{job="backend-api",instance="a"}}': f"1x9 {pool_used * 1000 + 1}x30",
        f'{_in_use}{{job="backend-api",instance="b"}}': f"1x9 {pool_used * 1000}x30",
        f'{_in_use}{{job="backend-api",instance="c"}}': f"1x9 {pool_used * 1000 + 1}x4 1x25",
        f'{_in_use}{{job="other",instance="d"}}': "1000x40",
    },
    quiet=["14m"],
    fires={"15m": [{"job": "backend-api", "instance": "a"}]},
)
pool_waits = library.shapes.pace(
    pool_refuses,
    series='sqlalchemy_pool_timeouts_total{job="backend-api"}',
    others=['sqlalchemy_pool_timeouts_total{job="other"}'],
    limit=1,
    window=5,
)
queries = library.shapes.quantile(
    queries_slow,
    series='sqlalchemy_query_duration_seconds{job="backend-api",operation="select"}',
    others=['sqlalchemy_query_duration_seconds{job="other",operation="select"}'],
    of=0.95,
    limit=query_seconds,
    window=5,
    labels={"operation": "select"},
)
log = library.shapes.pace(
    errors_in_log,
    series='log_events_total{job="backend-api",level="error"}',
    others=[
        'log_events_total{job="backend-api",level="info"}',
        'log_events_total{job="other",level="error"}',
    ],
    limit=errors_logged * 60,
    window=10,
)
critical_in_log = library.shapes.pace(
    errors_in_log,
    series='log_events_total{job="backend-api",level="critical"}',
    limit=errors_logged * 60,
    window=10,
)
deadlocks = library.shapes.pace(
    pattern_in_log,
    series='log_patterns_total{job="backend-api",pattern="deadlock"}',
    others=[
        'log_patterns_total{job="backend-api",pattern="refused"}',
        'log_patterns_total{job="other",pattern="deadlock"}',
    ],
    limit=patterns_logged / 15,
    window=15,
    labels={"pattern": "deadlock"},
)
other_patterns = [
    test
    for pattern in ("out-of-memory", "disk-full")
    for test in library.shapes.pace(
        pattern_in_log,
        series=f'log_patterns_total{{job="backend-api",pattern="{pattern}"}}',
        limit=patterns_logged / 15,
        window=15,
        labels={"pattern": pattern},
    ).values()
]
