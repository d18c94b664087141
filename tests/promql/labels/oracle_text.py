"""Expressions made fit for the engine: bounded in time, without variables, apart from all others.

All changes are made in the text, at the spans of the nodes, and the new text is what is analysed
and asked: it is an expression of its own, of the same shape.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr, LabelMatcher, VectorSelector
from giggamon_compiler.promql.walk import walk

Edit = tuple[int, int, str]

# The instant that all questions are about, in seconds since 1970.
INSTANT = 1_700_000_000
COMPARISONS = ("==", "!=", ">", "<", ">=", "<=")
_MINUTE = 60_000
_LONGEST = 10 * _MINUTE
_SHORTEST_STEP = 30_000
_VARIABLE = re.compile(r"\$\{\w+(?::\w+)?\}|\$\w+|\[\[\w+\]\]")


def changed(text: str, edits: Iterable[Edit]) -> str:
    """The text with parts of it replaced; the parts do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def bounded(text: str, tree: Expr) -> str:
    """Ranges and offsets of ten minutes at most, and Grafana's variables as the value "v1"."""
    edits: list[Edit] = []
    for node in walk(tree):
        match node:
            case nodes.VectorSelector():
                edits += _moved(text, node)
                edits += [
                    (it.value_start, it.value_end, _VARIABLE.sub("v1", _slice(text, it)))
                    for it in node.matchers
                    if _VARIABLE.search(it.value)
                ]
            case nodes.MatrixSelector() if node.range.milliseconds > _LONGEST:
                edits.append((node.range.start, node.range.end, "10m"))
            case nodes.SubqueryExpr():
                edits += _moved(text, node)
                if node.range.milliseconds > _LONGEST:
                    edits.append((node.range.start, node.range.end, "10m"))
                if node.step and node.step.milliseconds < _SHORTEST_STEP:
                    edits.append((node.step.start, node.step.end, "30s"))
    return changed(text, edits)


def _slice(text: str, matcher: LabelMatcher) -> str:
    return text[matcher.value_start : matcher.value_end]


def _moved(text: str, node: nodes.VectorSelector | nodes.SubqueryExpr) -> Iterator[Edit]:
    offset, at = node.offset, node.at
    if offset and abs(offset.milliseconds) > _LONGEST:
        sign = re.match(r"[-+]?\s*", text[offset.start : offset.end])
        yield offset.start + (sign.end() if sign else 0), offset.end, "5m"
    if at and isinstance(at.time, float | int):
        where = text.index("@", at.start) if "@" in text[at.start : at.end] else None
        start = at.start if where is None else where + 1
        yield start, at.end, f" {INSTANT}"


def isolated(text: str, tree: Expr, prefix: str) -> str | None:
    """All metric names with a prefix, and no selector that sees others; None where that fails."""
    edits: list[Edit] = []
    of_info = info_selectors(tree)
    for node in walk(tree):
        if isinstance(node, VectorSelector) and id(node) not in of_info:
            own = _own_name(text, node, prefix)
            if own is None:
                return None
            edits += own
    return changed(text, edits)


def info_selectors(tree: Expr) -> frozenset[int]:
    """The selectors, by identity, with which info() chooses info metrics: all share the same."""
    calls = (it for it in walk(tree) if isinstance(it, nodes.Call) and it.func == "info")
    return frozenset(id(it.args[1]) for it in calls if len(it.args) > 1)


def _own_name(text: str, node: VectorSelector, prefix: str) -> list[Edit] | None:
    if node.name is not None and not node.quoted:
        return [(node.start, node.start, prefix)]
    if node.name is not None:
        found = re.search(rf"[{{,]\s*([\"'`]){re.escape(node.name)}\1", text[node.start : node.end])
        return [(node.start + found.start(1) + 1,) * 2 + (prefix,)] if found else None
    named = [it for it in node.matchers if it.name == "__name__"]
    edits = [(it.value_start, it.value_end, _prefixed(it, prefix)) for it in named]
    if any(it.op == "=" or it.op == "=~" for it in named):
        return edits
    brace = text.index("{", node.start) + 1
    return [*edits, (brace, brace, f'__name__=~"{prefix}.+"' + (", " if node.matchers else ""))]


def _prefixed(matcher: LabelMatcher, prefix: str) -> str:
    value = matcher.value if matcher.op[-1] == "=" else f"(?:{matcher.value})"
    return '"' + (prefix + value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def compared_otherwise(text: str, tree: Expr, rng: random.Random) -> str:
    """Some comparisons turned round, so that more of them hold in some world."""
    return changed(
        text,
        [
            (node.op_start, node.op_start + len(node.op), rng.choice(COMPARISONS))
            for node in walk(tree)
            if isinstance(node, nodes.BinaryExpr) and node.op in COMPARISONS and rng.random() < 0.6
        ],
    )


def type_of(node: Expr) -> str:
    """What a node yields: "scalar", "string", "vector" or "matrix"."""
    match node:
        case nodes.NumberLiteral():
            return "scalar"
        case nodes.StringLiteral():
            return "string"
        case nodes.MatrixSelector() | nodes.SubqueryExpr():
            return "matrix"
        case nodes.Call():
            return "scalar" if node.func in ("scalar", "time", "pi") else "vector"
        case nodes.ParenExpr() | nodes.UnaryExpr():
            return type_of(node.expr)
        case nodes.BinaryExpr():
            sides = {type_of(node.lhs), type_of(node.rhs)}
            return "scalar" if sides == {"scalar"} else "vector"
    return "vector"
