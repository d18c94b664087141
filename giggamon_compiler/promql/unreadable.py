"""What the parser raises, and how it looks at the place where it stopped.

A message begins with the thing, says what is wrong, and `help` says what to write. Spans cover
exactly what is wrong; where something is missing, what stands in its place, or nothing at the end.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NoReturn

from giggamon_compiler.promql.nodes import Problem
from giggamon_compiler.promql.tokens import SPACE, STRING

# Far beyond what anybody writes, so that no text can exhaust time, memory or the stack. A tree
# is at most DEEPEST brackets and MOST operators, ranges and signs deep.
LONGEST: Final = 100_000
DEEPEST: Final = 64
MOST: Final = 160

_space = re.compile(SPACE).match
_word = re.compile(
    rf"(?P<string>{STRING})|(?P<open>[\"'`])|(?P<variable>\$\{{[^}}]*\}}|\$\w+|\[\[\w+(?::\w+)?\]\])"
    r"|(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?P<number>\.?[0-9][0-9a-zA-Z_.]*)"
    r"|(?P<sign>!==?|===?|=~|=!|~=|!~|<>|<=|>=|=<|=>|&&|\|\||\*\*|.)",
    re.DOTALL,
).match
_brackets = re.compile(rf"{STRING}|\#[^\r\n]*|(?P<bracket>[()])").finditer
_counted = re.compile(
    rf"{STRING}|\#[^\r\n]*|(?P<brace>[{{}}])"
    r"|(?P<one>[-+*/%^@\[]|[=!<>]=?|\b(?i:and|or|unless|atan2|offset)\b)"
).finditer
_string = re.compile(rf"\#[^\r\n]*|({STRING})").finditer

Kind = Literal["string", "open", "variable", "name", "number", "sign", "end"]


class Unreadable(Exception):
    """Carries the one problem out of the parser; never leaves the package."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Word:
    """The word at a place, after blanks and comments; at the end of the text it is empty.

    kind: open is a quote that is never closed, variable a Grafana variable
    """

    __slots__ = ("end", "kind", "said", "start")

    def __init__(self, text: str, position: int) -> None:
        space = _space(text, position)
        self.start = space.end() if space else position
        match = _word(text, self.start)
        self.end = match.end() if match else self.start
        self.said = text[self.start : self.end]
        self.kind: Kind = "end"
        if match is not None:
            self.kind = match.lastgroup or "sign"  # type: ignore[assignment]


def fail(start: int, end: int, message: str, advice: str = "") -> NoReturn:
    """Stop reading: the text is no expression."""
    raise Unreadable(Problem("syntax", start, end, message, advice))


def fail_type(start: int, end: int, message: str, advice: str = "") -> NoReturn:
    """Stop reading: the parts do not fit together."""
    raise Unreadable(Problem("type", start, end, message, advice))


def fail_common(text: str, word: Word) -> None:
    """Stop at what is wrong wherever it stands: a variable, an open quote, a foreign sign."""
    if word.kind == "variable":
        fail(
            word.start,
            word.end,
            f"{word.said} is a Grafana variable, and Prometheus has no variables",
            "write its value, for example 5m where it is a duration"
            if text[: word.start].rstrip().endswith("[")
            else "write its value",
        )
    if word.kind == "open":
        fail(
            word.start,
            word.end,
            f"{word.said} opens a string that is never closed",
            f"write {word.said} where the string ends"
            + ("" if word.said == "`" else "; a string in this quote cannot go over the line"),
        )
    if word.kind == "sign" and (advice := _FOREIGN.get(word.said)):
        fail(word.start, word.end, f"{_visible(word.said)} is no sign of PromQL", f"write {advice}")
    if word.kind == "sign" and not (word.said.isascii() and word.said.isprintable()):
        advice = "take it out; outside of strings PromQL is plain ASCII"
        fail(word.start, word.end, f"{_visible(word.said)} is no sign of PromQL", advice)


_FOREIGN: Final = {
    "&&": "and", "||": "or", "**": "^", "<>": "!=", "=<": "<=", "=>": ">=", "===": "==",
    "!==": "!=", "=!": "!=", "~=": "=~", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'",
    "–": "-", "—": "-", "−": "-", "×": "*", "÷": "/", "≥": ">=", "≤": "<=", "≠": "!=",
    "\N{NO-BREAK SPACE}": "a plain blank", ";": "nothing: an expression has no end sign",
    "!": "unless between two sides, or != before a value", "|": "or", "&": "and",
    "?": "a comparison: PromQL has no conditions", "\\": "\\ in strings only",
}  # fmt: skip


def _visible(sign: str) -> str:
    if sign.isprintable():
        return sign
    return f"U+{ord(sign):04X}" if len(sign) == 1 else sign


def short(said: str, most: int = 60) -> str:
    """A part of the text in one line, cut where it is long."""
    line = " ".join(said.split()).encode("utf-8", "backslashreplace").decode()
    return line if len(line) <= most else line[: most - 1] + "…"


def check_bounds(text: str) -> None:
    """Refuse what is larger than any expression, and bytes that no string can hold."""
    size = len(text)
    if size > LONGEST:
        message = f"the expression has {size:,} characters, and {LONGEST:,} are read here"
        fail(0, size, message, "Prometheus may take it; split it into recording rules")
    if text.count("(") > DEEPEST:
        _check_depth(text)
    if size > 2 * MOST:
        _check_operators(text)
    if not text.isascii():
        _check_strings(text)


def _check_depth(text: str) -> None:
    depth = 0
    for match in _brackets(text):
        if match["bracket"] == "(":
            depth += 1
            if depth > DEEPEST:
                message = f"( is nested more than {DEEPEST} deep, and no deeper is read here"
                advice = "Prometheus may take it; leave brackets out, or record the inner part"
                fail(match.start(), match.end(), message, advice)
        elif match["bracket"]:
            depth -= 1


def _check_operators(text: str) -> None:
    count, in_braces = 0, False
    for match in _counted(text):
        if match["brace"]:
            in_braces = match["brace"] == "{"
        elif match["one"] and not in_braces:
            count += 1
            check_operators(count, match.start(), match.end())


def check_operators(count: int, start: int, end: int) -> None:
    """Refuse the operator, range or sign that is one too many; count: with this one."""
    if count <= MOST:
        return
    message = f"the expression has more than {MOST} operators, and no more are read here"
    advice = 'Prometheus may take it; use one pattern (=~"a|b") or a recording rule'
    fail(start, end, message, advice)


def _check_strings(text: str) -> None:
    for match in _string(text):
        if match[1] and any(sign == "\ufffd" or "\ud800" <= sign < "\ue000" for sign in match[1]):
            message = f"{short(match[1])} holds what is no UTF-8"
            advice = "save the file as UTF-8, or write \\xNN for a single byte"
            fail(match.start(1), match.end(1), message, advice)
