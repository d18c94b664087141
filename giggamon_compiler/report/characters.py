"""Characters on a terminal: what is shown of them, how many cells they take, and carets below."""

from __future__ import annotations

import unicodedata

WIDTH = 100
_LEAD = 20  # how much of a long line is shown before the span
_TAB = 4
_LONG = 10 * WIDTH
_BRIEF = 4 * WIDTH  # how much anybody reads of what is said in one go


def visible(text: str) -> str:
    """A text on one line that moves no terminal: tabs as spaces, control characters as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def brief(text: str) -> str:
    """What somebody is told, visible: of what is far too long, its beginning and its end."""
    if len(text) > _BRIEF:
        text = f"{text[: _BRIEF * 3 // 4]} … {text[-_BRIEF // 4 :]}"
    return visible(text)


def _visible(char: str) -> str:
    if char == "\t":
        return " " * _TAB
    if char.isprintable():
        return char
    if unicodedata.category(char) in ("Zs", "Cf") and char.isspace():
        return " "
    return char.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """How many cells of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def underlined(line: str, start: int, stop: int) -> tuple[str, str]:
    """The line as it is shown, and the carets below its characters from `start` to `stop`.

    Positions outside of the line mean its ends. A line that is too wide is shortened.
    """
    line = line.rstrip()
    start = min(max(start, 0), len(line))
    stop = min(stop, len(line))
    stop = len(line[:stop].rstrip()) if stop > start and line[start:stop].strip() else stop
    stop = max(stop, start)
    before, meant, after = line[:start], line[start:stop], line[stop:]
    if len(line) > _LONG:  # what is not shown anyway is not looked at
        before = before[:WIDTH] + before[WIDTH:][-WIDTH:]
        meant, after = meant[: WIDTH + 1], after[: WIDTH + 1]
    return _shortened(visible(before), visible(meant), visible(after))


def _shortened(before: str, meant: str, after: str) -> tuple[str, str]:
    """A line that fits the width: what is far from the span, before and after it, is left out."""
    if width(before + meant + after) > WIDTH:
        if width(before) > _LEAD and width(before + meant) > WIDTH:
            indent = before[: len(before) - len(before.lstrip())]
            before = indent[:4] + "…" + _last(before, _LEAD)
        meant = _first(meant, WIDTH - width(before))
        after = "" if meant.endswith("…") else _first(after, WIDTH - width(before + meant))
    return before + meant + after, " " * width(before) + "^" * max(width(meant), 1)


def _first(text: str, room: int) -> str:
    """The beginning of a text that fits, with a sign where something is left out."""
    if width(text) <= room:
        return text
    kept, used = [], 1
    for char in text:
        used += width(char)
        if used > room:
            break
        kept.append(char)
    return "".join(kept) + "…"


def _last(text: str, room: int) -> str:
    kept, used = [], 0
    for char in reversed(text):
        used += width(char)
        if used > room:
            break
        kept.append(char)
    return "".join(reversed(kept))
