"""Where Alertmanager sends an alert: the routing tree, walked for one label set.

The walk is Alertmanager's (dispatch/route.go): depth first, the first child that matches and does
not continue ends the level, a node without a matching child is itself the leaf, and a label that is
missing equals the empty string. Regular expressions are anchored, as there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from giggamon_compiler.ir import Route

_MATCHER = re.compile(
    r'\s*,?\s*("(?:[^"\\]|\\.)*"|[^\s"=!~,{}]+)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^,"{}]*)'
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class MatcherError(ValueError):
    """A matcher that cannot be read."""


def receivers_for(route: Route, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The receivers of every leaf that an alert with these labels reaches, in order."""
    return tuple(leaf.receiver or "" for leaf in leaves_for(route, labels))


def leaves_for(route: Route, labels: Mapping[str, str]) -> tuple[Route, ...]:
    """The leaves that an alert with these labels reaches; none where the route does not match.

    Raises MatcherError.
    """
    if not all(_holds(matcher, labels) for matcher in route.matchers):
        return ()
    leaves: list[Route] = []
    for child in route.routes:
        found = leaves_for(child, labels)
        leaves += found
        if found and not child.continue_:
            break
    return tuple(leaves) or (route,)


def _holds(matcher: str, labels: Mapping[str, str]) -> bool:
    return all(_compare(labels.get(name, ""), op, value) for name, op, value in parse(matcher))


def _compare(given: str, operator: str, value: str) -> bool:
    if operator in ("=", "!="):
        return (given == value) is (operator == "=")
    try:
        return (re.fullmatch(value, given) is not None) is (operator == "=~")
    except re.error as error:
        raise MatcherError(f"{value!r} is no regular expression: {error}") from error


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[tuple[str, str, str], ...]:
    """The matchers of one entry: name, operator, value.

    Several may stand in one entry, apart by commas, in braces or not. Raises MatcherError.
    """
    body = text.strip()
    if body.startswith("{") and body.endswith("}"):
        body = body[1:-1]
    matchers, position = [], 0
    while body[position:].strip(" ,\t\n"):
        match = _MATCHER.match(body, position)
        if match is None:
            raise MatcherError(f"{text!r} is no matcher")
        name, operator, value = match.groups()
        matchers.append((_unquote(name), operator, _unquote(value.strip())))
        position = match.end()
    return tuple(matchers)


def _unquote(text: str) -> str:
    if len(text) < 2 or not (text.startswith('"') and text.endswith('"')):
        return text
    return _ESCAPE.sub(lambda match: {"n": "\n"}.get(match[1], match[1]), text[1:-1])
