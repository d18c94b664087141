"""Characters on a terminal: what is shown of them, and how many cells they take."""

from __future__ import annotations

import unicodedata

_TAB = 4


def visible(text: str) -> str:
    """A text on one line that moves no terminal: tabs as spaces, control characters as escapes."""
    return "".join(_visible(char) for char in text)


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
