"""How a scalar of YAML is spelled: from each character that it means to what is written for it.

Follows libyaml's scanner rule by rule: folding, escapes, indentation and chomping. Offsets count
characters of the text; a span is (start, end) with an exclusive end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

Span = tuple[int, int]
# Pieces of what is meant, and where each is written: as it is, or one character in another way.
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
# What stands for itself in each style: anything but breaks, the blanks before them, and escapes.
_RUNS = {
    style: re.compile(rf"(?:[^ \t{_BREAKS}{special}]+|[ \t]+(?![ \t{_BREAKS}]))+")
    for style, special in (("", ""), ("'", "'"), ('"', r"\\"))
}
_LENGTHS = {"x": 2, "u": 4, "U": 8}


class Spelling:
    """Where each character of a scalar's value is written."""

    def __init__(self, pieces: _Spelled) -> None:
        self._pieces = pieces
        self._ends = list(accumulate(len(meant) for meant, _, _ in pieces))

    def span(self, start: int, end: int) -> Span | None:
        """Where some characters are written; a point where there are none."""
        if not self._pieces or not 0 <= start <= end <= self._ends[-1]:
            return None
        if start == end:
            point = self._of(start)[0] if start < self._ends[-1] else self._of(start - 1)[1]
            return point, point
        return self._of(start)[0], self._of(end - 1)[1]

    def _of(self, index: int) -> Span:
        number = bisect_right(self._ends, index)
        meant, start, end = self._pieces[number]
        if len(meant) == 1:
            return start, end
        offset = start + index - (self._ends[number] - len(meant))
        return offset, offset + 1


def read_spelling(text: str, start: int, end: int, style: str, value: str) -> Spelling | None:
    """How a scalar is spelled; None where that cannot be traced.

    style: as libyaml says it: "" for plain, the quote, "|" or ">"; start, end: of the whole scalar
    """
    if style in ("|", ">"):
        return _read_block(text, start, end, style, value)
    inner = (start + 1, end - 1) if style else (start, end)
    return _agreed(_flow(text, *inner, style), value)


def _agreed(spelled: _Spelled, value: str) -> Spelling | None:
    """The spelling, if what was traced is what the parser has read."""
    pieces = [piece for piece in spelled if piece[0]]
    return Spelling(pieces) if "".join(meant for meant, _, _ in pieces) == value else None


def _flow(text: str, start: int, end: int, style: str) -> _Spelled:
    """A plain or quoted scalar: blanks around line breaks are dropped, and breaks folded."""
    spelled: _Spelled = []
    run = _RUNS[style]
    at = start
    while at < end:
        found = run.match(text, at, end)
        if found:
            spelled.append((found[0], at, found.end()))
            at = found.end()
        elif text[at] == "'" and style == "'":
            spelled.append(("'", at, at + 2))
            at += 2
        elif text[at] == "\\" and style == '"':
            at = _escape(text, at, end, spelled)
        else:
            at = _fold(text, at, end, spelled)
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
    if breaks:
        _join(breaks, start, at, spelled)
    else:
        spelled.append((text[start:at], start, at))
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


def _read_block(text: str, start: int, end: int, style: str, value: str) -> Spelling | None:
    head = _BLOCK_HEAD.match(text, start, end)
    if head is None:
        return None
    chomping = head[1] or head[4] or ""
    explicit = head[2] or head[3]
    body = _after_break(text, head.end()) if head.end() < end else end
    widest = max((len(line) - len(line.lstrip(" ")) for line in _lines(text, body, end)), default=0)
    first = int(explicit) if explicit else 1
    for indent in range(first, max(widest, first) + 1):
        spelling = _agreed(_block(text, body, end, indent, style, chomping), value)
        if spelling is not None:
            return spelling
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
        found = _BREAK.search(text, at, end)
        line_end = found.start() if found else end
        spelled.append((text[at:line_end], at, line_end))
        at = line_end
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
