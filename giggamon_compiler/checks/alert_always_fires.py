"""An alert has a comparison, or something that stands in for missing series, and always fires.

Prometheus fires for every sample that an alert's expression returns, whatever its value. With
`bool`, a comparison returns 0 where it does not hold, and 0 fires as well. `or vector(0)` returns a
sample where there would be none, so that there is always one. An expression that reads no series
at all, such as `vector(1)`, is meant to fire always: somebody is told when it stops.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr='sum(orders_queue_depth{job="orders"}) > 5 or vector(0)')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr='(sum(orders_queue_depth{job="orders"}) or vector(0)) > 5')
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.conditions import Condition, unwrap
from giggamon_compiler.promql.judgement import type_of
from giggamon_compiler.promql.nodes import BinaryExpr, Expr, VectorSelector
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

_SHOWN = 60
_BOOL = re.compile(r"^\s*bool(?:\s(?=\s)|(?=\())?", re.IGNORECASE)


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """What reads series returns nothing at times."""
    if query.alerts_on is None or query.alerts_on > Condition.VALUE:
        return
    if not query.each(VectorSelector):
        return
    if query.alerts_on is Condition.NONE:
        yield _never_empty(query)
    for compared in query.each(BinaryExpr):
        if compared.bool and not _of_numbers(query):
            yield _by_bool(query, compared)
            return


def _never_empty(query: ProgramQuery) -> Finding:
    """The operand that always has a sample, with its `or`; else the whole."""
    assert query.parsed.tree is not None, "else nothing is known of its condition"
    tree = query.parsed.tree
    constant = _substitute(query, tree)
    if constant is None:
        origin = query.span(tree)
        said = (
            f"{query.text(tree)} always has a value"
            if _short(query.text(tree))
            else ("the expression always has a value")
        )
        advice = _compared(query) if _of_numbers(query) else "compare it with a threshold"
    else:
        start, operand, rest = constant
        origin = query.origin(start, operand.end)
        said = f"{query.query.text[start : operand.end]} gives a sample when there is no other"
        if _short(query.text(rest)) and query.conditions[id(rest)] is Condition.FILTER:
            advice = f"leave it out: {query.text(rest)}"
        elif query.conditions[id(rest)] is Condition.FILTER:
            advice = "leave it out, or put it in parentheses with what is compared"
        else:
            advice = "compare the whole with a threshold: (…) > 0"
    message = f"{query.name} always fires: {said}"
    return Finding("alert-always-fires", message, origin, advice, query.subject)


def _of_numbers(query: ProgramQuery) -> bool:
    """Whether the whole is a number, which needs bool where it is compared."""
    return query.parsed.tree is not None and type_of(query.parsed.tree) == "scalar"


def _compared(query: ProgramQuery) -> str:
    """How a comparison of numbers becomes one that returns nothing at times."""
    tree = unwrap(query.parsed.tree) if query.parsed.tree is not None else None
    if isinstance(tree, BinaryExpr) and tree.bool and _short(query.text(tree)):
        rest = _without_bool(query, tree)[len(query.text(tree.lhs)) :]
        return f"compare a series: vector({query.text(tree.lhs)}){rest}"
    said = query.text(tree) if tree is not None else ""
    return f"compare a series with a threshold: vector({said if _short(said) else '…'}) > 0"


def _substitute(query: ProgramQuery, tree: Expr) -> tuple[int, Expr, Expr] | None:
    """Of the `or` that always has a sample: where it begins, the operand, and the other one."""
    for node in query.each(BinaryExpr):
        if node.op == "or" and query.conditions[id(node.rhs)] is Condition.NONE:
            return node.op_start, node.rhs, node.lhs
    return None


def _by_bool(query: ProgramQuery, compared: BinaryExpr) -> Finding:
    tree = query.parsed.tree
    assert tree is not None, "else nothing is known of its condition"
    without = _without_bool(query, compared)
    if unwrap(tree) is compared:
        advice = f"leave out bool: {without}" if _short(without) else "leave out bool"
    else:
        advice = "compare the whole: (…) > 0"
    return Finding(
        "alert-always-fires",
        f"{query.name} always fires: with bool, the comparison gives 0 where it does not hold, "
        "and 0 fires too",
        query.span(compared),
        advice,
        query.subject,
    )


def _without_bool(query: ProgramQuery, compared: BinaryExpr) -> str:
    text = query.query.text
    after = text[compared.op_start + len(compared.op) : compared.end]
    return text[compared.start : compared.op_start] + compared.op + _BOOL.sub("", after, count=1)


def _short(text: str) -> bool:
    return len(text) <= _SHOWN and "\n" not in text
