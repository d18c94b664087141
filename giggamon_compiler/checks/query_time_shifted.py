"""A rule reads samples of a time to come, or always those of one moment.

A rule is evaluated now. A negative `offset` asks for samples that do not exist yet: a window that
ends later holds less than it says, and an instant later than five minutes holds nothing. `@` binds
a selector to one moment, so that the rule tells the same for ever. Both are made for a query that
somebody looks at. A group with a `query_offset` is evaluated in the past and may look ahead.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr='orders_queue_depth{job="orders"} offset -1h > 5')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr='orders_queue_depth{job="orders"} offset 1h > 5')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.nodes import Expr, SubqueryExpr, VectorSelector
from giggamon_compiler.promql.walk import children
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

_Shifted = VectorSelector | SubqueryExpr


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """No selector of a rule looks ahead, and none at one moment."""
    text = query.query.text
    if query.rule is None or not ("@" in text or "offset" in text.lower()):
        return
    if query.parsed.tree is None:
        return
    delayed = query.group is not None and query.group.query_offset is not None
    # Each node with how far back its own time is, and whether it is evaluated over a range.
    waiting: list[tuple[Expr, int, bool]] = [(query.parsed.tree, 0, False)]
    while waiting:
        node, back, ranged = waiting.pop()
        if isinstance(node, _Shifted):
            if node.at is not None:
                if isinstance(node.at.time, float) or not ranged:
                    yield _pinned(query, node)
                continue  # what is inside is relative to that moment
            back += node.offset.milliseconds if node.offset is not None else 0
            if back < 0 and not delayed:
                yield _ahead(query, node)
                continue
        inside = ranged or isinstance(node, SubqueryExpr)
        waiting += [(child, back, inside) for child in reversed(children(node))]


def _pinned(query: ProgramQuery, node: _Shifted) -> Finding:
    assert node.at is not None, "checked before"
    start = query.query.text.rindex("@", node.start, node.at.end)
    if isinstance(node.at.time, float):
        said = "reads samples of one moment, the same at every evaluation"
        advice = "leave out @; to compare with an earlier time, use offset"
    else:
        said = "is evaluated at one time, so its start and its end are that time"
        advice = f"leave out {query.query.text[start : node.at.end]}"
    origin = query.origin(start, node.at.end)
    message = f"{query.name} {said}"
    return Finding("query-time-shifted", message, origin, advice, query.subject, "warning")


def _ahead(query: ProgramQuery, node: _Shifted) -> Finding:
    text = query.query.text
    if node.offset is not None:
        start = text.lower().rindex("offset", node.start, node.offset.start)
        origin = query.origin(start, node.offset.end)
        advice = f"leave it out, or look back: offset {node.offset.text.lstrip('+- ')}"
    else:  # a subquery around it looks ahead, which was said of that one
        origin, advice = query.span(node), "look back instead"
    return Finding(
        "query-time-shifted",
        f"{query.name} reads samples of a time that has not come when it is evaluated",
        origin,
        advice,
        query.subject,
    )
