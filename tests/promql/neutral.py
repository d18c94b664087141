"""What an expression means, in a form that our tree and the real engine's answer both turn into.

Nested tuples that begin with the kind of node; no spans, no spelling. `of_answer` reads what
`/api/v1/parse_query` answers (Prometheus 3), `of_tree` our nodes. Only what both parsers say in
different words is made equal: a sign on a number is the number's, a clause that says what holds
without it is none (as is one of no labels beside a scalar), and a name is the matcher `__name__`,
wherever it is written.
"""

from __future__ import annotations

import math
import re
from typing import Any, TypeAlias

from giggamon_compiler.promql import nodes

# kind, then texts, numbers, lists and nodes; the same shape on both sides for each kind.
Neutral: TypeAlias = tuple[Any, ...]

# Where nodes stand in a node; those of a call are in a tuple of their own.
_CHILDREN = {
    "subquery": (1,),
    "aggregation": (2, 3),
    "binary": (3, 4),
    "unary": (2,),
    "paren": (1,),
}
SCALAR_CALLS = frozenset({"pi", "scalar", "time"})
ONE_TO_ONE = (False, (), "one-to-one", ())


def of_tree(expr: nodes.Expr) -> Neutral:
    """The meaning of our tree."""
    match expr:
        case nodes.NumberLiteral():
            return ("number", _number(expr.value))
        case nodes.StringLiteral():
            return ("string", _as_json(expr.value))
        case nodes.VectorSelector():
            return ("vector", *_selector(expr))
        case nodes.MatrixSelector():
            return ("matrix", *_selector(expr.selector), expr.range.milliseconds)
        case nodes.SubqueryExpr():
            step = expr.step.milliseconds if expr.step else 0
            offset = expr.offset.milliseconds if expr.offset else 0
            return (
                "subquery",
                of_tree(expr.expr),
                expr.range.milliseconds,
                step,
                offset,
                _at(expr.at),
            )
        case nodes.Call():
            return ("call", expr.func, tuple(map(of_tree, expr.args)))
        case nodes.AggregateExpr():
            by = expr.grouping
            return (
                "aggregation",
                expr.op,
                of_tree(expr.param) if expr.param else None,
                of_tree(expr.expr),
                by.without if by else False,
                _names(by.labels) if by else (),
            )
        case nodes.BinaryExpr():
            sides = (of_tree(expr.lhs), of_tree(expr.rhs))
            matches = not any(map(_is_scalar, sides))
            matching = _our_matching(expr.matching) if matches else None
            return ("binary", expr.op, expr.bool, *sides, matching)
        case nodes.UnaryExpr():
            return _signed(expr.op, of_tree(expr.expr))
        case nodes.ParenExpr():
            return ("paren", of_tree(expr.expr))


def of_answer(node: dict[str, Any]) -> Neutral:
    """The meaning of a node of the engine's answer."""
    kind = node["type"]
    if kind == "numberLiteral":
        return ("number", _number(float(node["val"])))
    if kind == "stringLiteral":
        return ("string", node["val"])
    if kind == "vectorSelector":
        return ("vector", *_answered_selector(node))
    if kind == "matrixSelector":
        return ("matrix", *_answered_selector(node), node["range"])
    if kind == "subquery":
        times = (node["range"], node["step"], node["offset"], _answered_at(node))
        return ("subquery", of_answer(node["expr"]), *times)
    if kind == "call":
        return ("call", node["func"]["name"], tuple(map(of_answer, node["args"])))
    if kind == "aggregation":
        param = of_answer(node["param"]) if node["param"] else None
        grouping = (node["without"], tuple(node["grouping"]))
        return ("aggregation", node["op"], param, of_answer(node["expr"]), *grouping)
    if kind == "binaryExpr":
        sides = (of_answer(node["lhs"]), of_answer(node["rhs"]))
        matching = _answered_matching(node["matching"])
        return ("binary", node["op"], node["bool"], *sides, matching)
    if kind == "unaryExpr":
        return _signed(node["op"], of_answer(node["expr"]))
    if kind == "parenExpr":
        return ("paren", of_answer(node["expr"]))
    raise ValueError(f"{kind}: a kind of node that the engine has and this module does not know")


