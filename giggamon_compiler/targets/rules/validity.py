"""What a version of Prometheus accepts as a name or a duration in a rule file.

Facts: rulefmt and common/model of Prometheus 2.42 and 3.5, each tried with promtool.
"""

from __future__ import annotations

import re

from giggamon_compiler.durations import milliseconds

_LABEL = re.compile("[a-zA-Z_][a-zA-Z0-9_]*")
_METRIC = re.compile("[a-zA-Z_:][a-zA-Z0-9_:]*")
_LONGEST = ((1 << 63) - 1) // 1_000_000  # Go keeps nanoseconds in 64 bits
_UTF8_NAMES = (3, 0)

Version = tuple[int, int]


def version_of(text: str) -> Version:
    """ "3.5" or "3.5.3" as numbers."""
    major, minor = text.split(".")[:2]
    return int(major), int(minor)


def duration_fault(text: str) -> str | None:
    """What is wrong with a duration; None for a good one."""
    length = milliseconds(text)
    if length is None:
        return "is no duration"
    return "is longer than Prometheus can count" if length > _LONGEST else None


def label_fault(name: str, version: Version) -> str | None:
    """What is wrong with the name of a label."""
    if name == "__name__":
        return "is the name of the series, and no label to be set"
    return annotation_fault(name, version)


def annotation_fault(name: str, version: Version) -> str | None:
    """What is wrong with the name of an annotation."""
    if not name:
        return "is empty"
    if version < _UTF8_NAMES and _LABEL.fullmatch(name) is None:
        return "is more than letters, digits and underscores, which Prometheus has since 3.0"
    return None


def metric_fault(name: str, version: Version) -> str | None:
    """What is wrong with the name that a rule records."""
    if "{" in name or "}" in name:
        return "holds braces, which belong in expr"
    if version < _UTF8_NAMES and _METRIC.fullmatch(name) is None:
        return (
            "is more than letters, digits, underscores and colons, which Prometheus has since 3.0"
        )
    return None
