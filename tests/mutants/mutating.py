"""Mutants of a rule: each is the rule with one slip that a person could have made.

A test that is worth having fails on them. What is changed: a threshold by a tenth (a small whole
number by one), a comparison turned round, `for` doubled and dropped, `keep_firing_for` dropped, a
matcher dropped and negated, an alternative of its pattern dropped, a label dropped from an
aggregation and from a matching, a set operator swapped, an offset dropped, a window halved and
doubled, any other number halved and doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.ir import Query, Rule
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Duration,
    Expr,
    LabelMatcher,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_node
from giggamon_compiler.promql.spelling import number_text, selector
from giggamon_compiler.promql.walk import children, walk

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}
_SETS = ("and", "or", "unless")
_NEGATED = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}
_BIG = 10  # from here on a threshold is moved by a tenth, whole or not

Change = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed rule; kind: which slip it is; what: the slip in words, "> 5: 5 becomes 5.5"."""

    kind: str
    what: str
    rule: Rule

    @property
    def key(self) -> str:
        """What a list of mutants calls it; one of its rule alone."""
        return f"{self.kind}: {self.what}"


def mutants_of(rule: Rule) -> list[Mutant]:
    """The mutants of a rule whose expressions differ, in the order of its text."""
    tree = parse(rule.query.text).tree
    assert tree is not None, rule.query.text
    made = [*_of_times(rule)]
    seen = {print_node(tree)}
    for kind, what, changed in _of_tree(tree):
        text = print_node(changed)
        if text not in seen:
            seen.add(text)
            made.append(Mutant(kind, what, replace(rule, query=Query(text))))
    return _told_apart(made)


def _told_apart(mutants: list[Mutant]) -> list[Mutant]:
    """With a number where the same is done at several places."""
    counts: dict[str, int] = {}
    named: list[Mutant] = []
    for it in mutants:
        counts[it.key] = count = counts.get(it.key, 0) + 1
        named.append(replace(it, what=f"{it.what} ({count})") if count > 1 else it)
    return named


def _of_times(rule: Rule) -> Iterator[Mutant]:
    length = milliseconds(rule.for_)
    if length:
        doubled = duration_text(2 * length)
        text = f"{rule.for_} becomes {doubled}"
        yield Mutant("for doubled", text, replace(rule, for_=doubled))
        yield Mutant("for dropped", str(rule.for_), replace(rule, for_=None))
    if rule.keep_firing_for:
        yield Mutant(
            "keep_firing_for dropped", rule.keep_firing_for, replace(rule, keep_firing_for=None)
        )


# The expression -----------------------------------------------------------------------------------


def _of_tree(tree: Expr) -> Iterator[Change]:
    thresholds = _thresholds(tree)
    for node in walk(tree):
        for kind, what, changed in _of_node(node, thresholds):
            yield kind, what, _swap(tree, node, changed)


def _of_node(node: Expr, thresholds: dict[int, bool]) -> Iterator[Change]:
    match node:
        case NumberLiteral():
            yield from _of_number(node, thresholds.get(id(node)))
        case BinaryExpr():
            yield from _of_operator(node)
        case AggregateExpr() if node.grouping is not None:
            for label, kept in _without_each(node.grouping.labels):
                grouping = replace(node.grouping, labels=kept)
                word = "without" if grouping.without else "by"
                what = f"{label.name} of {node.op} {word}"
                yield "aggregation label dropped", what, replace(node, grouping=grouping)
        case VectorSelector():
            yield from _of_selector(node)
        case MatrixSelector() | SubqueryExpr():
            inner = node.selector if isinstance(node, MatrixSelector) else node.expr
            for what, changed in _lengths(node.range):
                text = f"{what} in {_short(inner)}"
                yield "window changed", text, replace(node, range=changed)
            if isinstance(node, SubqueryExpr) and node.offset is not None:
                yield "offset dropped", node.offset.text, replace(node, offset=None)
        case _:
            pass


def _of_operator(node: BinaryExpr) -> Iterator[Change]:
    if turned := _TURNED.get(node.op):
        what = f"{node.op} becomes {turned} before {_short(node.rhs)}"
        yield "comparison turned", what, replace(node, op=turned)
    if node.op in _SETS:
        for other in _SETS:
            if other != node.op:
                what = f"{node.op} becomes {other} before {_short(node.rhs)}"
                yield "set operator swapped", what, replace(node, op=other)
    if node.matching is not None:
        for label, kept in _without_each(node.matching.labels):
            word = "on" if node.matching.on else "ignoring"
            matching = replace(node.matching, labels=kept)
            what = f"{label.name} of {node.op} {word}"
            yield "matching label dropped", what, replace(node, matching=matching)


def _of_selector(node: VectorSelector) -> Iterator[Change]:
    for matcher, kept in _without_each(node.matchers):
        text = f"{matcher.name}{matcher.op}{matcher.value!r} of {node.name or 'a selector'}"
        if node.name or kept:
            yield "matcher dropped", text, replace(node, matchers=kept)
        negated = replace(matcher, op=_NEGATED[matcher.op])
        yield "matcher negated", text, _with(node, matcher, negated)
        for alternative, rest in _alternatives(matcher):
            changed = _with(node, matcher, replace(matcher, value=rest))
            yield "alternative dropped", f"{alternative!r} of {text}", changed
    if node.offset is not None:
        what = f"{node.offset.text} of {node.name}"
        yield "offset dropped", what, replace(node, offset=None)