def _number(value: float) -> str:
    """A number as text, so that NaN equals NaN and 0 is not -0."""
    return "nan" if math.isnan(value) else repr(value)


def _signed(op: str, inner: Neutral) -> Neutral:
    """A sign before an expression; before a number it is part of the number, as in the engine."""
    if inner[0] == "number":
        return ("number", _number(-float(inner[1]))) if op == "-" else inner
    return ("unary", op, inner)


def _is_scalar(node: Neutral) -> bool:
    """Whether the node is a number at each time, and no vector."""
    if node[0] == "binary":
        return _is_scalar(node[3]) and _is_scalar(node[4])
    if node[0] in ("unary", "paren"):
        return _is_scalar(node[-1])
    return node[0] == "number" or (node[0] == "call" and node[1] in SCALAR_CALLS)


def _as_json(text: str) -> str:
    """A text as JSON can carry it: a byte that is no UTF-8 becomes a replacement character."""
    return re.sub("[\udc80-\udcff]", "\N{REPLACEMENT CHARACTER}", text)


def _selector(selector: nodes.VectorSelector) -> Neutral:
    matchers = [(_as_json(m.name), m.op, _as_json(m.value)) for m in selector.matchers]
    if selector.name is not None:
        matchers.append(("__name__", "=", _as_json(selector.name)))
    offset = selector.offset.milliseconds if selector.offset else 0
    return (tuple(sorted(matchers)), offset, _at(selector.at))


def _answered_selector(node: dict[str, Any]) -> Neutral:
    matchers = sorted((m["name"], m["type"], m["value"]) for m in node["matchers"])
    return (tuple(matchers), node["offset"], _answered_at(node))


def _at(at: nodes.At | None) -> int | str | None:
    """Milliseconds since 1970, "start", "end"."""
    if at is None:
        return None
    if isinstance(at.time, str):
        return at.time
    # Half away from zero, as Go rounds; what is too large becomes the smallest number there.
    rounded = int(math.copysign(math.floor(abs(at.time) * 1000 + 0.5), at.time))
    return rounded if abs(rounded) < 2**63 else -(2**63)


def _answered_at(node: dict[str, Any]) -> int | str | None:
    at: int | str | None = node["startOrEnd"] or node["timestamp"]
    return at


def _names(labels: tuple[nodes.Label, ...]) -> tuple[str, ...]:
    return tuple(_as_json(label.name) for label in labels)


def _our_matching(matching: nodes.Matching | None) -> Neutral | None:
    if matching is None:
        return None
    clause = (matching.on, _names(matching.labels), matching.card, _names(matching.include))
    return _matching(clause)


def _answered_matching(matching: dict[str, Any] | None) -> Neutral | None:
    if matching is None:
        return None
    clause = (matching["on"], matching["labels"], matching["card"], matching["include"])
    return _matching((clause[0], tuple(clause[1]), clause[2], tuple(clause[3])))


def _matching(clause: Neutral) -> Neutral | None:
    """None for what holds without a clause; the operator says whether it is many-to-many."""
    card = "one-to-one" if clause[2] == "many-to-many" else clause[2]
    stated = (clause[0], clause[1], card, clause[3])
    return None if stated == ONE_TO_ONE else stated


def as_printed(node: Neutral) -> Neutral:
    """The meaning without what Prometheus 2.42 loses when it prints.

    It leaves out `ignoring () group_left ()` and `__name__=""`, and writes Inf as +Inf, where the
    sign is that of the whole of `+Inf ^ 2`.
    """
    parts = list(node)
    for place in _CHILDREN.get(node[0], ()):
        parts[place] = as_printed(node[place]) if node[place] else None
    if node[0] == "call":
        parts[2] = tuple(map(as_printed, node[2]))
    if node[0] in ("vector", "matrix"):
        parts[1] = tuple(matcher for matcher in node[1] if matcher != ("__name__", "=", ""))
    if node[0] == "binary" and node[5] and node[5][:2] == (False, ()):
        parts[5] = None
    if node[:2] == ("unary", "+") and _begins_with_infinity(node[2]):
        return as_printed(node[2])
    return tuple(parts)


def _begins_with_infinity(node: Neutral) -> bool:
    return bool(node[:2] == ("binary", "^") and node[3] == ("number", "inf"))
