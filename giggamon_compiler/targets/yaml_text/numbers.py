"""What Go's yaml.v3 takes a scalar without quotes for (resolve.go)."""

from __future__ import annotations

import re
from typing import Literal

from giggamon_compiler.targets.shape import NULLS

Kind = Literal["str", "null", "bool", "int", "float", "timestamp"]

BOOLS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_NAN = frozenset({".nan", ".NaN", ".NAN"})
_INFINITE = frozenset(
    f"{sign}{word}" for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")
)
_INTEGER = re.compile(r"[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?[ \t]*(?:Z|[+-][0-9:]+)?)?"
)
_LARGEST = (1 << 63) - 1


def kind_of(text: str) -> Kind:
    """The kind of a scalar that stands without quotes."""
    if text in NULLS:
        return "null"
    if text in BOOLS:
        return "bool"
    if text in _NAN or text in _INFINITE:
        return "float"
    if _TIMESTAMP.fullmatch(text):
        return "timestamp"
    if _integer(text) is not None:
        return "int"
    return "float" if _float(text) is not None else "str"


def is_integer(text: str) -> bool:
    """Whether a scalar without quotes fills a Go int: any number that is not too large."""
    if _TIMESTAMP.fullmatch(text):
        return False
    number = _integer(text)
    if number is not None:
        return number <= _LARGEST
    value = _float(text)
    return value is not None and value <= _LARGEST


def _integer(text: str) -> int | None:
    """The integer of at most 64 bits that a scalar is."""
    plain = text.replace("_", "")
    if text[:1] == "_" or _INTEGER.fullmatch(plain) is None:
        return None
    digits = plain.lstrip("+-").lower()
    base = {"0x": 16, "0b": 2, "0o": 8}.get(digits[:2], 8 if digits[0] == "0" else 10)
    if base != 10 and digits[:2] in ("0x", "0b", "0o"):
        digits = digits[2:]
    if not digits or len(digits) > 64:
        return None
    number = int(digits, base)
    number = -number if plain[0] == "-" else number
    return number if -_LARGEST - 1 <= number <= 2 * _LARGEST + 1 else None


def _float(text: str) -> float | None:
    if text in _INFINITE:
        return float(text.replace(".", ""))
    plain = text if text[:1] == "." else text.replace("_", "")
    if text[:1] == "_" or _FLOAT.fullmatch(plain) is None:
        return None
    value = float(plain)
    return None if abs(value) == float("inf") else value
