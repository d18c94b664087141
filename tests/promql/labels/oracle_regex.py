"""Texts that a regular expression matches, and whether it matches one whole, as Prometheus asks.

Python's `re` stands in for RE2: for the expressions of rules and boards they agree. Where it cannot
read one, nothing matches; then a world has fewer series, and no judgement becomes wrong.
"""

from __future__ import annotations

import random
import re
import warnings
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_LETTERS = "abcxyz019"
_MOST = 2  # how often a starred part is repeated


@lru_cache(maxsize=20_000)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The expression, or None where Python cannot read it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(pattern, re.DOTALL)
        except (re.error, OverflowError, RecursionError):
            return None


def matches(pattern: str, text: str) -> bool:
    """Whether the expression matches all of the text."""
    regex = compiled(pattern)
    return regex is not None and regex.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def samples(pattern: str, count: int = 6) -> tuple[str, ...]:
    """Some texts that the expression matches, the same ones each time; may hold the empty text."""
    if compiled(pattern) is None:
        return ()
    rng = random.Random(pattern)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parser.parse(pattern, re.DOTALL)
    drawn = (_draw(tree, rng) for _ in range(count * 2))
    return tuple(dict.fromkeys(text for text in drawn if matches(pattern, text)))[:count]


def _draw(tree: Any, rng: random.Random) -> str:
    return "".join(_draw_one(op, argument, rng) for op, argument in tree)


def _draw_one(op: Any, argument: Any, rng: random.Random) -> str:
    if op is sre.LITERAL:
        return chr(argument)
    if op is sre.ANY:
        return rng.choice(_LETTERS)
    if op is sre.NOT_LITERAL:
        return next(char for char in _LETTERS if ord(char) != argument)
    if op is sre.IN:
        return _draw_class(argument, rng)
    if op is sre.BRANCH:
        return _draw(rng.choice(argument[1]), rng)
    if op is sre.SUBPATTERN:
        return _draw(argument[3], rng)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        low, high, inner = argument
        times = rng.randint(low, min(int(high), low + _MOST))
        return "".join(_draw(inner, rng) for _ in range(times))
    return ""  # anchors and what looks around: the text is tried afterwards


def _draw_class(items: Any, rng: random.Random) -> str:
    if items[0][0] is sre.NEGATE:
        pattern = _class_regex(items[1:])
        return next((char for char in _LETTERS if not pattern(char)), "~")
    op, argument = rng.choice(items)
    if op is sre.LITERAL:
        return chr(argument)
    if op is sre.RANGE:
        return chr(rng.randint(argument[0], min(argument[1], argument[0] + 25)))
    return "7" if argument in (sre.CATEGORY_DIGIT, sre.CATEGORY_WORD) else " "


def _class_regex(items: Any) -> Any:
    def holds(char: str) -> bool:
        for op, argument in items:
            if op is sre.LITERAL and ord(char) == argument:
                return True
            if op is sre.RANGE and argument[0] <= ord(char) <= argument[1]:
                return True
            if op is sre.CATEGORY and (argument is sre.CATEGORY_WORD or char.isdigit()):
                return True
        return False

    return holds
