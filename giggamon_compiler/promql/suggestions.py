"""What to write instead, for parts that are read but do not fit."""

from __future__ import annotations

from difflib import get_close_matches

from giggamon_compiler.promql.language import AGGREGATIONS, FUNCTIONS
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    ParenExpr,
    SubqueryExpr,
    VectorSelector,
)


def nearest_function(text: str, node: Call) -> str:
    """The function that was probably meant."""
    names = [*FUNCTIONS, *AGGREGATIONS]
    if node.func.lower() in names:
        near = [node.func.lower()]
    else:
        near = get_close_matches(node.func.lower(), names, n=1, cutoff=0.76)
    if node.func.lower() == "not":
        return "write a unless b for a where b is not, or turn the comparison round"
    if near:
        return f"write {near[0]}(…)"
    if len(node.args) == 1:
        return f"is {node.func} a metric? Then write {node.func}{{…}} or a function's name before ("
    return "write the name of a function before the bracket"


def as_range(text: str, function: str, arg: Expr) -> str:
    """An instant vector as the range vector that a function needs."""
    said = text[arg.start : arg.end]
    inner: Expr = arg
    while isinstance(inner, ParenExpr):
        inner = inner.expr
    if isinstance(inner, BinaryExpr) and (each := _of_each(text, function, inner)):
        return each
    if isinstance(arg, BinaryExpr):
        return f"write a subquery: ({said})[5m:]"
    if isinstance(arg, VectorSelector):
        bare = text[arg.start : arg.bare_end]
        return f"write {bare}[5m]{text[arg.bare_end : arg.end]}"
    if isinstance(arg, AggregateExpr) and arg.param is None:
        summed = text[arg.expr.start : arg.expr.end]
        clause = (
            f" by ({', '.join(label.name for label in arg.grouping.labels)})"
            if (arg.grouping and not arg.grouping.without and arg.grouping.labels)
            else ""
        )
        if isinstance(arg.expr, VectorSelector):
            return f"take {function} first: {arg.op}{clause} ({function}({summed}[5m]))"
    return f"write a subquery: {said}[5m:]"


def _of_each(text: str, function: str, arg: BinaryExpr) -> str | None:
    """A function of what an operator makes of ranges, as the operator over its values."""
    sides = [
        f"{function}({said})" if isinstance(side, MatrixSelector | SubqueryExpr) else said
        for side in (arg.lhs, arg.rhs)
        if (said := text[side.start : side.end])
    ]
    if sides == [text[arg.lhs.start : arg.lhs.end], text[arg.rhs.start : arg.rhs.end]]:
        return None
    return f"take {function} of each: {sides[0]}{text[arg.lhs.end : arg.rhs.start]}{sides[1]}"


def as_instant(text: str, arg: Expr) -> str:
    """A range vector as the values that are wanted."""
    said = text[arg.start : arg.end]
    if isinstance(arg, MatrixSelector):
        bare = text[arg.start : arg.selector.bare_end]
        return f"write rate({said}) or another function over it, or {bare} without a range"
    if isinstance(arg, SubqueryExpr):
        return f"write max_over_time({said}) or another function over it"
    return "write a function over it, for example max_over_time(…)"


def short(said: str, most: int = 50) -> str:
    """A part of the text in one line, cut where it is long."""
    line = " ".join(said.split())
    return line if len(line) <= most else line[: most - 3] + "…"
