"""Literals of Go, decoded as its package strconv does: strings, characters, numbers."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"""\\(?:([abfnrtv\\'"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))"""
)
_SIMPLE = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92, "'": 39, '"': 34}
_LAST_CHARACTER = 0x10FFFF
_LARGEST, _SMALLEST = 2**64 - 1, -(2**63)

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\Z", re.ASCII)
_HEXADECIMAL = re.compile(
    r"[+-]?0[xX](?:[0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?|\.[0-9a-fA-F]+)[pP][+-]?\d+\Z", re.ASCII
)
_INTEGER = re.compile(
    r"([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))\Z", re.ASCII
)
# An underscore stands between digits, or between a prefix and a digit.
_UNDERSCORES = re.compile(
    r"[+-]?(?:0[xX](?:_?[0-9a-fA-F]+)*|0[bBoO](?:_?\d+)*|\d+(?:_\d+)*)?"
    r"(?:[.eEpP+-]+(?:[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)?)*\Z",
    re.ASCII,
)


def decode_string(literal: str) -> str | None:
    """The value of a quoted or raw string with its quotes, None where it is none."""
    inner = literal[1:-1]
    if literal[0] == "`":
        return inner.replace("\r", "")
    if "\\" not in inner:
        return inner
    return _decode(inner, "'")


def is_character(literal: str) -> bool:
    """Whether a text in single quotes is one character."""
    inner = literal[1:-1]
    if "\\" not in inner:
        return len(inner) == 1 and inner != "'"
    found = _ESCAPE.fullmatch(inner)
    return found is not None and _decode(inner, '"') is not None


def _decode(text: str, foreign_quote: str) -> str | None:
    parts: list[bytes] = []
    at = 0
    while (slash := text.find("\\", at)) >= 0:
        parts.append(text[at:slash].encode("utf-8", "surrogatepass"))
        found = _ESCAPE.match(text, slash)
        decoded = _unescape(found, foreign_quote) if found else None
        if found is None or decoded is None:
            return None
        parts.append(decoded)
        at = found.end()
    parts.append(text[at:].encode("utf-8", "surrogatepass"))
    return b"".join(parts).decode("utf-8", "surrogateescape")


def _unescape(found: re.Match[str], foreign_quote: str) -> bytes | None:
    letter, byte, octal, short, long = found.groups()
    if letter:
        return None if letter == foreign_quote else bytes((_SIMPLE[letter],))
    if byte or octal:
        number = int(byte, 16) if byte else int(octal, 8)
        return bytes((number,)) if number < 256 else None
    number = int(short or long, 16)
    if number > _LAST_CHARACTER or 0xD800 <= number < 0xE000:
        return None
    return chr(number).encode()


def number_fault(text: str) -> str:
    """What is wrong with a number as the lexer cut it off; empty where it is one."""
    if text.endswith("i"):
        real, imaginary = _split_complex(text[:-1])
        if _is_float(imaginary) and (not real or _is_float(real)):
            return ""
        return "is no number"
    if (integer := _integer(text)) is not None and integer <= _LARGEST:
        return ""
    if not _is_float(text):
        return "is no number"
    return "" if any(sign in text for sign in ".eEpP") else "is larger than a whole number can be"


def _split_complex(text: str) -> tuple[str, str]:
    for at in range(len(text) - 1, 0, -1):
        if text[at] in "+-" and text[at - 1] not in "eEpP":
            return text[:at], text[at:]
    return "", text


def _integer(text: str) -> int | None:
    if "_" in text:
        if not _UNDERSCORES.match(text):
            return None
        text = text.replace("_", "")
    found = _INTEGER.match(text)
    if found is None:
        return None
    sign, hexadecimal, binary, octal, decimal = found.groups()
    if hexadecimal:
        number = int(hexadecimal, 16)
    elif binary:
        number = int(binary, 2)
    else:
        number = int(octal, 8) if octal else int(decimal)
    if sign and number > -_SMALLEST - (sign == "+"):
        return None
    return -number if sign == "-" else number


def _is_float(text: str) -> bool:
    if "_" in text:
        if not _UNDERSCORES.match(text):
            return False
        text = text.replace("_", "")
    if _DECIMAL.match(text):
        return abs(float(text)) != float("inf")
    if _HEXADECIMAL.match(text):
        try:
            float.fromhex(text)
        except OverflowError:
            return False
        return True
    return False
