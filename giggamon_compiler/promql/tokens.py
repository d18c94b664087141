"""The smallest parts of PromQL: patterns of its words, strings, numbers and durations.

Facts: the lexers of Prometheus 2.42 and 3.5, tried with promtool of both. Where the two differ,
the union is read here; `types.problems` says what a version does not know. Bytes and runes of
Go are characters here.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

# Blanks and comments, which may stand between any two words but those that say otherwise.
BLANK = r"[ \t\r\n]*+"
SPACE = rf"{BLANK}(?:\#[^\r\n]*+{BLANK})*+"
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*+"
LABEL = r"[a-zA-Z_][a-zA-Z0-9_]*+"
# Go sees no end of line in a single carriage return inside a string.
STRING = r"""(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'|`[^`]*+`)"""
# A number as nearly everybody writes it; `number` reads the others.
NUMBER = r"(?:0(?![0-9_xX])|[1-9][0-9]*+)(?:\.[0-9]*+)?+(?:[eE][-+]?[0-9]++)?+(?![a-zA-Z0-9_.])"
END = r"(?![a-zA-Z0-9_:])"  # of a word

_LONGEST = 2**63 - 1  # nanoseconds that Go's time.Duration holds
_MILLISECONDS = {
    "y": 365 * 86_400_000,
    "w": 7 * 86_400_000,
    "d": 86_400_000,
    "h": 3_600_000,
    "m": 60_000,
    "s": 1000,
    "ms": 1,
}
_DURATION = re.compile(
    "".join(rf"(?:([0-9]++){unit}{'(?!s)' if unit == 'm' else ''})?+" for unit in _MILLISECONDS)
)
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_DECIMAL = re.compile(rf"(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?{_DIGITS})?")
_HEX = re.compile(r"0[xX](?:_?[0-9a-fA-F]+)+")
_OCTAL = re.compile(r"0(?:_?[0-7]+)+")


@lru_cache(maxsize=4096)
def duration(text: str) -> int | None:
    """Milliseconds of "1h30m"; None for what is no duration, or longer than 292 years."""
    match = _DURATION.fullmatch(text)
    if match is None or not text:
        return None
    sizes = zip(match.groups("0"), _MILLISECONDS.values(), strict=True)
    length = sum(int(count) * size for count, size in sizes)
    return length if length * 1_000_000 <= _LONGEST else None


@lru_cache(maxsize=4096)
def number(text: str) -> float | None:
    """What a number says: decimal, 0x hexadecimal, 0 octal, with `_` between digits, inf, nan.

    None for what is none, or too large for a float.
    """
    if text.lower() in ("inf", "nan"):
        return float(text)
    digits = text.replace("_", "")
    if _HEX.fullmatch(text):
        value = int(digits, 16)
        return float(value) if value <= _LONGEST else None
    if _OCTAL.fullmatch(text) and int(digits, 8) <= _LONGEST:
        return float(int(digits, 8))
    if not _DECIMAL.fullmatch(text):
        return None
    result = float(digits)
    return result if math.isfinite(result) else None


def seconds_to_milliseconds(seconds: float) -> int | None:
    """A number in the place of a duration, cut to milliseconds; None beyond 292 years."""
    if not abs(seconds) <= 2**63 / 1e9:
        return None
    return int(round(seconds * 1e9) / 1_000_000)
