"""Going over a tree: iterative, so that no depth of it exhausts the stack."""

from __future__ import annotations

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


def walk(expr: Expr) -> list[Expr]:
    """An expression and all within it, each before what it holds, in the order of the text.

    Every query is walked several times, so this spells out what `children` says.
    """
    found: list[Expr] = []
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if type(node) is BinaryExpr:
            waiting.append(node.rhs)
            waiting.append(node.lhs)
        elif type(node) is MatrixSelector:
            found.append(node.selector)
        elif type(node) is Call:
            waiting += node.args[::-1]
        elif type(node) is AggregateExpr:
            waiting.append(node.expr)
            if node.param is not None:
                waiting.append(node.param)
        elif type(node) is ParenExpr or type(node) is UnaryExpr or type(node) is SubqueryExpr:
            waiting.append(node.expr)
    return found
