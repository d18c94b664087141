"""What an expression uses that a version of Prometheus does not know, or only with a flag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from giggamon_compiler.promql.language import (
    AGGREGATIONS,
    FLAG,
    FUNCTIONS,
    NEWEST,
    QUOTED_NAMES,
    SECONDS_AND_DURATIONS,
    SIGNED_DURATIONS,
    UNDERSCORES,
    knows,
)
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    At,
    BinaryExpr,
    Call,
    Duration,
    Expr,
    Label,
    MatrixSelector,
    NumberLiteral,
    Problem,
    SubqueryExpr,
    VectorSelector,
)

_unit = re.compile(r"[0-9](?:ms|[smhdwy])").search
_odd_signs = re.compile(r"\+|-[^0-9.]*[-+]").match
_any_hex = re.compile(r"0[xX]").search
_hex_digits = re.compile(r"[-+\s]*0[xX]_?[0-9a-fA-F]([0-9a-fA-F_]*)").fullmatch
_exponent = re.compile(r"\A[eE](?:\Z|[-+._eE])|_[eE]").search
_offset_word = re.compile(r"#[^\r\n]*|\b(?i:offset)\b").finditer
_hex = re.compile(r"[-+\s]*0[xX]").match


def problems(text: str, nodes: list[Expr], version: str) -> Iterator[Problem]:
    """What the version does not know, node by node."""
    for node in nodes:
        match node:
            case Call():
                yield from _of_function(node, version)
            case AggregateExpr():
                yield from _of_aggregation(node, version)
            case _:
                pass
    if knows(version, UNDERSCORES) and _any_hex(text):
        for node in nodes:
            yield from _of_hexadecimal(text, node, version)
    if knows(version, SIGNED_DURATIONS):
        return
    for node in nodes:
        yield from _of_syntax(text, node, version)


def _of_hexadecimal(text: str, node: Expr, version: str) -> Iterator[Problem]:
    """Digits e of a hexadecimal number that are taken for an exponent since UNDERSCORES."""
    match node:
        case NumberLiteral():
            numbers: tuple[NumberLiteral | Duration | At | None, ...] = (node,)
        case VectorSelector():
            numbers = (node.offset, node.at)
        case MatrixSelector():
            numbers = (node.range,)
        case SubqueryExpr():
            numbers = (node.range, node.step, node.offset, node.at)
        case _:
            return
    for number in numbers:
        if number is None:
            continue
        said = text[number.start : number.end]
        digits = _hex_digits(said)
        # e as the second digit begins an exponent, and more of a number has to follow.
        if digits and _exponent(digits[1] + text[number.end : number.end + 1]):
            message = f"{said} is no number to Prometheus {version}, which takes e for an exponent"
            yield Problem("version", number.start, number.end, message, "write it in decimal")


def _of_two_offsets(text: str, start: int, offset: Duration, version: str) -> Iterator[Problem]:
    """A first offset of nothing, over which a second is written; start: where they may stand."""
    words = [*_offset_word(text, start, offset.start)]
    places = [word.start() for word in words if word[0][0] != "#"]
    if len(places) > 1:
        yield _unknown(places[0], offset.end, "a second offset", version, SECONDS_AND_DURATIONS)


def _of_function(node: Call, version: str) -> Iterator[Problem]:
    function = FUNCTIONS.get(node.func)
    if function is None:
        return
    end = node.start + len(node.func)
    if not knows(version, function.since):
        yield _unknown(node.start, end, node.func, version, NEWEST, function.experimental)
    elif function.until is not None and knows(version, function.until):
        message = (
            f"{node.func} is unknown to Prometheus since {function.until}, and {version} is meant"
        )
        advice = "the function is now double_exponential_smoothing, and needs a flag"
        yield Problem("version", node.start, end, message, advice)
    elif function.experimental:
        yield _experimental(node.start, end, node.func, version)


def _of_aggregation(node: AggregateExpr, version: str) -> Iterator[Problem]:
    aggregation = AGGREGATIONS[node.op]
    end = node.start + len(node.op)
    if not knows(version, aggregation.since):
        since = aggregation.since or NEWEST
        yield _unknown(node.start, end, node.op, version, since, aggregation.experimental)
    elif aggregation.experimental:
        yield _experimental(node.start, end, node.op, version)


def _unknown(
    start: int, end: int, what: str, version: str, since: str, experimental: bool = False
) -> Problem:
    """A thing that the version has not; since: a later one that has it, perhaps behind a flag."""
    message = f"{what} is unknown to Prometheus {version}; {since} has it"
    advice = f"leave it out, or declare Prometheus {since}"
    if experimental:
        message += " behind a flag"
        advice = "leave it out, it is experimental"
    return Problem("version", start, end, message, advice)


def _experimental(start: int, end: int, what: str, version: str) -> Problem:
    message = f"{what} is experimental, and Prometheus {version} refuses it without a flag"
    return Problem("version", start, end, message, f"leave it out; the flag is {FLAG}")


def _of_syntax(text: str, node: Expr, version: str) -> Iterator[Problem]:
    match node:
        case VectorSelector():
            yield from _of_names(text, node, version)
            if node.offset is not None:
                yield from _of_duration(node.offset, version)
                yield from _of_two_offsets(text, node.bare_end, node.offset, version)
            if node.at is not None and isinstance(node.at.time, float):
                yield from _of_number(text, node.at.start, node.at.end, version)
        case MatrixSelector():
            yield from _of_duration(node.range, version)
        case SubqueryExpr():
            for duration in (node.range, node.step, node.offset):
                if duration is not None:
                    yield from _of_duration(duration, version)
            if node.offset is not None:
                yield from _of_two_offsets(text, node.range.end, node.offset, version)
            if node.at is not None and isinstance(node.at.time, float):
                yield from _of_number(text, node.at.start, node.at.end, version)
        case NumberLiteral():
            yield from _of_number(text, node.start, node.end, version)
        case AggregateExpr():
            if node.grouping is not None:
                yield from _of_labels(text, node.grouping.labels, version)
        case BinaryExpr():
            if node.matching is not None:
                yield from _of_labels(text, node.matching.labels, version)
                yield from _of_labels(text, node.matching.include, version)
        case _:
            pass


def _of_names(text: str, node: VectorSelector, version: str) -> Iterator[Problem]:
    if knows(version, QUOTED_NAMES):
        return
    if node.quoted:
        what = f'"{node.name}" as a metric\'s name in braces'
        yield _unknown(node.start, node.bare_end, what, version, QUOTED_NAMES)
    for matcher in node.matchers:
        if text[matcher.start] in "\"'`":
            what = f'"{matcher.name}" in quotes'
            yield _unknown(matcher.start, matcher.end, what, version, QUOTED_NAMES)


def _of_labels(text: str, labels: tuple[Label, ...], version: str) -> Iterator[Problem]:
    if not knows(version, QUOTED_NAMES):
        for label in labels:
            if text[label.start] in "\"'`" or ":" in label.name:
                what = f"{text[label.start : label.end]} as a label's name"
                yield _unknown(label.start, label.end, what, version, QUOTED_NAMES)


def _of_duration(duration: Duration, version: str) -> Iterator[Problem]:
    said = duration.text
    start, end = duration.start, duration.end
    if _odd_signs(said):
        yield _unknown(start, end, f"{said} with its signs", version, SIGNED_DURATIONS)
    elif not knows(version, SECONDS_AND_DURATIONS) and (
        _hex(said) or not _unit(said) or duration.milliseconds == 0
    ):
        what = f"{said} as a duration"
        problem = _unknown(start, end, what, version, SECONDS_AND_DURATIONS)
        if said.isdecimal() and duration.milliseconds:
            problem = replace(problem, help=f"write {said}s")
        yield problem


def _of_number(text: str, start: int, end: int, version: str) -> Iterator[Problem]:
    said = text[start:end]
    if "$" in said or "[" in said:
        return  # no number is written there: another language puts one in its place
    if not _hex(said) and _unit(said):
        if not knows(version, SECONDS_AND_DURATIONS):
            what = f"{said} as a number of seconds"
            yield _unknown(start, end, what, version, SECONDS_AND_DURATIONS)
    elif "_" in said and not knows(version, UNDERSCORES):
        yield _unknown(start, end, f"{said} with _", version, UNDERSCORES)
