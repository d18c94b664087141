"""Whether what is to be counted over windows is one plain selector, into which a range fits.

What cannot be read at all is left to the check that reads every query.
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, within
from giggamon_compiler.model.slo import Ratio
from giggamon_compiler.model.value import Value, origin_of
from giggamon_compiler.promql.nodes import Expr, MatrixSelector, VectorSelector
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import plain_selector, selectors


def check_selectors(value: Value, subject: str) -> Iterator[Finding]:
    """A finding for each kind of events that is told by more than a selector."""
    if not isinstance(value, Ratio):
        return
    for name, text in (("bad", value.bad), ("total", value.total)):
        tree = parse(text).tree
        if tree is not None and plain_selector(tree) is None:
            yield Finding(
                "not-one-selector",
                f"{subject}: {name} is {_described(tree)}, where one plain selector belongs",
                within(origin_of(value, name), text, tree.start, tree.end),
                f"{_advice(tree, text)}: the compiler puts increase and each window around it",
                subject,
            )


def _described(tree: Expr) -> str:
    return "a selector with a range" if isinstance(tree, MatrixSelector) else "an expression"


def _advice(tree: Expr, text: str) -> str:
    """The one selector that stands there, without its range; else what a selector is."""
    found = [text[it.start : it.bare_end] + _shift(it, tree, text) for it in selectors(tree)]
    if len(found) == 1:
        return f"write {found[0]}"
    return "name the counter, with matchers on its labels in braces"


def _shift(selector: VectorSelector, tree: Expr, text: str) -> str:
    """The offset and @ of a selector whose range alone is too much."""
    if isinstance(tree, MatrixSelector) and (selector.offset or selector.at):
        return text[text.index("]", tree.range.end) + 1 : tree.end]
    return ""
