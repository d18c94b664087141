"""Going over a tree: iterative, so that no depth of it exhausts the stack."""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    ParenExpr,
    SubqueryExpr,
    UnaryExpr,
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly within one, in the order of the text."""
    match expr:
        case BinaryExpr():
            return (expr.lhs, expr.rhs)
        case Call():
            return expr.args
        case AggregateExpr():
            return (expr.expr,) if expr.param is None else (expr.param, expr.expr)
        case MatrixSelector():
            return (expr.selector,)
        case SubqueryExpr() | UnaryExpr() | ParenExpr():
            return (expr.expr,)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and all within it, each before what it holds, in the order of the text."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))
