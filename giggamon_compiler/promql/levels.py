"""The numbers that an alert's expression compares with: levels, as they are drawn on a graph.

`and`, `or` and `unless` are looked into, and no more: what is compared within a sum is no value
that the result has. A comparison with `bool` leaves nothing out, so it is none.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from giggamon_compiler.promql.nodes import BinaryExpr, Expr, NumberLiteral, ParenExpr, UnaryExpr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk

Side = Literal["above", "below", "at", "apart"]

_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
_SETS = frozenset({"and", "or", "unless"})
_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": math.fmod,
    "^": math.pow,
}
_SIDES: Mapping[str, Side] = {
    ">": "above",
    ">=": "above",
    "<": "below",
    "<=": "below",
    "==": "at",
    "!=": "apart",
}
# What Grafana puts a time in for.
_VARIABLE = re.compile(r"\$(?:__(?:rate_)?interval|__range)\b|\$\{__(?:(?:rate_)?interval|range)\}")
# A matcher that lets a reader choose; without it a query is what was written.
_CHOICE = re.compile(r'(,\s*)?\b\w+\s*=~\s*"\$(?:\w+|\{\w+(?::\w+)?\})"(\s*,)?')
# What says where something stands, or how it is spelled, and not what it is.
_SPELLING = frozenset({"text", "quoted", "bare_end"})


@dataclass(frozen=True, slots=True)
class Level:
    """A number, what is compared with it, and the side of it that fires.

    closed: whether the number itself fires too
    """

    value: float
    side: Side
    closed: bool
    compared: Expr


def levels_of(tree: Expr) -> tuple[Level, ...]:
    """Every level of an expression, in the order of the text."""
    return tuple(_levels(tree))


def level_of(expression: str, queries: Iterable[str]) -> Level | None:
    """The level that is drawn with some queries: the only one or, of several, that of a query.

    What a query looks back over may be another time: a board has its own, and Grafana's variables.
    What a reader may choose leaves out nothing.
    """
    tree = parse(expression).tree
    chosen = levels_of(tree) if tree is not None else ()
    if len(chosen) > 1:
        every = (_CHOICE.sub(_joint, query) for query in queries)
        read = (parse(_VARIABLE.sub("5m", query)).tree for query in every)
        drawn = [it for it in read if it is not None]
        for but in (frozenset[str](), frozenset({"range"})):
            of_query = [lv for lv in chosen if any(is_same(lv.compared, it, but) for it in drawn)]
            if of_query:
                chosen = tuple(of_query)
                break
    one = {(level.value, level.side, level.closed) for level in chosen}
    return chosen[0] if len(one) == 1 else None


def _joint(choice: re.Match[str]) -> str:
    return "," if choice[1] and choice[2] else ""


def is_same(one: object, other: object, but: frozenset[str] = frozenset()) -> bool:
    """Whether two expressions are the same, wherever they stand and however they are spelled.

    but: names of fields of nodes that may differ
    """
    waiting = [(one, other)]
    while waiting:
        left, right = map(_unwrapped, waiting.pop())
        if type(left) is not type(right):
            return False
        if isinstance(left, tuple) and isinstance(right, tuple):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif is_dataclass(left) and is_dataclass(right):
            waiting += (
                (getattr(left, field.name), getattr(right, field.name))
                for field in fields(left)
                if field.name not in _SPELLING | but and not field.name.endswith(("start", "end"))
            )
        elif left != right:
            return False
    return True


def _levels(tree: Expr) -> Iterator[Level]:
    waiting: list[Expr] = [tree]
    while waiting:
        node = _unwrapped(waiting.pop())
        if not isinstance(node, BinaryExpr):
            continue
        if node.op in _SETS:
            waiting += (node.rhs, node.lhs)
        elif node.op in _MIRRORED and not node.bool:
            left, right = _number(node.lhs), _number(node.rhs)
            if left is None and right is not None and math.isfinite(right):
                yield _level(right, node.op, node.lhs)
            elif right is None and left is not None and math.isfinite(left):
                yield _level(left, _MIRRORED[node.op], node.rhs)


def _level(value: float, comparison: str, compared: Expr) -> Level:
    return Level(value, _SIDES[comparison], comparison in {">=", "<=", "=="}, compared)


def _number(expr: Expr) -> float | None:
    """What an expression of numbers comes to; None where there is more in it."""
    found: dict[int, float] = {}
    for node in reversed(walk(expr)):
        match node:
            case NumberLiteral():
                found[id(node)] = node.value
            case ParenExpr():
                found[id(node)] = found[id(node.expr)]
            case UnaryExpr():
                inner = found[id(node.expr)]
                found[id(node)] = inner if node.op == "+" else -inner
            case BinaryExpr() if node.op in _ARITHMETIC:
                try:
                    value = _ARITHMETIC[node.op](found[id(node.lhs)], found[id(node.rhs)])
                except (ArithmeticError, ValueError):
                    value = math.nan
                found[id(node)] = value
            case _:
                return None
    return found[id(expr)]


def _unwrapped(node: object) -> object:
    while isinstance(node, ParenExpr):
        node = node.expr
    return node
