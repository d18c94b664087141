"""Strings of PromQL: what they say, and how to write it.

A byte that is no UTF-8 stands as a lone surrogate (surrogateescape).
"""

from __future__ import annotations

import re
from functools import lru_cache

_special = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd]|[\ud800-\udfff]'
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

_ESCAPE = re.compile(
    rb"\\(?:(?P<one>[abfnrtv\\'\"])|(?P<octal>[0-3][0-7]{2})|x(?P<byte>[0-9a-fA-F]{2})"
    rb"|u(?P<short>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8})|(?P<bad>))"
)
_ONE = {
    b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v",
    b"\\": b"\\", b"'": b"'", b'"': b'"',
}  # fmt: skip


def unquote(raw: str) -> str | None:
    """What a string with its quotes says; None where it holds an escape that Go does not know."""
    if "\\" not in raw or raw[0] == "`":
        return raw[1:-1]
    return _unescape(raw)


@lru_cache(maxsize=4096)
def _unescape(raw: str) -> str | None:
    quote = raw[0].encode()
    failed = False

    def replace(match: re.Match[bytes]) -> bytes:
        nonlocal failed
        if one := match["one"]:
            failed |= one in b"'\"" and one != quote
            return _ONE[one]
        if octal := match["octal"]:
            return bytes([int(octal, 8)])
        if byte := match["byte"]:
            return bytes([int(byte, 16)])
        code = int(match["short"] or match["long"] or b"d800", 16)
        if code > 0x10FFFF or 0xD800 <= code < 0xE000:
            failed = True
            return b""
        return chr(code).encode()

    said = _ESCAPE.sub(replace, raw[1:-1].encode("utf-8", "surrogateescape"))
    return None if failed else said.decode("utf-8", "surrogateescape")


def quote(value: str) -> str:
    """A string in double quotes, with escapes for what a text cannot hold or nobody can see.

    Lone surrogates are bytes that are no UTF-8 (surrogateescape), written as \\xNN.
    """
    return f'"{_special.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    code = ord(sign)
    if short := _SHORT.get(sign):
        return short
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"
