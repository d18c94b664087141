"""A part of a query is of the wrong type: an instant vector where a range vector is needed.

Prometheus refuses most of these with the whole rule file. A range vector or a string as a rule it
takes, and the rule then fails at every evaluation.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=warning,
        expr='rate(http_requests_total{code="500"}) > 1')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=warning,
        expr='rate(http_requests_total{code="500"}[5m]) > 1')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

_TYPES = "see https://prometheus.io/docs/prometheus/latest/querying/basics/"


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each part is of the type that is needed where it stands, and the whole is one for a rule."""
    for problem in query.problems:
        if problem.kind == "type":
            yield Finding(
                "promql-type",
                f"{query.name}: {problem.message}",
                query.span(problem),
                problem.help or _TYPES,
                query.subject,
            )
