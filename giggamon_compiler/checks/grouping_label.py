"""A label of `by` or `without` that none of the series can have.

`by (x)` keeps a label that is there, and says nothing where there is none: the groups are then
fewer than the query reads, and `x` is missing in every message. `without (x)` of such a label takes
nothing away, which is a warning.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    total = Record("job:requests:rate5m", expr='''
        sum by (job, instance) (sum by (job, code) (rate(http_requests_total[5m])))''')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    total = Record("job:requests:rate5m", expr='''
        sum by (job) (sum by (job, code) (rate(http_requests_total[5m])))''')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.labels.result import NAME, Why
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    Call,
    Expr,
    Label,
    MatrixSelector,
    VectorSelector,
)
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

# The most frequent functions; they take one vector, and leave its labels but the name.
_KEEPING = frozenset({"delta", "increase", "irate", "rate"})


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """What is grouped by can be there."""
    for node in query.each(AggregateExpr):
        if node.grouping is None or not node.grouping.labels:
            continue
        if _can_have_any(query, node.expr, frozenset(it.name for it in node.grouping.labels)):
            continue
        if query.analysis is None:
            return
        inner = query.analysis.of(node.expr)
        for label in node.grouping.labels:
            facts = inner.facts(label.name)
            if facts and all(fact.presence == "absent" for fact in facts):
                yield _finding(query, node, label, facts[0].why)


def _can_have_any(query: ProgramQuery, node: Expr, names: frozenset[str]) -> bool:
    """Whether series plainly can have all these labels: `rate(x{…}[5m])`. A cheap question."""
    if isinstance(node, Call) and node.func in _KEEPING:
        node = node.args[0]
    if isinstance(node, MatrixSelector):
        node = node.selector
    if not isinstance(node, VectorSelector) or query.reading.is_known(node.name):
        return False
    pinned = all(it.name not in names or (it.op == "=" and it.value) for it in node.matchers)
    return pinned and NAME not in names


def _finding(
    query: ProgramQuery, node: AggregateExpr, label: Label, why: tuple[Why, ...]
) -> Finding:
    assert node.grouping is not None, "the caller has looked"
    rest = [it.name for it in node.grouping.labels if it is not label]
    word = "without" if node.grouping.without else "by"
    if node.grouping.without:
        effect = "so without takes nothing away"
        advice = f"leave it out: {word} ({', '.join(rest)})" if rest else f"leave out {word}"
    else:
        effect = "so by cannot keep it"
        advice = f"{_way(query, label.name, why)}, or leave it out"
        advice += f": {word} ({', '.join(rest)})" if rest else ""
    return Finding(
        "grouping-label",
        f"{query.name} groups {word} {label.name}, which none of the series can have, {effect}",
        query.span(label),
        advice,
        query.subject,
        "warning" if node.grouping.without else query.level(why),
        query.notes(why),
    )


def _way(query: ProgramQuery, label: str, why: tuple[Why, ...]) -> str:
    """What to change, so that series have the label."""
    source = why[-1].query if why else None
    if source is not None and source not in query.reading.recordings:
        return f"add {label} to the labels that {source} is declared with"
    return f"keep {label} further in"
