"""The functions that a template may call, and the Prometheus that brought each.

Sources: the table of Go's text/template, Prometheus' template reference and changelog; each name is
tried with promtool of both held versions. What both know has no `since`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Signature(NamedTuple):
    """How many arguments a function takes, most: None for any number; since which Prometheus."""

    least: int
    most: int | None
    since: tuple[int, int] | None = None


FUNCTIONS: Final[Mapping[str, Signature]] = {
    # Go's own
    "and": Signature(1, None),
    "call": Signature(1, None),
    "eq": Signature(1, None),
    "ge": Signature(2, 2),
    "gt": Signature(2, 2),
    "html": Signature(0, None),
    "index": Signature(1, None),
    "js": Signature(0, None),
    "le": Signature(2, 2),
    "len": Signature(1, 1),
    "lt": Signature(2, 2),
    "ne": Signature(2, 2),
    "not": Signature(1, 1),
    "or": Signature(1, None),
    "print": Signature(0, None),
    "printf": Signature(1, None),
    "println": Signature(0, None),
    "slice": Signature(1, None),
    "urlquery": Signature(0, None),
    # Prometheus'
    "args": Signature(0, None),
    "externalURL": Signature(0, 0),
    "first": Signature(1, 1),
    "graphLink": Signature(1, 1),
    "humanize": Signature(1, 1),
    "humanize1024": Signature(1, 1),
    "humanizeDuration": Signature(1, 1),
    "humanizePercentage": Signature(1, 1),
    "humanizeTimestamp": Signature(1, 1),
    "label": Signature(2, 2),
    "match": Signature(2, 2),
    "now": Signature(0, 0, (3, 6)),
    "parseDuration": Signature(1, 1),
    "pathPrefix": Signature(0, 0),
    "query": Signature(1, 1),
    "reReplaceAll": Signature(3, 3),
    "safeHtml": Signature(1, 1),
    "sortByLabel": Signature(2, 2),
    "stripDomain": Signature(1, 1),
    "stripPort": Signature(1, 1),
    "strvalue": Signature(1, 1),
    "tableLink": Signature(1, 1),
    "title": Signature(1, 1),
    "toDuration": Signature(1, 1, (3, 6)),
    "toLower": Signature(1, 1),
    "toTime": Signature(1, 1),
    "toUpper": Signature(1, 1),
    "urlQueryEscape": Signature(1, 1, (3, 8)),
    "value": Signature(1, 1),
}

# Go 1.23 brought it, and Prometheus is built with that since 3.0.
ELSE_WITH_SINCE: Final = (3, 0)
