"""The rarer parts of an expression: `offset`, `@`, subqueries, quoted names, odd numbers."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Literal, cast

from giggamon_compiler.promql import duration_slips, matcher_slips
from giggamon_compiler.promql.language import NO_LABEL
from giggamon_compiler.promql.nodes import (
    At,
    Duration,
    Expr,
    Label,
    LabelMatcher,
    MatchOp,
    MatrixSelector,
    NumberLiteral,
    StringLiteral,
    SubqueryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.strings import unquote
from giggamon_compiler.promql.tokens import (
    BLANK,
    END,
    LABEL,
    NAME,
    SPACE,
    STRING,
    duration,
    number,
    seconds_to_milliseconds,
)

# A number or a duration, right or not: `number` and `duration` tell.
_LITERAL = (
    r"(?:0[xX][0-9a-fA-F_]*+|(?:[0-9][0-9_]*+)?+(?:\.[0-9_]*+)?+(?:[eE][-+]?[0-9_]*+)?+)"
    r"[a-zA-Z0-9_]*+"
)
_literal = re.compile(_LITERAL).match
_signed = re.compile(rf"((?:[-+]{SPACE})*+)(?=\.?[0-9])({_LITERAL})").match
_space = re.compile(SPACE).match
_blank = re.compile(BLANK).match
_postfix = re.compile(rf"{SPACE}(\[|@|(?i:offset){END})").match
_colon = re.compile(rf"{SPACE}(:)?{SPACE}").match
_close = re.compile(rf"{SPACE}\]").match
_edge = re.compile(rf"((?i:start|end)){SPACE}\({SPACE}\)").match
_signs = re.compile(rf"[-+]{SPACE}[-+]").match
_calculation = re.compile(rf"{SPACE}[-+*/%^]").match
_time = re.compile(rf"([-+])?{SPACE}((?=\.?[0-9]){_LITERAL}|(?i:inf|nan){END})").match
_quoted = re.compile(
    rf"{SPACE}({LABEL}|{STRING})(?:{SPACE}(=~|!~|!=|=){SPACE}({STRING}))?{SPACE}(?:(,)|\}})"
).match
_closed = re.compile(rf"{SPACE}\}}").match
_label = re.compile(rf"{SPACE}(?:({NAME})|({STRING})){SPACE}(?:(,)|\))").match
_valid = re.compile("[^\udc80-\udcff]+").fullmatch  # not empty, and no byte that is no UTF-8
_open_list = re.compile(rf"{SPACE}\(").match
_closed_list = re.compile(rf"{SPACE}\)").match


def string(text: str, start: int, end: int) -> str:
    """What a string says."""
    value = unquote(text[start:end])
    if value is None:
        matcher_slips.fail_escape(text, start, end)
    return value


def number_literal(text: str, position: int) -> NumberLiteral:
    """A number that is not plain, or a duration in the place of one."""
    match = _literal(text, position)
    if match is None:
        duration_slips.fail_number(text, position, position + 1)
    value = _seconds(match[0])
    if value is None:
        duration_slips.fail_number(text, *match.span())
    return NumberLiteral(*match.span(), value)


def _seconds(literal: str) -> float | None:
    value = number(literal)
    if value is None and (length := duration(literal)) is not None:
        return length / 1000
    return value


def _duration(text: str, position: int, before: str) -> Duration:
    """A duration or a number of seconds, with signs; before: what wants it."""
    match = _signed(text, position)
    if match is None:
        duration_slips.fail_duration(text, position, before)
    minus = match[1].count("-") % 2
    length = duration(match[2])
    if length is None:
        seconds = number(match[2])
        length = seconds_to_milliseconds(seconds) if seconds is not None else None
        if length is None:
            duration_slips.fail_number(text, *match.span(2))
    return Duration(*match.span(), -length if minus else length, match[0])


def modified(text: str, node: Expr, position: int) -> Expr:
    """A node with what stands at the position: a range, a subquery, `offset` or `@`."""
    if text[position] == "[":
        return _ranged(text, node, position)
    if text[position] == "@":
        return _at(text, node, position)
    return _offset(text, node, position)


def _ranged(text: str, node: Expr, position: int) -> Expr:
    after = _blank(text, position + 1)
    assert after is not None
    length = _duration(text, after.end(), "[")
    if length.milliseconds <= 0 and not _positive(length):
        duration_slips.fail_not_positive(length)
    colon = _colon(text, length.end)
    assert colon is not None
    if colon[1] is None:
        close = _close(text, length.end)
        if close is None:
            duration_slips.fail_range(text, position, length.end)
        if (
            not isinstance(node, VectorSelector)
            or (node.offset is not None and node.offset.milliseconds != 0)
            or (node.at is not None and isinstance(node.at.time, float))
        ):
            duration_slips.fail_range_of(text, node, position, close.end())
        return MatrixSelector(node.start, close.end(), node, length)
    step = None
    if not (close := _close(text, colon.end())):
        step = _duration(text, colon.end(), ":")
        if step.milliseconds <= 0 and not _positive(step):
            duration_slips.fail_not_positive(step)
        close = _close(text, step.end)
        if close is None:
            duration_slips.fail_range(text, position, step.end)
    return SubqueryExpr(node.start, close.end(), node, length, step, None, None)


def _positive(length: Duration) -> bool:
    """Whether a length that is 0 in milliseconds is yet more than nothing: `[0.0001]`."""
    text = length.text.lstrip("-+ \t\r\n")
    return length.text.count("-") % 2 == 0 and (number(text) or 0) > 0


def _offset(text: str, node: Expr, position: int) -> Expr:
    after = _space(text, position + len("offset"))
    assert after is not None
    offset = _duration(text, after.end(), "offset")
    if _signs(offset.text) and (calculated := _calculation(text, offset.end)):
        duration_slips.fail_calculated(offset.start, calculated.end())
    if not isinstance(node, VectorSelector | SubqueryExpr | MatrixSelector):
        duration_slips.fail_modifier(text, node, position, offset.end, "offset")
    holder = node.selector if isinstance(node, MatrixSelector) else node
    if holder.offset is not None and holder.offset.milliseconds != 0:
        duration_slips.fail_twice(position, offset.end, "offset")
    if isinstance(node, MatrixSelector):
        return replace(node, end=offset.end, selector=replace(node.selector, offset=offset))
    return replace(node, end=offset.end, offset=offset)


def _at(text: str, node: Expr, position: int) -> Expr:
    after = _space(text, position + 1)
    assert after is not None
    at = _time_at(text, after.end())
    if not isinstance(node, VectorSelector | SubqueryExpr | MatrixSelector):
        duration_slips.fail_modifier(text, node, position, at.end, "@")
    holder = node.selector if isinstance(node, MatrixSelector) else node
    if holder.at is not None:
        duration_slips.fail_twice(position, at.end, "@")
    if isinstance(node, MatrixSelector):
        return replace(node, end=at.end, selector=replace(node.selector, at=at))
    return replace(node, end=at.end, at=at)


def _time_at(text: str, position: int) -> At:
    if edge := _edge(text, position):
        return At(position, edge.end(), cast("Literal['start', 'end']", edge[1].lower()))
    match = _time(text, position)
    if match is None:
        duration_slips.fail_at(text, position)
    time = _seconds(match[2])
    if time is None or not math.isfinite(time) or not abs(time) < 2**63:
        duration_slips.fail_time(text, *match.span())
    return At(position, match.end(), -time if match[1] == "-" else time)


def matchers(
    text: str, position: int, read: list[LabelMatcher]
) -> tuple[tuple[LabelMatcher, ...], StringLiteral | None, int]:
    """The rest of the matchers in braces: none, a comma at the end, quoted names."""
    quoted = None
    while not (closed := _closed(text, position)):
        match = _quoted(text, position)
        if match is None:
            matcher_slips.fail_matcher(text, position)
        start, end = match.span(1)
        name = string(text, start, end) if text[start] in "\"'`" else match[1]
        if match[2] is not None:
            value = string(text, *match.span(3))
            read.append(
                LabelMatcher(
                    start, match.end(3), name, cast("MatchOp", match[2]), value, *match.span(3)
                )
            )
        elif text[start] not in "\"'`":
            matcher_slips.fail_matcher(text, position)
        elif quoted is not None:
            read.append(LabelMatcher(start, end, "__name__", "=", name, start, end))
        else:
            quoted = StringLiteral(start, end, name)
        position = match.end()
        if match[4] is None:
            return tuple(read), quoted, position
    return tuple(read), quoted, closed.end()


def labels(text: str, position: int, word: str) -> tuple[tuple[Label, ...], int]:
    """A list of labels in brackets that holds comments or quoted names; word: `by`, `on`, …"""
    opening = _open_list(text, position)
    if opening is None:
        matcher_slips.fail_list(text, position, word)
    position = opening.end()
    read: list[Label] = []
    while not (closed := _closed_list(text, position)):
        match = _label(text, position)
        if match is None:
            matcher_slips.fail_labels(text, position)
        start, end = match.span(1 if match[1] else 2)
        name = match[1] or string(text, start, end)
        if not _valid(name) or (match[1] and name.lower() in NO_LABEL):
            matcher_slips.fail_labels(text, position)
        read.append(Label(start, end, name))
        position = match.end()
        if match[3] is None:
            return tuple(read), position
    return tuple(read), closed.end()
