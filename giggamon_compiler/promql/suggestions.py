"""What to write instead, for parts that are read but do not fit."""

from __future__ import annotations

from difflib import get_close_matches

from giggamon_compiler.promql.language import AGGREGATIONS, FUNCTIONS
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    Call,
    Expr,
    MatrixSelector,
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
    if isinstance(arg, VectorSelector):
        bare = text[arg.start : arg.bare_end]
        return f"write {bare}[5m]{text[arg.bare_end : arg.end]}"
    if isinstance(arg, AggregateExpr) and arg.param is None:
        inner = text[arg.expr.start : arg.expr.end]
        clause = (
            f" by ({', '.join(label.name for label in arg.grouping.labels)})"
            if (arg.grouping and not arg.grouping.without and arg.grouping.labels)
            else ""
        )
        if isinstance(arg.expr, VectorSelector):
            return f"take {function} first: {arg.op}{clause} ({function}({inner}[5m]))"
    return f"write a subquery: {said}[5m:]"


def as_instant(text: str, arg: Expr) -> str:
    """A range vector as the values that are wanted."""
    said = text[arg.start : arg.end]
    if isinstance(arg, MatrixSelector):
        bare = text[arg.start : arg.selector.bare_end]
        return f"write rate({said}) or another function over it, or {bare} without a range"
    if isinstance(arg, SubqueryExpr):
        return f"write max_over_time({said}) or another function over it"
    return "write a function over it, for example max_over_time(…)"
