"""Why ranges, offsets, times and numbers cannot be read."""

from __future__ import annotations

import re
from typing import NoReturn

from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    Call,
    Duration,
    Expr,
    MatrixSelector,
    SubqueryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.tokens import duration
from giggamon_compiler.promql.unreadable import Word, fail, fail_common, fail_type, short

_UNITS = ("y", "w", "d", "h", "m", "s", "ms")
_long = re.compile(
    r"([0-9]+)(years?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|millis)", re.IGNORECASE
)
_parts = re.compile(r"([0-9]+)(ms|[smhdwy])")
_fraction = re.compile(r"([0-9]*\.[0-9]+)([smhdw])").fullmatch
_caller = re.compile(r"([a-zA-Z_][a-zA-Z0-9_]*)\s*\(\s*\Z").search
_SMALLER = {"m": (60, "s"), "h": (60, "m"), "d": (24, "h"), "w": (7, "d"), "s": (1000, "ms")}
_FLAG = "Prometheus has it behind --enable-feature=promql-duration-expr"


def fail_duration(text: str, position: int, before: str) -> NoReturn:
    """No duration stands where one has to; before: "[", ":" or "offset"."""
    word = Word(text, position)
    fail_common(text, word)
    example = {"[": "[5m]", ":": "[1h:5m]"}.get(before, "offset 5m")
    if word.kind == "end" or word.said in ("]", ")", ","):
        fail(word.start, word.end, f"{before} has no duration after it", f"write {example}")
    if word.kind == "string":
        inner = word.said[1:-1]
        advice = f"write {inner} without quotes" if duration(inner) else f"write {example}"
        fail(word.start, word.end, f"{short(word.said)} is a string, and no duration", advice)
    if word.said == "(":
        message = "( makes a calculated duration, which is experimental"
        fail(word.start, word.end, message, f"write the duration itself: {example}")
    if word.said == "[":
        advice = f"write {example}; a Grafana variable is none of Prometheus"
        fail(word.start, word.end, "[ opens a range inside of a range", advice)
    fail(word.start, word.end, f"{short(word.said)} is no duration", f"write {example}")


def fail_calculated(start: int, end: int) -> NoReturn:
    """An offset of several signs, after which Prometheus reads arithmetic of durations."""
    message = "an offset of two signs makes a calculated duration of what follows"
    fail(start, end, message, "write the offset with one sign, and brackets around what is shifted")


def fail_number(text: str, start: int, end: int) -> NoReturn:
    """What begins like a number or a duration is neither."""
    said = text[start:end]
    if len(said) > 100:  # what follows looks more closely than such a text is worth
        fail(start, end, f"{short(said)} is no number that Prometheus can hold")
    if fraction := _fraction(said):
        size, unit = _SMALLER[fraction[2]]
        amount = float(fraction[1]) * size
        advice = (
            f"write {amount:.0f}{unit}" if amount.is_integer() else "write it in a smaller unit"
        )
        fail(start, end, f"{said} is no duration: it has a fraction", advice)
    if _long.sub("", said) == "" and said:
        units = _long.sub(
            lambda m: (
                m[1] + ("ms" if m[2].lower()[:2] == "mi" and "ll" in m[2] else m[2][0].lower())
            ),
            said,
        )
        fail(start, end, f"{said} is no duration", f"write {units}")
    if duration(said.lower()) is not None and said != said.lower():
        fail(start, end, f"{said} is no duration: units are small letters", f"write {said.lower()}")
    parts = _parts.findall(said)
    if parts and "".join(map("".join, parts)) == said:
        _fail_parts(start, end, said, parts)
    if re.fullmatch(r"[0-9.eE+_-]+|0[xX][0-9a-fA-F_]+", said) and said.count(".") < 2:
        message = f"{said} is no number that Prometheus can hold"
        fail(start, end, message, "write a decimal number, for example 1e6")
    if re.match(r"[0-9]+[a-zA-Z_]", said):
        message = (
            f"{short(said)} is neither a number nor a duration, and no name begins with a digit"
        )
        advice = "write a duration like 1h30m (units ms, s, m, h, d, w, y), a number or a name"
        fail(start, end, message, advice)
    fail(start, end, f"{short(said)} is no number", "write a number like 5, 0.5 or 1e6")


def _fail_parts(start: int, end: int, said: str, parts: list[tuple[str, str]]) -> NoReturn:
    """Parts of a duration in a wrong order, twice, or too long."""
    total: dict[str, int] = {}
    for count, unit in parts:
        total[unit] = total.get(unit, 0) + int(count)
    right = "".join(f"{total[unit]}{unit}" for unit in _UNITS if unit in total)
    if right == said:
        message = f"{said} is longer than 292 years, the longest that Prometheus knows"
        fail(start, end, message, "write a shorter duration")
    advice = f"write {right}"
    fail(start, end, f"{said} is no duration: units go from large to small, each once", advice)


