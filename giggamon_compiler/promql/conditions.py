"""Whether a result depends on a condition, as an alert's must: it fires for all that is returned.

Prometheus looks at an alert's samples, not at their values: a sample of value 0 fires like any
other. So what decides is which operators leave samples out.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    StringLiteral,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.walk import walk


class Condition(IntEnum):
    """What decides whether a result is there, the weakest first.

    NONE: nothing, it is there whatever the samples are, or even without any
    VALUE: a value was computed from series that are there, and nothing looks at it
    PRESENCE: series that are there, with their values as they are or counted
    CHOSEN: the same of series that a regex chooses by a label: may well be meant
    FILTER: a comparison, `unless`, `absent`: it is there sometimes
    """

    NONE = 0
    VALUE = 1
    PRESENCE = 2
    CHOSEN = 3
    FILTER = 4


COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})

# Series that Prometheus itself keeps only as long as something fires.
_OF_ALERTS = frozenset({"ALERTS", "ALERTS_FOR_STATE"})
_ABSENCE = frozenset({"absent", "absent_over_time"})
# What has one value, and no labels to match.
_NUMBERS = frozenset({"pi", "scalar", "time"})
_CHOOSING = frozenset({"topk", "bottomk", "limitk", "limit_ratio"})
# What says how many or which series there are, and looks at no value.
_COUNTING = frozenset({"count", "group", "topk", "bottomk", "limitk", "limit_ratio"})
_KEEPING = frozenset(
    {
        "count_over_time",
        "info",
        "label_join",
        "label_replace",
        "last_over_time",
        "present_over_time",
        "sort",
        "sort_by_label",
        "sort_by_label_desc",
        "sort_desc",
    }
)
# What always has one sample, whatever its argument is.
_CONSTANT = frozenset({"pi", "scalar", "time", "vector"})
_TARGET = frozenset({"job", "instance"})

Recorded = Callable[[str], "Condition | None"]


def conditions(tree: Expr, recorded: Recorded) -> dict[int, Condition]:
    """The condition of each node, by `id(node)`; `recorded` gives that of a recorded metric.

    Children are judged before their parents, so no expression is too deep.
    """
    found: dict[int, Condition] = {}
    numbers: set[int] = set()
    for node in reversed(walk(tree)):
        if _is_number(node, numbers):
            numbers.add(id(node))
        found[id(node)] = _judge(node, found, numbers, recorded)
    return found


def condition_of(tree: Expr, recorded: Recorded) -> Condition:
    """The condition of a whole expression."""
    node = unwrap(tree)
    if isinstance(node, BinaryExpr) and node.op in COMPARISONS and not node.bool:
        return Condition.FILTER  # nearly every alert
    return conditions(tree, recorded)[id(tree)]


def unwrap(node: Expr) -> Expr:
    """An expression without the parentheses around it."""
    while isinstance(node, ParenExpr):
        node = node.expr
    return node


def _is_number(node: Expr, numbers: set[int]) -> bool:
    match node:
        case NumberLiteral():
            return True
        case Call():
            return node.func in _NUMBERS
        case ParenExpr() | UnaryExpr():
            return id(node.expr) in numbers
        case BinaryExpr():
            return id(node.lhs) in numbers and id(node.rhs) in numbers
    return False


def _judge(
    node: Expr, found: dict[int, Condition], numbers: set[int], recorded: Recorded
) -> Condition:
    match node:
        case NumberLiteral() | StringLiteral():
            return Condition.NONE
        case VectorSelector():
            return _of_selector(node, recorded)
        case MatrixSelector():
            return found[id(node.selector)]
        case SubqueryExpr():
            return _thinned(found[id(node.expr)])  # a step may be longer than the range
        case ParenExpr():
            return found[id(node.expr)]
        case UnaryExpr():
            return _computed(found[id(node.expr)])
        case AggregateExpr():
            inner = found[id(node.expr)]
            if node.op in _CHOOSING and not _chooses_some(node):
                inner = _thinned(inner)
            return inner if node.op in _COUNTING else _computed(inner)
        case Call():
            return _of_call(node, found)
        case BinaryExpr():
            both = found[id(node.lhs)], found[id(node.rhs)]
            unmatched = not {id(node.lhs), id(node.rhs)} & numbers
            return _of_operator(node, *both, unmatched)


def _computed(inner: Condition) -> Condition:
    """After something has been made of the values."""
    return inner if inner is Condition.FILTER else min(inner, Condition.VALUE)


def _thinned(inner: Condition) -> Condition:
    """After something that may leave nothing of what is always there, nobody knows when."""
    return Condition.FILTER if inner is Condition.NONE else inner


def _chooses_some(node: AggregateExpr) -> bool:
    count = node.param
    return node.op != "limit_ratio" and isinstance(count, NumberLiteral) and count.value >= 1


def _of_selector(node: VectorSelector, recorded: Recorded) -> Condition:
    if node.name in _OF_ALERTS:
        return Condition.FILTER
    known = recorded(node.name) if node.name is not None else None
    if known is Condition.FILTER:
        return known
    chosen = any(it.op == "=~" and it.name not in _TARGET for it in node.matchers)
    return Condition.CHOSEN if chosen else Condition.PRESENCE


def _of_call(node: Call, found: dict[int, Condition]) -> Condition:
    if node.func in _ABSENCE:
        return Condition.FILTER
    if node.func in _CONSTANT:
        return Condition.NONE
    vectors = [found[id(it)] for it in node.args if not isinstance(it, StringLiteral)]
    inner = max(vectors, default=Condition.NONE)
    if node.func.startswith("histogram_"):
        inner = _thinned(inner)  # of a sample that is no histogram there is nothing
    return inner if node.func in _KEEPING else _computed(inner)


def _of_operator(node: BinaryExpr, lhs: Condition, rhs: Condition, unmatched: bool) -> Condition:
    """unmatched: that neither side is a number, so that the labels of the two may differ"""
    match node.op:
        case "unless":
            return Condition.FILTER
        case "or":
            return min(lhs, rhs)
        case "and":
            both = max(lhs, rhs)
            if both is Condition.CHOSEN:
                return Condition.PRESENCE
            return _thinned(both)
    if node.op in COMPARISONS and not node.bool:
        return Condition.FILTER
    computed = _computed(max(lhs, rhs))
    return _thinned(computed) if unmatched else computed
