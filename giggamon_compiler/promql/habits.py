"""What people write who think of another language, or of what is around an expression.

Each is told before the plain message of a word that does not fit, since the plain advice, to write
an operator there, would give an expression that means something else.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from giggamon_compiler.promql.language import AGGREGATIONS, FUNCTIONS, SETS
from giggamon_compiler.promql.unreadable import Word, fail, short

_conflict = re.compile(r"(?:<{7}|={7}|>{7})(?: [^\r\n]*)?(?=[\r\n]|\Z)").match
_dotted = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*(?:\.[a-zA-Z_][a-zA-Z0-9_]*)+(?![\w(])")
_method = re.compile(r"\.([a-z_]+)\s*\(").match
_range = re.compile(r"\[[^\[\]()]*\]\Z").search
_name_before = re.compile(r"[a-z_]+\s*\Z").search
_argument = re.compile(r"\(\s*([a-zA-Z_:][a-zA-Z0-9_:]*(?:\{[^{}]*\})?)\s*\)").match
_logql = re.compile(
    r"\|(?:[=~]|\s*(?:json|logfmt|pattern|regexp|unpack|unwrap|line_format|label_format|drop|keep)\b)"
).match
_CONDITIONS: Final = ("if", "when", "case")


def fail_conflict(text: str, start: int) -> None:
    """Stop at the mark of a merge conflict, which begins a line."""
    line = text[: start + 1].rstrip("<=>")
    if (not line or line.endswith(("\n", "\r", " "))) and (found := _conflict(text, len(line))):
        message = f"{found[0][:7]} belongs to a merge conflict that nobody has resolved"
        advice = "choose one of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"
        fail(*found.span(), message, advice)


def fail_power(text: str, word: Word) -> None:
    """Stop at `**`, of which the first sign was an operator."""
    if word.said == "*" and text[word.start - 1 : word.start] == "*":
        fail(word.start - 1, word.end, "** is no operator of PromQL", "write ^")


def fail_group(start: int, end: int, word: str, before: str) -> None:
    """Stop at a group clause after `and`, `or` and `unless`, which need none."""
    if before.lower() in SETS:
        message = f"{word} says how many series may match, and {before} takes as many as there are"
        fail(start, end, message, f"leave {word} out")


def fail_word(text: str, word: Word, before: str, start: int) -> None:
    """Stop at a word after a value where what stands there has a meaning elsewhere.

    before, start: the last word of the value, and where it begins
    """
    low, end = before.lower(), start + len(before)
    if word.said.lower() == "for" and Word(text, word.end).kind == "number":
        number = Word(text, word.end)
        said = text[word.start : number.end]
        message = f"{said} is no part of an expression"
        advice = f"leave it out, and state it in the rule's field for: {number.said}"
        fail(word.start, number.end, message, advice)
    if found := _logql(text, word.start):
        message = f"{found[0]} is of LogQL, which Loki reads, and Prometheus does not"
        fail(*found.span(), message, "keep the rules of Loki in files of their own")
    if low == "not":
        message = f"{before} is no word of PromQL"
        advice = "write a unless b for a where b is not, absent(a) where nothing is there"
        fail(start, end, message, advice)
    if low in _CONDITIONS:
        advice = f"leave {before} out: a comparison keeps the series for which it holds"
        fail(start, end, f"{before} is no word of PromQL", advice)
    if word.said.lower() == "is":
        advice = "write absent(…) for what is not there, == for a value"
        fail(word.start, word.end, f"{word.said} is no word of PromQL", advice)
    if low in AGGREGATIONS and word.kind in ("name", "number"):
        _fail_bare(text, word, before)
    if word.said == "=" and Word(text, word.end).kind == "string":
        _fail_matcher(text, word, before, start)
    if word.said == ".":
        _fail_dot(text, word, start)
    if word.said == "(":
        _fail_argument(text, word)


def _fail_bare(text: str, word: Word, name: str) -> NoReturn:
    """An aggregation without brackets: `count up`, `topk 5 up`."""
    param = AGGREGATIONS[name.lower()].param
    after = Word(text, word.end)
    inside = word.said if param is None else f"{word.said}, {after.said or '…'}"
    message = f"{name} needs brackets around what it aggregates"
    fail(word.start, word.end, message, f"write {name}({short(inside)})")


def _fail_matcher(text: str, word: Word, before: str, start: int) -> NoReturn:
    value = Word(text, word.end)
    message = f"{before}={short(value.said, 30)} matches a label, and stands outside of braces"
    fail(start, value.end, message, f"write it in braces: {{{before}={short(value.said, 30)}}}")


def _fail_dot(text: str, word: Word, start: int) -> None:
    """A point after a value: a name of OpenTelemetry, or a call as of a method."""
    if found := _method(text, word.start):
        message = f".{found[1]} is no method: PromQL has none"
        advice = f"write {found[1]}(…) around what stands before it"
        fail(word.start, found.end(1), message, advice)
    if found := _dotted.match(text, start):
        message = f"{short(found[0])} is no plain name of a metric"
        advice = f'write {{"{short(found[0])}"}}, which Prometheus reads since 3.0'
        fail(*found.span(), message, advice)


def _fail_argument(text: str, word: Word) -> None:
    """A range after a function's name, and its argument after that: `rate[5m](up)`."""
    range_ = _range(text[: word.start].rstrip())
    if range_ is None:
        return
    name = _name_before(text[max(0, range_.start() - 60) : range_.start()])
    if name is None or name[0].strip() not in FUNCTIONS:
        return
    message = f"{range_[0]} stands at {name[0].strip()}, and belongs to the metric"
    argument = _argument(text, word.start)
    said = argument[1] if argument else "…"
    fail(*range_.span(), message, f"write {name[0].strip()}({said}{range_[0]})")
