"""An alert compares nothing, so it fires whatever the value is.

Prometheus fires for every series that an alert's expression returns, and looks at no value: 0 fires
like any other. What keeps quiet is what returns nothing, so an expression ends with a comparison,
or with `absent`, or takes away what is well by `unless`. Where no value is computed and the alert
fires because a series is there at all, that may be meant: then it is a warning, and `count(…) > 0`
says it in so many words.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr='deriv(orders_queue_depth{job="orders"}[30m]) * 60')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr='deriv(orders_queue_depth{job="orders"}[30m]) * 60 > 5')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.conditions import Condition, unwrap
from giggamon_compiler.promql.nodes import BinaryExpr, Expr
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"

_SHOWN = 60


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each operand of `or` leaves something out by what its values are."""
    if query.alerts_on is None or query.alerts_on > Condition.PRESENCE:
        return
    if query.alerts_on is Condition.NONE or any(it.bool for it in query.each(BinaryExpr)):
        return  # it always fires, which is said of it, or is no alert on any series at all
    assert query.parsed.tree is not None, "else nothing is known of its condition"
    branches = list(_branches(query.parsed.tree))
    for branch in branches:
        condition = query.conditions[id(branch)]
        if condition <= Condition.PRESENCE:
            yield _finding(query, branch, condition, whole=len(branches) == 1)


def _finding(query: ProgramQuery, branch: Expr, condition: Condition, whole: bool) -> Finding:
    text = query.text(branch)
    if whole:
        said = f"{query.name} compares nothing"
    else:
        said = f"{query.name} compares nothing in one operand of or"
    bound = isinstance(branch, BinaryExpr) and branch.op == "and"
    compared = f"({text}) > 0" if bound else f"{text} > 0"
    shown = compared if len(compared) <= _SHOWN and "\n" not in compared else "> 0"
    if condition is Condition.PRESENCE:
        effect = "so it fires for every series that is there, even of value 0"
        advice = f"compare it, for example {shown}; if being there is what matters, count it: "
        advice += f"count({text}) > 0" if shown != "> 0" else "count(…) > 0"
    else:
        effect = "so it fires whatever the value is"
        advice = f"end it with a threshold, for example {shown}"
    level: Level = "error" if condition < Condition.PRESENCE else "warning"
    message = f"{said}, {effect}"
    id_ = "alert-without-comparison"
    return Finding(id_, message, query.span(branch), advice, query.subject, level)


def _branches(tree: Expr) -> Iterator[Expr]:
    """The operands of the `or` that an expression is, from left to right; or the whole."""
    waiting = [tree]
    while waiting:
        branch = waiting.pop()
        node = unwrap(branch)
        if isinstance(node, BinaryExpr) and node.op == "or":
            waiting += (node.rhs, node.lhs)
        else:
            yield branch
