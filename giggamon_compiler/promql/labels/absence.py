"""The labels of `absent` and `absent_over_time`: what the selector's matchers fix.

Source: Prometheus documentation, "absent()" ("it tries to be smart about deriving labels of the
1-element output vector from the input vector"), and the engine's
`createLabelsForAbsentFunction`: only of a selector itself, in parentheses or not; only `=` counts,
and not if another matcher on the same label follows it. Since 3.0 the order is the storage's as
well (asked: `{a!="x", a="2"}` fixes `a` in 2.42 and not in 3.5).
"""

from __future__ import annotations

from giggamon_compiler.promql.labels.branches import Stated
from giggamon_compiler.promql.labels.result import NAME, Branch, Fact, Why
from giggamon_compiler.promql.labels.values import ANYTHING, NOTHING, Values, matched_values
from giggamon_compiler.promql.nodes import (
    Call,
    Expr,
    LabelMatcher,
    MatrixSelector,
    ParenExpr,
    VectorSelector,
)

# From here on the storage moves what it subtracts behind the other matchers, if it is asked at all.
REORDERED = (2, 43)


def absent_labels(node: Call, version: tuple[int, int]) -> Branch:
    """The one series that says that nothing is there."""
    why = Why(f"{node.func} has only labels that = fixes", node.start, node.start + len(node.func))
    rest = Fact("absent", NOTHING, why)
    selector = _selector(node.args[0]) if node.args else None
    if selector is None:
        return Stated({}, rest)
    by_label: dict[str, list[LabelMatcher]] = {}
    for matcher in selector.matchers:
        if matcher.name != NAME:
            by_label.setdefault(matcher.name, []).append(matcher)
    return Stated({name: _fact(found, version, why) for name, found in by_label.items()}, rest)


def _fact(matchers: list[LabelMatcher], version: tuple[int, int], why: Why) -> Fact:
    fixed = _fixed(matchers)
    if version >= REORDERED and _fixed(sorted(matchers, key=_is_subtracting)) is not fixed:
        return Fact("possible", ANYTHING, why)
    if fixed is None or not fixed.value:
        return Fact("absent", NOTHING, why, _pointing(matchers[-1]))
    pointing = Why(f'{fixed.name}="{fixed.value}" fixes {fixed.name}', fixed.start, fixed.end)
    return Fact("certain", Values(frozenset([fixed.value])), pointing)


def _pointing(matcher: LabelMatcher) -> Fact:
    step = Why(f"{matcher.name} is not fixed by one =", matcher.start, matcher.end)
    return Fact("absent", NOTHING, step)


def _fixed(matchers: list[LabelMatcher]) -> LabelMatcher | None:
    """The first `=`, unless another matcher follows it."""
    fixed = None
    seen = False
    for matcher in matchers:
        if matcher.op == "=" and not seen:
            fixed, seen = matcher, True
        else:
            fixed = None
    return fixed


def _is_subtracting(matcher: LabelMatcher) -> bool:
    return matcher.op in ("!=", "!~") and matched_values(matcher.op, matcher.value)[1]


def _selector(expr: Expr) -> VectorSelector | None:
    while isinstance(expr, ParenExpr):
        expr = expr.expr
    if isinstance(expr, MatrixSelector):
        return expr.selector
    return expr if isinstance(expr, VectorSelector) else None