def _with(node: VectorSelector, old: LabelMatcher, new: LabelMatcher) -> VectorSelector:
    return replace(node, matchers=tuple(new if it is old else it for it in node.matchers))


def _alternatives(matcher: LabelMatcher) -> Iterator[tuple[str, str]]:
    """Each alternative of a pattern that is nothing but alternatives, and the pattern without."""
    if matcher.op in ("=~", "!~") and not re.search(r"[()\[\]\\]", matcher.value):
        parts = matcher.value.split("|")
        if len(parts) > 1:
            for part, kept in _without_each(tuple(parts)):
                yield part, "|".join(kept)


def _of_number(node: NumberLiteral, direct: bool | None) -> Iterator[Change]:
    """direct: that it is compared as it stands; None: that no comparison has to do with it."""
    value = node.value
    if direct is None:
        kind, others = "number changed", (value * 2 or 1, value / 2 or -1)
    elif direct and value == int(value) and abs(value) < _BIG:
        kind, others = "threshold moved", (value + 1, value - 1)
    else:
        kind, others = "threshold moved", (value * 1.1 or 1, value * 0.9 or -1)
    for other in others:
        rounded = float(f"{other:.12g}")
        what = f"{number_text(value)} becomes {number_text(rounded)}"
        yield kind, what, replace(node, value=rounded)


def _thresholds(tree: Expr) -> dict[int, bool]:
    """The numbers that are compared, by id: as they stand, or as a part of a calculation."""
    found: dict[int, bool] = {}

    def look(node: Expr, direct: bool) -> None:
        match node:
            case NumberLiteral():
                found[id(node)] = direct
            case ParenExpr() | UnaryExpr():
                look(node.expr, direct)
            case BinaryExpr() if node.op not in _TURNED and node.op not in _SETS:
                look(node.lhs, False)
                look(node.rhs, False)
            case _:
                pass

    for node in walk(tree):
        if isinstance(node, BinaryExpr) and node.op in _TURNED:
            look(node.lhs, True)
            look(node.rhs, True)
    return found


def _lengths(span: Duration) -> Iterator[tuple[str, Duration]]:
    for length in (span.milliseconds * 2, span.milliseconds // 2):
        text = duration_text(length)
        changed = replace(span, text=text, milliseconds=length)
        yield f"{span.text} becomes {text}", changed


def _without_each(parts: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    for index, part in enumerate(parts):
        yield part, parts[:index] + parts[index + 1 :]


def _short(node: Expr) -> str:
    text = selector(node) if isinstance(node, VectorSelector) else print_node(node)
    return text if len(text) <= 60 else text[:57] + "…"


def _swap(node: Any, old: object, new: object) -> Any:
    """A tree with another node in the place of one."""
    if node is old:
        return new
    return rebuilt(node, lambda part: _swap(part, old, new))


_PARTS = ("expr", "param", "lhs", "rhs", "selector", "args")


def rebuilt(node: Any, change: Callable[[Any], Any]) -> Any:
    """A node whose parts have been changed; itself where none has."""
    changed = {}
    for it in fields(node):
        part = getattr(node, it.name)
        if it.name in _PARTS and part is not None:
            made = tuple(map(change, part)) if isinstance(part, tuple) else change(part)
            if made is not part and made != part:
                changed[it.name] = made
    return replace(node, **changed) if changed else node


def renamed(text: str, names: Mapping[str, str]) -> str:
    """An expression that reads other series: old name → new name."""
    tree = parse(text).tree
    assert tree is not None, text

    def change(node: Any) -> Any:
        if isinstance(node, VectorSelector):
            return replace(node, name=names.get(node.name or "", node.name))
        return rebuilt(node, change)

    return print_node(change(tree))


def past_names(text: str) -> set[str]:
    """The metrics of which an expression reads more than what is there now."""
    tree = parse(text).tree
    assert tree is not None, text
    found = set()
    for node in walk(tree):
        if isinstance(node, MatrixSelector | SubqueryExpr):
            found |= {it.name or "" for it in walk(node) if isinstance(it, VectorSelector)}
        elif isinstance(node, VectorSelector) and (node.offset or node.at):
            found.add(node.name or "")
    return found


def looks_back(text: str) -> int:
    """How far back an expression reads at most, in milliseconds."""
    tree = parse(text).tree
    assert tree is not None, text
    return _looks_back(tree)


def _looks_back(node: Expr) -> int:
    match node:
        case MatrixSelector():
            return node.range.milliseconds + _looks_back(node.selector)
        case VectorSelector():
            return node.offset.milliseconds if node.offset else 0
        case SubqueryExpr():
            shift = node.offset.milliseconds if node.offset else 0
            return node.range.milliseconds + shift + _looks_back(node.expr)
        case _:
            return max((_looks_back(part) for part in children(node)), default=0)
