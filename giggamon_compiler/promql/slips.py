"""Why an expression cannot be read, outside of braces, ranges and label lists."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final, NoReturn

from giggamon_compiler.promql import habits
from giggamon_compiler.promql.language import AGGREGATIONS, FUNCTIONS, KEYWORDS
from giggamon_compiler.promql.nodes import Expr, StringLiteral
from giggamon_compiler.promql.tokens import NAME, STRING
from giggamon_compiler.promql.unreadable import (
    Word,
    fail,
    fail_common,
    fail_type,
    short,
)

_before = re.compile(rf"({STRING})|\#[^\r\n]*|([()])|({NAME})|([0-9][0-9.]*|[^\s])").finditer
_clause = re.compile(r"\s*(?:by|without)\s*\([^()]*\)", re.IGNORECASE).match
_clause_first = re.compile(r"\w+\s*(?:by|without)\s*\([^()]*\)\s*\(", re.IGNORECASE).match
_trailing_number = re.compile(r"(?<![\w.])[0-9][0-9.]*$").search
_OPERATORS: Final = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "^"]
_WORD_OPERATORS: Final = ("and", "or", "unless", "atan2", "offset", "by", "without")
_TYPOS: Final = {
    "adn": "and", "nad": "and", "an": "and", "ad": "and", "andd": "and", "ro": "or", "orr": "or",
    "not": "unless", "xor": "unless", "unles": "unless", "except": "unless", "oder": "or",
    "und": "and", "where": "and", "of": "offset", "off": "offset", "mod": "%", "div": "/",
    "eq": "==", "ne": "!=", "gt": ">", "lt": "<", "ge": ">=", "le": "<=",
}  # fmt: skip
_MEANING: Final = {"group_left": "on (…) or ignoring (…)", "group_right": "on (…) or ignoring (…)"}


def fail_operand(text: str, position: int) -> NoReturn:
    """Where a value, a metric or a function has to stand, something else does, or nothing."""
    word = Word(text, position)
    before, before_start = _last(text, word.start)
    if not before and word.kind == "end":
        fail(0, len(text), "there is no expression here", "write one, for example up == 0")
    habits.fail_conflict(text, word.start)
    habits.fail_power(text, word)
    if word.kind == "sign" and before in ("=", "!", "<", ">", "==", "!=", "<=", ">="):
        joined = text[before_start : word.end]
        if joined in ("!==", "===", "<>", "=>", "=<", "!=="):
            right = {"<>": "!=", "=<": "<="}.get(joined, joined[:2])
            fail(before_start, word.end, f"{joined} is no operator of PromQL", f"write {right}")
    fail_common(text, word)
    if word.said == ")" and before == "(":
        fail(before_start, word.end, "() holds no expression", "write one between the brackets")
    if word.said == ",":
        fail(word.start, word.end, ", has nothing before it", "leave the comma out")
    if word.said == "[":
        advice = "write a metric before it, for example up[5m]"
        fail(word.start, word.end, "[ has no metric before it", advice)
    if word.said in ("]", "}"):
        fail(word.start, word.end, f"{word.said} closes nothing here", "leave it out")
    if word.said == "=":
        fail(word.start, word.end, "= compares nothing in PromQL", "write ==")
    if word.kind == "end" or word.said == ")":
        fail_missing(word, before)
    if word.said in _OPERATORS or word.said in ("=~", "!~"):
        message = f"{word.said} has nothing before it"
        if before not in ("", "(", ","):
            message = f"{word.said} follows {before}, and a value is missing between them"
        fail(word.start, word.end, message, "write the value, or leave one operator out")
    fail(word.start, word.end, f"{short(word.said)} is no value, metric or function")


def fail_missing(word: Word, before: str) -> NoReturn:
    """An operator or a bracket has nothing after it."""
    advice = "write what it takes, or leave it out"
    if before == "(":
        fail(word.start, word.end, "( is never closed", "write ) where it ends")
    if before == ",":
        advice = "leave the comma out, or write one more argument"
    fail(word.start, word.end, f"{before} has nothing after it", advice)


def _last(text: str, position: int) -> tuple[str, int]:
    """The last word before a place, and where it begins; comments are none."""
    word, start = "", 0
    for match in _before(text, 0, position):
        if match.lastindex is not None:
            if match[4] and word and match.start() == start + len(word) and word in "=!<>":
                word += match[0]
            else:
                word, start = match[0], match.start()
    return word, start


def fail_tail(text: str, position: int) -> NoReturn:
    """After a value something stands that is no operator, and closes nothing."""
    word = Word(text, position)
    low = word.said.lower()
    if low in ("by", "without"):
        _fail_clause(text, position, word)
    habits.fail_conflict(text, word.start)
    habits.fail_word(text, word, *_last(text, position))
    if word.said == "=":
        fail(word.start, word.end, "= compares nothing in PromQL", "write ==")
    if word.said in ("=~", "!~"):
        advice = f'write it in braces after the metric, for example up{{job{word.said}"a.*"}}'
        fail(
            word.start,
            word.end,
            f"{word.said} matches labels, and stands outside of braces",
            advice,
        )
    fail_common(text, word)
    number = _trailing_number(text[max(0, position - 20) : position])
    if number and low in ("ms", "s", "m", "h", "d", "w", "y"):
        said = f"{number[0]} {word.said}"
        message = f"{said} is a duration with a blank in it"
        fail(position - len(number[0]), word.end, message, f"write {number[0]}{low}")
    if word.kind == "name":
        _fail_name(text, position, word)
    if word.said == "{":
        _fail_brace(text, position, word)
    if word.said in ("]", "}"):
        fail(word.start, word.end, f"{word.said} closes nothing here", "leave it out")
    _fail_between(text, position, word)


def _fail_clause(text: str, position: int, word: Word) -> NoReturn:
    """`by` where no aggregation ends; mostly the bracket before it is missing."""
    clause = _clause(text, word.start)
    said = clause[0] if clause else word.said
    caller, start = _caller(text, position)
    low = word.said.lower()
    if caller.lower() in AGGREGATIONS and not _clause_first(text, start):
        inner = short(text[start:position], 200)
        message = f"{low} stands inside the brackets of {caller}, which are not closed before it"
        fail(word.start, word.end, message, f"write {short(f'{inner}) {said}', 200)}")
    message = f"{low} belongs to an aggregation, and none ends before it"
    fail(word.start, word.end, message, f"write sum {said} (…), or leave it out")


def _caller(text: str, position: int) -> tuple[str, int]:
    """Whose bracket is open at a place: the word before it, and where that begins."""
    waiting: list[tuple[str, int]] = []
    name, start = "", 0
    closed: tuple[str, int] = ("", 0)
    for match in _before(text, 0, position):
        if match[2] == "(":
            waiting.append((name, start))
            name = ""
        elif match[2] == ")":
            closed = waiting.pop() if waiting else ("", 0)
            name, start = "", match.start()
            # `sum by (job) (`: the bracket after a clause is the aggregation's.
            if closed[0].lower() in ("by", "without"):
                name, start = _aggregation_before(text, closed[1])
        elif match.lastindex is not None:
            name, start = (match[3], match.start()) if match[3] else ("", match.start())
    return waiting[-1] if waiting else ("", 0)


def _aggregation_before(text: str, position: int) -> tuple[str, int]:
    word, start = _last(text, position)
    return (word, start) if word.lower() in AGGREGATIONS else ("", 0)


def _fail_name(text: str, position: int, word: Word) -> NoReturn:
    low = word.said.lower()
    if low in ("group_left", "group_right", "on", "ignoring", "bool"):
        message = f"{low} has no operator before it"
        advice = "write it directly after an operator: a / on (job) group_left b"
        fail(word.start, word.end, message, advice)
    after = Word(text, word.end)
    meant = _TYPOS.get(low)
    if (meant is None and after.kind in ("name", "number")) or after.said in ("(", "{"):
        near = get_close_matches(low, _WORD_OPERATORS, n=1, cutoff=0.7)
        meant = meant or (near[0] if near else None)
    if meant is not None and (low not in ("group",) or after.said != "("):
        fail(word.start, word.end, f"{word.said} is no operator of PromQL", f"write {meant}")
    _fail_between(text, position, word)


def _fail_brace(text: str, position: int, word: Word) -> NoReturn:
    before = text[position - 1]
    if before == "}":
        message = "{ opens a second list of matchers"
        fail(word.start, word.end, message, 'write all in one: up{job="a",instance="b"}')
    if before == ")":
        message = "{ chooses series, and can stand only at a metric"
        advice = 'write the matchers at the metric inside: rate(up{job="a"}[5m])'
        fail(word.start, word.end, message, advice)
    if before == "]":
        message = "{ has to stand before the range"
        fail(word.start, word.end, message, 'write up{job="a"}[5m]')
    _fail_between(text, position, word)


def _fail_between(text: str, position: int, word: Word) -> NoReturn:
    before = _last(text, position)[0]
    message = f"{short(word.said, 40)} follows {short(before, 40)} without an operator between them"
    if before.lower() in KEYWORDS and before.lower() not in ("inf", "nan", "start", "end"):
        message = f"{before} has nothing before it"
        start = _last(text, position)[1]
        fail(start, start + len(before), message, "write an expression on both sides of it")
    if _caller(text, position)[0]:
        advice = "write a comma or an operator between them, or close the bracket before"
    else:
        advice = "write an operator between them: ==, >, and, or, …"
    fail(word.start, word.end, message, advice)


def fail_stray(text: str, position: int) -> NoReturn:
    """A bracket or a comma stands outside of all brackets."""
    if text[position] == ")":
        advice = "leave it out, or write the ( that it closes"
        fail(position, position + 1, ") closes nothing: no ( is open here", advice)
    advice = "leave it out; one expression gives one result"
    fail(position, position + 1, ", separates arguments, and no call is open here", advice)


def fail_unclosed(text: str, opening: int, position: int) -> NoReturn:
    """A bracket is open where the text ends, or where only one expression may stand."""
    if text[position : position + 1] == ",":
        message = ", separates arguments, and no function stands before the bracket"
        fail(
            position, position + 1, message, "write a function's name before the (, or an operator"
        )
    end = _end_of_call(text, opening)
    fixed = short(f"{text[:end].rstrip()}) {text[end:]}".rstrip(), 80)
    advice = "write ) where it ends" + ("" if "#" in text or "…" in fixed else f": {fixed}")
    fail(opening, opening + 1, "( is never closed", advice)


def _end_of_call(text: str, opening: int) -> int:
    """Where the arguments of a call probably end: `sum(x > 1` compares the sum.

    What is counted is often a comparison, and so is what stands in a bracket of its own.
    """
    name = _caller(text, opening + 1)[0].lower()
    if (name not in AGGREGATIONS and name not in FUNCTIONS) or name == "count":
        return len(text)
    depth, comparison = 0, len(text)
    for match in _before(text, opening + 1):
        sign = match[2] or match[4] or ""
        depth += (sign in "([{") - (sign in ")]}") if sign else 0
        if depth == 0 and match[3] and match[3].lower() in ("and", "or", "unless"):
            return min(comparison, match.start())
        # The second sign of >= and == follows directly.
        if depth == 0 and sign and sign in "=!<>" and text[match.start() - 1] not in "=!<>":
            comparison = match.start()
    return comparison


def fail_trailing_comma(position: int) -> NoReturn:
    """A comma before the closing bracket of a call."""
    fail(position, position + 1, ", has no argument after it", "leave the comma out")


def fail_keyword(text: str, start: int, end: int) -> NoReturn:
    """A word of the language where a metric should stand."""
    word = text[start:end]
    low = word.lower()
    if low in _MEANING:
        habits.fail_group(start, end, word, _last(text, start)[0])
        fail(start, end, f"{word} needs {_MEANING[low]} before it", f"write on (job) {low} (…)")
    if low in ("inf", "nan"):
        fail(start, end, f"{word} is a number, and has no matchers", f"write {word} alone")
    if low == "atan2":
        fail(start, end, "atan2 has nothing before it", "write y atan2 x")
    advice = "write it directly after an operator: a / on (job) b, a > bool b"
    fail(start, end, f"{word} is a word of PromQL, and no metric", advice)


def fail_call(text: str, start: int, name: str) -> NoReturn:
    """A bracket after a word that is no function."""
    end, low = start + len(name), name.lower()
    if low in ("by", "without"):
        message = f"{name} has no aggregation before it"
        fail(start, end, message, f"write sum {low} (…) (…)")
    if low in ("and", "or", "unless"):
        fail(start, end, f"{name} has nothing before it", f"write an expression before {name}")
    if low == "offset":
        advice = "write a selector before it: up offset 5m"
        fail(start, end, "offset has nothing before it", advice)
    if low in ("start", "end"):
        fail(start, end, f"{name}() stands for a time only after @", f"write up @ {low}()")
    if ":" in name:
        message = f"{name} is a metric, and cannot be called"
        near = get_close_matches(name.split(":")[-1], FUNCTIONS, n=1, cutoff=0.7)
        advice = f"write {name} without brackets" + (f", or {near[0]}(…)" if near else "")
        fail(start, end, message, advice)
    fail_keyword(text, start, end)


def fail_aggregation(start: int, end: int, op: str, args: tuple[Expr, ...]) -> NoReturn:
    """An aggregation with more or fewer arguments than it takes."""
    aggregation = AGGREGATIONS[op]
    wanted = 1 if aggregation.param is None else 2
    message = f"{op} takes {wanted} argument{'s' if wanted > 1 else ''}, not {len(args)}"
    fail_type(start, end, message, f"call it as {aggregation.signature}")


def fail_operand_of(text: str, name: str, position: int) -> NoReturn:
    """After an aggregation with its clause no bracket opens."""
    word = Word(text, position)
    fail_common(text, word)
    message = f"{name} needs brackets around what it aggregates"
    advice = f"write {name} by (…) (…)"
    fail(word.start, word.end, message, advice)


def fail_two_names(name: str, quoted: StringLiteral) -> NoReturn:
    """A metric is named before the braces and in them."""
    message = f"{name} is named a second time in the braces"
    fail(quoted.start, quoted.end, message, "leave one of the two names out")
