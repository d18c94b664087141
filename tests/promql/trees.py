"""Trees for tests: made at random, and compared without places and brackets."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from hypothesis import strategies as st

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr

_PLACES = {
    "start", "end", "op_start", "value_start", "value_end", "include_start", "include_end",
    "bare_end", "text",
}  # fmt: skip

NAMES = st.sampled_from(["up", "job:up:sum", "sum", "offset", "and", "le", ":", "_x1"])
LABELS = st.sampled_from(["job", "le", "instance", "by", "a b", "__name__", "é"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd"), max_size=5)
NUMBERS = st.one_of(
    st.integers(-100, 10**17).map(float),
    st.floats(),
)


def meaning(node: Any) -> Any:
    """A node without places and brackets, as nested tuples; NaN equals itself."""
    if isinstance(node, nodes.ParenExpr):
        return meaning(node.expr)
    if is_dataclass(node):
        kept = [field.name for field in fields(node) if field.name not in _PLACES]
        return (type(node).__name__, *(meaning(getattr(node, name)) for name in kept))
    if isinstance(node, tuple):
        return tuple(map(meaning, node))
    return repr(node) if isinstance(node, float) else node


def _label(name: str) -> nodes.Label:
    return nodes.Label(0, 0, name)


def _duration(milliseconds: int) -> nodes.Duration:
    return nodes.Duration(0, 0, milliseconds, f"{milliseconds}ms")


DURATIONS = st.integers(1, 10**9).map(_duration)
LABEL_LISTS = st.lists(LABELS.map(_label), max_size=3).map(tuple)
AT = st.one_of(
    st.none(),
    st.sampled_from(["start", "end"]).map(lambda edge: nodes.At(0, 0, edge)),  # type: ignore[arg-type]
    st.integers(-(10**9), 10**9).map(lambda time: nodes.At(0, 0, float(time))),
)
MATCHERS = st.lists(
    st.builds(
        lambda name, op, value: nodes.LabelMatcher(0, 0, name, op, value, 0, 0),
        LABELS,
        st.sampled_from(["=", "!=", "=~", "!~"]),
        TEXTS,
    ),
    max_size=3,
).map(tuple)
SELECTORS = st.builds(
    lambda name, matchers, offset, at: nodes.VectorSelector(
        0, 0, name, matchers, offset, at, quoted=False, bare_end=0
    ),
    st.one_of(st.none(), NAMES),
    MATCHERS,
    st.one_of(st.none(), DURATIONS),
    AT,
)
LEAVES = st.one_of(
    NUMBERS.map(lambda value: nodes.NumberLiteral(0, 0, value)),
    TEXTS.map(lambda value: nodes.StringLiteral(0, 0, value)),
    SELECTORS,
    st.builds(
        lambda inner, length: nodes.MatrixSelector(0, 0, inner, length), SELECTORS, DURATIONS
    ),
)
MATCHINGS = st.builds(
    lambda on, labels, card, include: nodes.Matching(
        0,
        0,
        on,
        labels,
        card,
        include if card != "one-to-one" else (),
        0 if card != "one-to-one" else -1,
        0,
    ),
    st.booleans(),
    LABEL_LISTS,
    st.sampled_from(["one-to-one", "many-to-one", "one-to-many"]),
    LABEL_LISTS,
)


def _inner(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    arithmetic = st.sampled_from(["+", "-", "*", "/", "%", "^", "atan2", "==", "!=", "<", ">="])
    signed = st.builds(
        lambda op, expr: nodes.UnaryExpr(0, 0, op, expr), st.sampled_from(["+", "-"]), parts
    )
    powers = st.builds(
        lambda lhs, rhs: nodes.BinaryExpr(0, 0, "^", 0, lhs, rhs, False, None), parts, parts
    )
    return st.one_of(
        signed,
        powers,
        st.builds(
            lambda op, lhs, rhs, returns_bool, matching: nodes.BinaryExpr(
                0, 0, op, 0, lhs, rhs, returns_bool, matching
            ),
            arithmetic,
            parts,
            parts,
            st.booleans(),
            st.one_of(st.none(), MATCHINGS),
        ),
        st.builds(
            lambda op, lhs, rhs: nodes.BinaryExpr(0, 0, op, 0, lhs, rhs, False, None),
            st.sampled_from(["and", "or", "unless"]),
            parts,
            parts,
        ),
        parts.map(lambda expr: nodes.ParenExpr(0, 0, expr)),
        st.builds(
            lambda func, args: nodes.Call(0, 0, func, tuple(args)),
            st.sampled_from(["rate", "abs", "foo"]),
            st.lists(parts, max_size=3),
        ),
        st.builds(
            lambda op, expr, grouping: nodes.AggregateExpr(0, 0, op, expr, None, grouping),
            st.sampled_from(["sum", "group"]),
            parts,
            st.one_of(
                st.none(),
                st.builds(
                    lambda without, labels: nodes.Grouping(0, 0, without, labels),
                    st.booleans(),
                    LABEL_LISTS,
                ),
            ),
        ),
        st.builds(
            lambda op, param, expr: nodes.AggregateExpr(0, 0, op, expr, param, None),
            st.sampled_from(["topk", "count_values"]),
            parts,
            parts,
        ),
        st.builds(
            lambda expr, length, step, offset, at: nodes.SubqueryExpr(
                0, 0, expr, length, step, offset, at
            ),
            parts,
            DURATIONS,
            st.one_of(st.none(), DURATIONS),
            st.one_of(st.none(), DURATIONS),
            AT,
        ),
    )


def trees() -> st.SearchStrategy[Expr]:
    """Trees of every kind of node, also such as no text has without more brackets."""
    return st.recursive(LEAVES, _inner, max_leaves=16)
