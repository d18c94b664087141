"""A panel's legend names a label that what its query returns does not have.

Grafana then shows a name without that part, and lines that cannot be told apart. The label was
dropped by an aggregation, or is none of those that were declared or recorded.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    board = Dashboard("orders", title="Orders", rows=[Row("Traffic", [panel.TimeSeries("Requests",
        [Query("sum by (code) (rate(requests_total[5m]))", legend="{{instance}}")],
        key="requests", unit="reqps")])])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    board = Dashboard("orders", title="Orders", rows=[Row("Traffic", [panel.TimeSeries("Requests",
        [Query("sum by (code) (rate(requests_total[5m]))", legend="{{code}}")],
        key="requests", unit="reqps")])])
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, Origin, PyPlace
from giggamon_compiler.promql.labels.result import NAME, Result
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "warning"
WHOLE = True

# As Grafana reads it (`renderLegendFormat` of its Prometheus library).
_LABEL = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each label of a legend can be there."""
    legend = query.target.legend if query.target is not None else None
    if not legend or "{{" not in legend or query.analysis is None:
        return
    for label in dict.fromkeys(_LABEL.findall(legend)):
        result = next(
            (
                it.result
                for it in (query.analysis, query.seen)
                if it is not None and _is_absent(it.result, label)
            ),
            None,
        )
        if result is not None:
            yield _finding(query, label, result)


def _is_absent(result: Result, label: str) -> bool:
    facts = result.facts(label)
    return bool(facts) and all(fact.presence == "absent" for fact in facts)


def _finding(query: ProgramQuery, label: str, result: Result) -> Finding:
    names = {name for branch in result.branches for name in branch.names} - {NAME}
    kept = sorted(name for name in names if not _is_absent(result, name))
    near = get_close_matches(label, kept, 1)
    advice = f"did you mean {near[0]}?" if near else f"have the query keep {label}, or "
    if not near:
        advice += f"name {' and '.join(kept)}" if 0 < len(kept) < 4 else "leave it out"
    return Finding(
        "legend-label",
        f"{query.name} names {label} in a legend, and no series of its query has that label",
        _place(query.query.origin),
        advice,
        query.subject,
        "warning",
        query.notes(result.facts(label)[0].why),
    )


def _place(origin: Origin) -> Origin:
    """The legend that stands beside an expression."""
    if isinstance(origin, PyPlace) and origin.path:
        return PyPlace(origin.made, (*origin.path[:-1], "legend"))
    return origin
