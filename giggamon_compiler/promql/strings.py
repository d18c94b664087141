"""Strings of PromQL: what they say, and how to write it."""

from __future__ import annotations

import re

_special = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd]|[\ud800-\udfff]'
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


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
