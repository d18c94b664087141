"""A query cannot be read.

Prometheus refuses a whole rule file for one expression that it cannot read, and a panel of a board
stays empty.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=warning,
        expr='sum(rate(http_requests_total{code="500"}[5m]) by (job) > 1')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=warning,
        expr='sum(rate(http_requests_total{code="500"}[5m])) by (job) > 1')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

_GRAMMAR = "see https://prometheus.io/docs/prometheus/latest/querying/basics/"


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """The text is PromQL."""
    for problem in query.problems:
        if problem.kind == "syntax":
            yield Finding(
                "promql-syntax",
                f"{query.name}: {problem.message}",
                query.span(problem),
                problem.help or _GRAMMAR,
                query.subject,
            )
