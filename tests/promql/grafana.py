r"""Grafana variables in a query, replaced so that PromQL is left: `rate(x[$__interval])`.

A duration (by its place, in brackets or after `offset`, or by its name, `$interval`) becomes 5m, a
count of milliseconds or seconds (`$__interval_ms`) 300, anything else `__var`. In strings variables
stay: text is text there. A comment is no exception, Grafana itself replaces there too.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)"""
    r"""|(?P<variable>\$\{[^}]*\}|\$\w+|\[\[\w+(?::\w+)?\]\])""",
    re.DOTALL,
)
_DURATION_BEFORE = re.compile(r"(?:\[[^\]\[]*|\boffset\s+-?)\Z", re.IGNORECASE)


def substitute(expr: str) -> str:
    """The expression with each variable outside of strings replaced."""

    def replaced(found: re.Match[str]) -> str:
        if found["string"]:
            return found[0]
        if re.search(r"_m?s\b", found[0]):
            return "300"
        is_duration = re.search("interval|range", found[0], re.IGNORECASE)
        if is_duration or _DURATION_BEFORE.search(expr[: found.start()]):
            return "5m"
        return "__var"

    return _PARTS.sub(replaced, expr)
