"""How things are spoken of in a finding."""

from __future__ import annotations

import math
import types
from collections.abc import Iterable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from giggamon_compiler.model.value import Value
from giggamon_compiler.secrets import masked

# What no server reads as a number; far larger ones cannot even be written in digits.
LARGEST = 2**63

_NAMES = ("name", "key", "job", "title")


def name_of(value: Value, otherwise: str = "") -> str:
    """How to speak of a value: its name, or else what binds it, or else its class."""
    for argument in _NAMES:
        name = getattr(value, argument, None)
        if type(name) is str and name.strip():
            return printable(name)
    return otherwise or type(value).__name__


def printable(text: str) -> str:
    """A text with escapes in place of what no terminal can show."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def with_article(noun: str) -> str:
    """A class's name with the article that it is spoken with."""
    spelt = noun in ("SLO", "SLA", "SMTP")
    return f"{'an' if spelt or noun[:1] in 'AEIOaeio' else 'a'} {noun}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """ "name, page, chat and mail"."""
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one most likely means."""
    matches = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def written_path(path: Sequence[str | int]) -> str:
    """A path as it is written in Python: `fires["32m"][0]["job"]`."""
    first, *rest = path
    return f"{first}{''.join(map(_written_step, rest))}"


def _written_step(step: str | int) -> str:
    if isinstance(step, str):
        return f'["{printable(step)}"]'
    return f"[{step}]" if abs(step) < LARGEST else "[…]"


def described(value: Any) -> str:
    """What stands somewhere, in words."""
    if value is None:
        return "None"
    if type(value) in (float, Decimal) and not math.isfinite(value):
        return f"{value}, which is no number"
    if type(value) is int and abs(value) >= LARGEST:
        return "a number that is too large"
    if type(value) in (bool, int, float, Decimal, str):
        kind = {bool: "", int: "the number ", float: "the number ", Decimal: "the number "}
        text = masked(printable(repr(value) if isinstance(value, str) else str(value)))
        shown = text if len(text) <= 60 else f"{text[:57]}…"
        return f"{kind.get(type(value), 'the text ')}{shown}"
    if isinstance(value, Value):
        name = name_of(value)
        kind_name = type(value).__name__
        return f"the {kind_name} {name}" if name != kind_name else with_article(name)
    if type(value) in _PLAIN_KINDS:
        return _PLAIN_KINDS[type(value)]
    if isinstance(value, type):
        return f"the class {value.__name__}"
    return with_article(type(value).__name__)


_PLAIN_KINDS: dict[type, str] = {
    list: "a list",
    tuple: "a tuple",
    dict: "a dict",
    set: "a set, which has no order",
    frozenset: "a set, which has no order",
    types.GeneratorType: "a generator, which holds nothing yet",
    types.FunctionType: "a function that nobody called",
    bytes: "bytes",
}
