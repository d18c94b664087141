"""From characters of a text to the characters of the Python literals that it is written in.

A literal is read here as Python reads it: raw or not, every escape, parts that stand side by side
or are joined by `+`. What is read must be the text, but for white space that was taken out of it,
or the answer is None: of a text that is computed, the whole argument is meant.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from giggamon_compiler.findings import Place
from giggamon_compiler.load.source import Source, place_of, span_of

_BETWEEN = re.compile(r"(?:\s|\\\n|#[^\n]*)*")
_OPENING = re.compile(r"""([A-Za-z]*)('''|\"""|'|")""")
_PLAIN = re.compile(r"""[^\\'"]+|['"]""")
_ESCAPE = re.compile(
    r"\\(?:(\n)|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|"
    r"""([\\'"abfnrtv]))"""
)
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A text, and where in the file each of its characters begins and ends."""

    value: str
    starts: Sequence[int]
    ends: Sequence[int]


def place_in_literal(
    source: Source, node: ast.expr, text: str, start: int, end: int
) -> Place | None:
    """The place of characters `start` to `end` of a text that an expression gives."""
    written = _read(source, node)
    if written is None:
        return None
    indices = _align(written.value, text)
    if indices is None or not 0 <= start <= end <= len(text) or not text:
        return None
    if start < end:
        first, last = written.starts[indices[start]], written.ends[indices[end - 1]]
    elif start < len(text):
        first = last = written.starts[indices[start]]
    else:
        first = last = written.ends[indices[-1]]
    return _place_of_offsets(source, first, last)


@lru_cache(maxsize=64)
def _read(source: Source, node: ast.expr) -> _Written | None:
    """What an expression that holds only literals says; None where it is computed otherwise."""
    value: list[str] = []
    starts, ends = array("q"), array("q")
    for literal in _literals_in(node):
        if literal is None:
            return None
        read: list[str] = []
        for piece, start, end in _pieces_of(source, literal):
            read.append(piece)
            if len(piece) == 1:
                starts.append(start)
                ends.append(end)
            elif piece:
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
        if "".join(read) != literal.value:
            return None
        value += read
    return _Written("".join(value), starts, ends)


def _literals_in(node: ast.expr) -> Iterator[ast.Constant | None]:
    """The literals of a text in their order; None for what is none."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
            waiting += (part.right, part.left)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part
        elif isinstance(part, ast.Call) and (inner := _trimmed_by(part)):
            waiting.append(inner)
        else:
            yield None


def _trimmed_by(call: ast.Call) -> ast.expr | None:
    """What a call may have taken white space from: `dedent(…)`, `"…".strip()`."""
    if len(call.args) == 1 and not call.keywords:
        return call.args[0]
    if not call.args and not call.keywords and isinstance(call.func, ast.Attribute):
        return call.func.value
    return None


def _pieces_of(source: Source, literal: ast.Constant) -> Iterator[tuple[str, int, int]]:
    """The text of a literal piece by piece, each with its offsets in the file.

    A piece of several characters stands there as it is.
    """
    text = source.text
    position, stop = _offsets_of(source, literal)
    while position < stop:
        opening = _OPENING.match(text, position)
        if opening is None:
            return
        prefix, quotes = opening.groups()
        raw = "r" in prefix.lower()
        position = opening.end()
        while not text.startswith(quotes, position):
            if text[position] != "\\":
                plain = _PLAIN.match(text, position)
                assert plain is not None
                piece, end = plain.group(), plain.end()
            elif raw:  # a backslash and what it protects, which may be a quote
                end = position + 2
                piece = text[position:end]
            else:
                piece, end = _unescape(text, position)
            yield piece, position, end
            position = end
        between = _BETWEEN.match(text, position + len(quotes))
        position = between.end() if between else stop


def _unescape(text: str, position: int) -> tuple[str, int]:
    """What an escape stands for, and where it ends; one that Python does not know is itself."""
    escape = _ESCAPE.match(text, position)
    if escape is None:
        return text[position], position + 1
    newline, octal, short, middle, long, name, letter = escape.groups()
    if newline:
        char = ""
    elif octal:
        char = chr(int(octal, 8))
    elif name is not None:
        char = unicodedata.lookup(name)
    elif letter:
        char = _NAMED.get(letter, letter)
    else:
        char = chr(int(short or middle or long, 16))
    return char, escape.end()


@lru_cache(maxsize=16)
def _align(value: str, text: str) -> Sequence[int] | None:
    """For each character of a text its index in a value; the rest there must be white space.

    Of what can be told apart by nothing else, the last is taken: an indentation is taken away at
    its beginning.
    """
    if value == text:
        return range(len(value))
    lead = len(value) - len(value.lstrip())
    if value.strip() == text:
        return range(lead, lead + len(text))
    indices = array("q", bytes(8 * len(text)))
    index = len(value)
    for position in range(len(text) - 1, -1, -1):
        index -= 1
        while index >= 0 and value[index] != text[position]:
            if not value[index].isspace():
                return None
            index -= 1
        if index < 0:
            return None
        indices[position] = index
    return indices if not value[:index].strip() else None


def _offsets_of(source: Source, node: ast.expr) -> tuple[int, int]:
    """Where an expression begins and ends in its file, in characters from the start."""
    place = place_of(source, span_of(node))
    begins = _beginnings(source)
    return (
        begins[place.line - 1] + place.column - 1,
        begins[place.end_line - 1] + place.end_column - 1,
    )


def _place_of_offsets(source: Source, start: int, end: int) -> Place:
    begins = _beginnings(source)
    line, end_line = (bisect_right(begins, offset) for offset in (start, end))
    return Place(
        source.file,
        line,
        start - begins[line - 1] + 1,
        end_line,
        end - begins[end_line - 1] + 1,
        source.lines[line - 1],
    )


@lru_cache(maxsize=8)
def _beginnings(source: Source) -> Sequence[int]:
    """Where each line begins, in characters from the start of the file."""
    return list(accumulate((len(line) + 1 for line in source.lines), initial=0))