def fail_range(text: str, opening: int, position: int) -> NoReturn:
    """After the duration a range neither ends nor goes on with a colon."""
    word = Word(text, position)
    fail_common(text, word)
    inside = text[opening + 1 : position].strip()
    if word.kind == "end":
        fail(opening, opening + 1, "[ is never closed", f"write [{short(inside, 30)}]")
    if word.said in (")", ",", "}"):
        message = f"] is missing before {word.said}"
        fail(word.start, word.end, message, f"write [{short(inside, 30)}]{word.said}")
    if word.kind == "name" and word.said.lower() in _UNITS:
        begin = word.start - len(text[: word.start]) + len(text[: word.start].rstrip())
        begin = text.rindex(inside.split()[-1], opening, begin)
        said = f"{inside} {word.said}"
        message = f"{said} is a duration with a blank in it, which Prometheus reads as [{inside}:]"
        fail(begin, word.end, message, f"write [{inside}{word.said.lower()}]")
    if word.said in "+-*/%^":
        message = f"{word.said} calculates a duration, which is experimental"
        fail(word.start, word.end, message, f"write the result, like [1h30m]; {_FLAG}")
    if word.said.lower() in ("offset", "@"):
        message = f"] is missing before {word.said}"
        fail(word.start, word.end, message, f"write [{short(inside, 30)}] {word.said}")
    message = f"{short(word.said)} has no place in a range"
    fail(word.start, word.end, message, "write [5m], or [1h:5m] for a subquery")


def fail_range_of(text: str, node: Expr, opening: int, end: int) -> NoReturn:
    """A range after something that is no selector, or after its offset."""
    span = text[opening:end]
    if isinstance(node, VectorSelector):
        bare, rest = text[node.start : node.bare_end], text[node.bare_end : node.end].strip()
        message = f"{span} has to stand before {short(rest, 30)}"
        fail_type(opening, end, message, f"write {short(f'{bare}{span} {rest}', 100)}")
    said = short(text[node.start : node.end], 40)
    if isinstance(node, MatrixSelector | SubqueryExpr):
        fail_type(opening, end, f"{said} has a range already", f"leave {span} out, or the other")
    subquery = f"{said}{span[:-1]}:]"
    message = f"{span} can follow only a selector, and {said} is none"
    advice = f"write {subquery}, a subquery"
    caller = _caller(text[max(0, node.start - 100) : node.start])
    if isinstance(node, AggregateExpr) and isinstance(node.expr, VectorSelector):
        inner = text[node.expr.start : node.expr.end]
        head = text[node.start : node.expr.start]
        name = caller[1] if caller else "rate"
        tail = text[node.expr.end : node.end]
        advice = (
            f"write {short(f'{head}{name}({inner}{span}){tail}', 100)}, or {subquery}, a subquery"
        )
    elif isinstance(node, Call) and not caller and len(node.args) == 1:
        advice = f"write the range at the metric inside, or {subquery}, a subquery"
    fail_type(opening, end, message, advice)


def fail_not_positive(length: Duration) -> NoReturn:
    """A range or a step of no length, or less."""
    advice = "write how far to look back, for example 5m"
    if length.text.lstrip().startswith("-"):
        advice = f"write {length.text.lstrip('- ')}; what lies further back is offset"
    fail(length.start, length.end, f"{length.text} is not longer than nothing", advice)


def fail_twice(start: int, end: int, word: str) -> NoReturn:
    """`offset` or `@` is given a second time."""
    fail_type(start, end, f"{word} is given a second time", "leave one of the two out")


def fail_modifier(text: str, node: Expr, start: int, end: int, word: str) -> NoReturn:
    """`offset` or `@` after what has no time of its own."""
    said = short(text[node.start : node.end], 40)
    modifier = text[start:end]
    message = f"{word} can follow only a selector or a subquery, and {said} is neither"
    advice = f"write {short(modifier, 40)} at the selector inside"
    inner: Expr = node
    while isinstance(inner, AggregateExpr) or (isinstance(inner, Call) and len(inner.args) == 1):
        inner = inner.expr if isinstance(inner, AggregateExpr) else inner.args[0]
    if inner is not node and isinstance(inner, VectorSelector | MatrixSelector):
        fixed = f"{text[node.start : inner.end]} {modifier}{text[inner.end : node.end]}"
        advice = f"write {short(fixed, 100)}"
    fail_type(start, end, message, advice)


def fail_at(text: str, position: int) -> NoReturn:
    """After `@` stands no time."""
    word = Word(text, position)
    fail_common(text, word)
    if word.said.lower() in ("start", "end"):
        fail(word.start, word.end, f"{word.said} needs brackets", f"write @ {word.said.lower()}()")
    message = "@ has no time after it"
    if word.kind != "end":
        message = f"{short(word.said)} is no time"
    advice = "write seconds since 1970, start() or end(): @ 1609746000"
    fail(word.start, word.end, message, advice)


def fail_time(text: str, start: int, end: int) -> NoReturn:
    """A time after `@` that is none, or further away than Prometheus can count."""
    message = f"{short(text[start:end])} is no time that Prometheus can hold"
    fail(start, end, message, "write seconds since 1970")
