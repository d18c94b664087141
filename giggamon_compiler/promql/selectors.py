"""What an expression reads: its selectors, the metrics that they name, where a range goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giggamon_compiler.promql.nodes import Expr, ParenExpr, VectorSelector
from giggamon_compiler.promql.walk import walk


def selectors(tree: Expr) -> Iterator[VectorSelector]:
    """Every selector, those within ranges too, in the order of the text."""
    return (node for node in walk(tree) if isinstance(node, VectorSelector))


def metric_of(selector: VectorSelector) -> str | None:
    """The metric that a selector names, before its braces or by `__name__="…"`."""
    return selector.name or equalities(selector).get("__name__")


def equalities(selector: VectorSelector) -> Mapping[str, str]:
    """The labels that a selector wants to be equal to something, with what that is."""
    return {it.name: it.value for it in selector.matchers if it.op == "="}


def plain_selector(tree: Expr | None) -> VectorSelector | None:
    """The selector that an expression is, with or without parentheses around it."""
    while isinstance(tree, ParenExpr):
        tree = tree.expr
    return tree if isinstance(tree, VectorSelector) else None
