"""A quantile of buckets that have lost the label `le`.

`histogram_quantile` reads the bounds of the buckets from `le`. Series without it are left out, so
that nothing is returned. Native histograms have no such label: of what may be one, nothing is said.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    slow = Alert("OrdersSlow", severity=warning, expr='''
        histogram_quantile(0.95, sum by (job) (rate(http_request_seconds_bucket[5m]))) > 1''')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    slow = Alert("OrdersSlow", severity=warning, expr='''
        histogram_quantile(0.95, sum by (job, le) (rate(http_request_seconds_bucket[5m]))) > 1''')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.nodes import AggregateExpr, Call, Expr, VectorSelector
from giggamon_compiler.promql.walk import walk
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

# What instrumentation calls the buckets of a classic histogram, and recordings after them.
_BUCKETS = re.compile(r"_bucket(?![a-zA-Z0-9])")


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """The buckets of each quantile can have `le`."""
    for call in query.each(Call):
        if call.func != "histogram_quantile" or len(call.args) != 2 or query.analysis is None:
            continue
        buckets = call.args[1]
        facts = query.analysis.of(buckets).facts("le")
        if facts and all(fact.presence == "absent" for fact in facts) and _is_classic(buckets):
            yield Finding(
                "quantile-without-le",
                f"{query.name}: histogram_quantile returns nothing, its buckets cannot have le",
                query.span(buckets),
                _advice(query, buckets),
                query.subject,
                notes=query.notes(facts[0].why),
            )


def _is_classic(buckets: Expr) -> bool:
    """Whether everything that is read are buckets of a classic histogram, by their names."""
    names = [it.name for it in walk(buckets) if isinstance(it, VectorSelector)]
    return bool(names) and all(name is not None and _BUCKETS.search(name) for name in names)


def _advice(query: ProgramQuery, buckets: Expr) -> str:
    if isinstance(buckets, AggregateExpr):
        grouping = buckets.grouping
        if grouping is None or not grouping.without:
            kept = [it.name for it in grouping.labels] if grouping else []
            return f"keep it: {buckets.op} by ({', '.join([*kept, 'le'])}) (…)"
    return "keep le in everything that is between the buckets and the quantile"
