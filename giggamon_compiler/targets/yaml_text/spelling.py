"""How a scalar of YAML is spelled: from each character that it means to what is written for it.

Follows libyaml's scanner rule by rule: folding, escapes, indentation and chomping. Offsets count
characters of the text; a span is (start, end) with an exclusive end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]
# What is meant, character by character, and where each is written.
_Spelled = list[tuple[str, int, int]]

_BREAKS = "\n\r\x85\u2028\u2029"
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_BLOCK_HEAD = re.compile(
    r"[|>](?:([+-])?([1-9])?|([1-9])([+-]))(?![+\-0-9])[ \t]*(?:#[^\n\r\x85\u2028\u2029]*)?"
)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_LENGTHS = {"x": 2, "u": 4, "U": 8}


def spans_of(text: str, start: int, end: int, style: str, value: str) -> Sequence[Span] | None:
    """Where each character of a scalar's value is written; None where that cannot be traced.

    style: as libyaml says it: "" for plain, the quote, "|" or ">"; start, end: of the whole scalar
    """
    if style in ("|", ">"):
        return _spans_of_block(text, start, end, style, value)
    inner = (start + 1, end - 1) if style else (start, end)
    spelled = _flow(text, *inner, style)
    return _agreed(spelled, value)


def _agreed(spelled: _Spelled, value: str) -> Sequence[Span] | None:
    """The spans, if what was traced is what the parser has read."""
    if "".join(char for char, _, _ in spelled) != value:
        return None
    return [(start, end) for _, start, end in spelled]


def _flow(text: str, start: int, end: int, style: str) -> _Spelled:
    """A plain or quoted scalar: blanks around line breaks are dropped, and breaks folded."""
    spelled: _Spelled = []
    at = start
    while at < end:
        char = text[at]
        if char in " \t" or char in _BREAKS:
            at = _fold(text, at, end, spelled)
        elif char == "'" and style == "'":
            spelled.append(("'", at, at + 2))
            at += 2
        elif char == "\\" and style == '"':
            at = _escape(text, at, end, spelled)
        else:
            spelled.append((char, at, at + 1))
            at += 1
    return spelled


def _fold(text: str, start: int, end: int, spelled: _Spelled) -> int:
    """What blanks and line breaks between two characters mean; the offset behind them."""
    at = start
    breaks: _Spelled = []
    while at < end and (text[at] in " \t" or text[at] in _BREAKS):
        if text[at] in " \t":
            at += 1
        else:
            after = _after_break(text, at)
            breaks.append((_meant(text[at]), at, after))
            at = after
    if not breaks:
        spelled += [(text[index], index, index + 1) for index in range(start, at)]
    else:
        _join(breaks, start, at, spelled)
    return at


def _join(breaks: _Spelled, start: int, end: int, spelled: _Spelled) -> None:
    """One break is a space, one more is dropped; those that are no newline stay as they are."""
    if breaks[0][0] != "\n":
        spelled += breaks
    elif len(breaks) == 1:
        spelled.append((" ", start, end))
    else:
        spelled += breaks[1:]


def _escape(text: str, at: int, end: int, spelled: _Spelled) -> int:
    """What an escape means; the offset behind it."""
    code = text[at + 1 : at + 2]
    if code and code in _BREAKS:  # a line goes on: blanks and further breaks follow
        after = _after_break(text, at + 1)
        while after < end and (text[after] in " \t" or text[after] in _BREAKS):
            if text[after] in " \t":
                after += 1
            else:
                further = _after_break(text, after)
                spelled.append((_meant(text[after]), after, further))
                after = further
        return after
    if code in _LENGTHS:
        after = at + 2 + _LENGTHS[code]
        try:
            char = chr(int(text[at + 2 : after], 16))
        except (ValueError, OverflowError):
            char = ""
    else:
        after = at + 2
        char = _ESCAPES.get(code, "")
    spelled.append((char, at, after))
    return after


def _spans_of_block(
    text: str, start: int, end: int, style: str, value: str
) -> Sequence[Span] | None:
    head = _BLOCK_HEAD.match(text, start, end)
    if head is None:
        return None
    chomping = head[1] or head[4] or ""
    explicit = head[2] or head[3]
    body = _after_break(text, head.end()) if head.end() < end else end
    widest = max((len(line) - len(line.lstrip(" ")) for line in _lines(text, body, end)), default=0)
    first = int(explicit) if explicit else 1
    for indent in range(first, max(widest, first) + 1):
        spans = _agreed(_block(text, body, end, indent, style, chomping), value)
        if spans is not None:
            return spans
    return None


def _lines(text: str, start: int, end: int) -> list[str]:
    return [line for line in _BREAK.split(text[start:end]) if line]


def _block(text: str, at: int, end: int, indent: int, style: str, chomping: str) -> _Spelled:
    """A literal or folded scalar whose lines begin at a column."""
    spelled: _Spelled = []
    leading: _Spelled = []  # the break that ended the last line
    was_blank = False
    at, column, trailing = _blank_lines(text, at, end, indent)
    while at < end and column == indent:
        blank = text[at] in " \t"
        folds = style == ">" and leading and leading[0][0] == "\n" and not was_blank and not blank
        if not folds:
            spelled += leading
        elif not trailing:
            spelled.append((" ", leading[0][1], at))
        spelled += trailing
        was_blank = blank
        while at < end and text[at] not in _BREAKS:
            spelled.append((text[at], at, at + 1))
            at += 1
        leading = []
        if at < end:
            after = _after_break(text, at)
            leading = [(_meant(text[at]), at, after)]
            at = after
        at, column, trailing = _blank_lines(text, at, end, indent)
    if chomping != "-":
        spelled += leading
    if chomping == "+":
        spelled += trailing
    return spelled


def _blank_lines(text: str, at: int, end: int, indent: int) -> tuple[int, int, _Spelled]:
    """The offset behind empty lines and the next one's indentation, its column, the breaks."""
    breaks: _Spelled = []
    column = 0
    while at < end:
        while at < end and column < indent and text[at] == " ":
            at, column = at + 1, column + 1
        if at >= end or text[at] not in _BREAKS:
            break
        after = _after_break(text, at)
        breaks.append((_meant(text[at]), at, after))
        at, column = after, 0
    return at, column, breaks


def _after_break(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else at + 1


def _meant(char: str) -> str:
    """What a line break means: those of Unicode stand for themselves."""
    return char if char in "\u2028\u2029" else "\n"
