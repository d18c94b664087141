"""Queries of boards, which hold variables of Grafana: `rate(x{job="$job"}[$__rate_interval])`.

Each variable is read as something of as many characters, so that places stay what they are: as a
duration or a number where it is one, else as a name. What depends on its value is then left open: a
matcher of it lets anything through, and a metric of it is any metric.
Source: Grafana documentation, "Variable syntax" and "Global variables".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    Label,
    LabelMatcher,
    MatrixSelector,
    ParenExpr,
    Parsed,
    StringLiteral,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk

# `$1` is what a regular expression has found, in label_replace.
_VARIABLE = r"\$(?:[A-Za-z_]\w*|\{[^}]*\})|\[\[\w+(?::\w+)?\]\]"
_PARTS = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)"""
    rf"|(?P<comment>\#[^\n]*)|(?P<variable>{_VARIABLE})",
    re.DOTALL,
)
_WITHIN = re.compile(_VARIABLE)
_NAME = re.compile(r"\w+")
_DURATIONS = frozenset({"__interval", "__rate_interval", "__range"})
_NUMBERS = frozenset({"__interval_ms", "__range_s", "__range_ms", "__from", "__to"})
_DURATION_BEFORE = re.compile(r"(?:\[[^\]\[]*|\boffset\s+-?)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """A query as it is read.

    parsed: its tree as its variables may be; plain: before anything was left open, to be judged
    is_certain: whether each variable outside of strings is one of Grafana's own durations or
    numbers, so that what is wrong is wrong with any value
    is_open: whether a variable stands for a label, so that any label may be there
    """

    parsed: Parsed
    plain: Parsed
    is_certain: bool = True
    is_open: bool = False


_LABEL_VALUES = re.compile(r"(\s*label_values\s*\()(.*),\s*([A-Za-z_]\w*)\s*\)\s*", re.DOTALL)
_RESULT = re.compile(r"(\s*query_result\s*\()(.*)\)\s*", re.DOTALL)


def expression_of(choice: str) -> tuple[str, Label | None] | None:
    """The expression in the query of a variable, in its place behind blanks; None where none is.

    With it the label whose values are to be chosen from.
    """
    if found := _LABEL_VALUES.fullmatch(choice):
        label = Label(found.start(3), found.end(3), found[3])
        return " " * len(found[1]) + found[2], label
    if found := _RESULT.fullmatch(choice):
        return " " * len(found[1]) + found[2], None
    return None


def has_variables(text: str) -> bool:
    """Whether a query may hold a variable of Grafana."""
    return "$" in text or "[[" in text


def readings(text: str) -> Iterable[BoardQuery]:
    """A query as it may be meant: variables that Grafana does not state as names, or as numbers."""
    first = _read(text, as_numbers=False)
    yield first
    if not first.is_certain:
        yield _read(text, as_numbers=True)


@lru_cache(maxsize=64)  # a board repeats its queries
def _read(text: str, as_numbers: bool) -> BoardQuery:
    spans: list[tuple[int, int]] = []
    said: dict[str, str] = {}
    is_certain = True

    def stand_in(found: re.Match[str]) -> str:
        nonlocal is_certain
        whole = found[0]
        if found["comment"]:
            return whole
        if found["string"]:
            return _WITHIN.sub(lambda it: _note(spans, it, found.start()), whole)
        name = _NAME.search(whole)
        instead, certain = _stand_in(
            name[0] if name else "", text[: found.start()], text[found.end() :], as_numbers
        )
        is_certain = is_certain and certain
        if instead == "_":
            spans.append(found.span())
        given = instead if len(instead) >= len(whole) else _filled(instead, len(whole))
        said[given] = whole
        return given

    parsed = parse(_PARTS.sub(stand_in, text))
    if parsed.problem is not None:
        problem = parsed.problem
        message, advice = (_restore(it, said) for it in (problem.message, problem.help))
        problem = replace(problem, message=message, help=advice)
        unread = Parsed(text, None, (), problem)
        return BoardQuery(unread, unread, is_certain)
    assert parsed.tree is not None, "what has no problem has a tree"
    plain = Parsed(text, parsed.tree, parsed.comments)
    if not spans:
        return BoardQuery(plain, plain, is_certain)
    opened = _open(parsed.tree, spans)
    return BoardQuery(
        replace(plain, tree=opened), plain, is_certain, _has_open_label(opened, spans)
    )


def _note(spans: list[tuple[int, int]], found: re.Match[str], start: int) -> str:
    spans.append((start + found.start(), start + found.end()))
    return "_" * len(found[0])


def _stand_in(name: str, before: str, after: str, as_numbers: bool) -> tuple[str, bool]:
    """What a variable is read as, still short, and whether it can be nothing else."""
    certain = name in _DURATIONS or name in _NUMBERS
    if name in _NUMBERS or (re.match(r"[a-z]", after) and before[-1:] not in ("", "_")):
        return "300", certain
    if name in _DURATIONS or _DURATION_BEFORE.search(before):
        return "5m", certain
    return ("5" if as_numbers else "_"), certain


def _filled(short: str, length: int) -> str:
    """A word of a length: "5m" as "00005m", "_" as "______"."""
    sign = "_" if short == "_" else "0"
    return short[-length:].rjust(length, sign)


def _restore(text: str, said: dict[str, str]) -> str:
    for instead, variable in said.items():
        text = text.replace(instead, variable)
    return text


def _has_variable(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and last > start for first, last in spans)


def _open(tree: Expr, spans: Sequence[tuple[int, int]]) -> Expr:
    """The tree with each selector that a variable stands in letting through what it may."""
    made: dict[int, Expr] = {}
    for node in reversed(walk(tree)):
        made[id(node)] = _rebuilt(node, made, spans)
    return made[id(tree)]


def _rebuilt(node: Expr, made: Mapping[int, Expr], spans: Sequence[tuple[int, int]]) -> Expr:
    """A node, with what is made of those below it; made: by their `id`."""
    match node:
        case VectorSelector():
            return _open_selector(node, spans)
        case MatrixSelector():
            return replace(node, selector=_open_selector(node.selector, spans))
        case BinaryExpr():
            return replace(node, lhs=made[id(node.lhs)], rhs=made[id(node.rhs)])
        case Call():
            return replace(node, args=tuple(made[id(it)] for it in node.args))
        case AggregateExpr():
            param = None if node.param is None else made[id(node.param)]
            return replace(node, expr=made[id(node.expr)], param=param)
        case SubqueryExpr() | UnaryExpr() | ParenExpr():
            return replace(node, expr=made[id(node.expr)])
        case _:
            return node


def _open_selector(node: VectorSelector, spans: Sequence[tuple[int, int]]) -> VectorSelector:
    if not _has_variable(spans, node.start, node.bare_end):
        return node
    name = node.name
    if name is not None and not node.quoted:
        name = None if _has_variable(spans, node.start, node.start + len(name)) else name
    matchers = tuple(_open_matcher(it, spans) for it in node.matchers)
    return replace(node, name=name, matchers=matchers)


def _open_matcher(matcher: LabelMatcher, spans: Sequence[tuple[int, int]]) -> LabelMatcher:
    if not _has_variable(spans, matcher.value_start, matcher.value_end):
        return matcher
    return replace(matcher, op="=~", value=".*")


def _has_open_label(tree: Expr, spans: Sequence[tuple[int, int]]) -> bool:
    for node in walk(tree):
        match node:
            case AggregateExpr(grouping=clause) if clause is not None:
                labels = clause.labels
            case BinaryExpr(matching=clause) if clause is not None:
                labels = (*clause.labels, *clause.include)
            case VectorSelector():
                named = ((it.start, it.start + len(it.name)) for it in node.matchers)
                if any(_has_variable(spans, *it) for it in named):
                    return True
                continue
            case StringLiteral():
                if _has_variable(spans, node.start, node.end):
                    return True
                continue
            case _:
                continue
        if any(_has_variable(spans, it.start, it.end) for it in labels):
            return True
    return False
