"""Expressions a little beside real ones: tokens and characters changed, by a seeded chance.

A third keeps to tokens (dropped, doubled, swapped, changed, put in), a third to characters, and a
third goes to where versions of Prometheus differ: quoted names, numbers for durations and durations
for numbers, experimental and renamed functions, matching clauses.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# Our own reading of tokens, so that no fault of the parser hides here.
_TOKEN = re.compile(
    r"""\s+|\#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\d[\w.]*(?:[eE][+-]\d+)?"""
    r"""|\.\d+|[^\W\d][\w:]*|[=!]~|[=!<>]=|.""",
    re.DOTALL,
)
# What is put in: words, functions, modifiers, matchings, strings.
_POOLS: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "data" / "mutations.json").read_text(encoding="utf-8")
)
_CHARACTERS = "abexyzEX019._:-+*/%^=!<>~(){}[],\"'`\\@#$ \t\n\r\x00\x0bé世\u00a0\ufeff\U0001f600"


@dataclass(frozen=True, slots=True)
class Mutation:
    """A changed expression; kind: what was done to it."""

    kind: str
    text: str


def mutate(exprs: Sequence[str], count: int, seed: int) -> Iterator[Mutation]:
    """So many changed expressions, none equal to the one that it was made from."""
    chance = random.Random(seed)
    kinds = (_token, _character, _version)
    made = 0
    while made < count:
        expr = chance.choice(exprs)
        kind, text = kinds[made % len(kinds)](expr, chance)
        # One in four is changed twice.
        if chance.random() < 0.25:
            _, text = kinds[made % len(kinds)](text, chance)
        if text != expr:
            made += 1
            yield Mutation(kind, text)


def split(expr: str) -> list[str]:
    """Its tokens and the blanks and comments between them; joined they are the expression."""
    return _TOKEN.findall(expr)


def _token(expr: str, chance: random.Random) -> tuple[str, str]:
    parts = split(expr)
    places = [i for i, part in enumerate(parts) if not part.isspace()]
    if len(places) < 2:
        return "token put in", expr + " " + chance.choice(_POOLS["words"])
    which = chance.randrange(len(places))
    at = places[which]
    kind = chance.choice(("dropped", "doubled", "swapped", "changed", "put in"))
    if kind == "dropped":
        parts[at] = ""
    elif kind == "doubled":
        parts[at] += chance.choice(("", " ")) + parts[at]
    elif kind == "swapped":
        other = places[which - 1]
        parts[at], parts[other] = parts[other], parts[at]
    elif kind == "changed":
        parts[at] = _another(chance, parts)
    else:
        parts[at] += " " + _another(chance, parts) + " "
    return f"token {kind}", "".join(parts)


def _another(chance: random.Random, parts: Sequence[str]) -> str:
    pool = chance.choice((_POOLS["words"], _POOLS["words"], _POOLS["functions"], parts))
    return chance.choice(pool)


def _character(expr: str, chance: random.Random) -> tuple[str, str]:
    at = chance.randrange(len(expr) + 1)
    kind = chance.choice(("dropped", "doubled", "swapped", "changed", "put in"))
    before, char, after = expr[:at], expr[at : at + 1], expr[at + 1 :]
    if kind == "dropped":
        char = ""
    elif kind == "doubled":
        char *= 2
    elif kind == "swapped":
        char, after = after[:1], char + after[1:]
    elif kind == "changed":
        char = chance.choice(_CHARACTERS)
    else:
        char = chance.choice(_CHARACTERS) + char
    return f"character {kind}", before + char + after


_DURATION = re.compile(r"\d+(?:ms|[smhdwy])(?:\d+(?:ms|[smhdwy]))*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"[a-zA-Z_][\w:]*")
_COMPARISONS = frozenset(
    ("+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless", "atan2")
)


def _version(expr: str, chance: random.Random) -> tuple[str, str]:
    """One token changed to how another version writes it, or to what only one knows."""
    parts = split(expr)
    changes = list(_CHANGES)
    chance.shuffle(changes)
    for kind, fits, change in changes:
        places = [i for i in range(len(parts)) if fits(parts, i)]
        if places:
            at = chance.choice(places)
            parts[at] = change(parts[at], chance)
            return kind, "".join(parts)
    return _character(expr, chance)


def _next(parts: Sequence[str], at: int) -> str:
    return next((part for part in parts[at + 1 :] if not part.isspace()), "")


def _is_function(parts: Sequence[str], at: int) -> bool:
    return parts[at] in _POOLS["functions"] and _next(parts, at) == "("


def _is_name(parts: Sequence[str], at: int) -> bool:
    return bool(_NAME.fullmatch(parts[at])) and _next(parts, at) not in ("(", "=", "=~", "!=")


def _is_metric(parts: Sequence[str], at: int) -> bool:
    return bool(_NAME.fullmatch(parts[at])) and _next(parts, at) == "{"


def _is_label(parts: Sequence[str], at: int) -> bool:
    return bool(_NAME.fullmatch(parts[at])) and _next(parts, at) in (
        "=",
        "=~",
        "!=",
        "!~",
        ",",
        ")",
    )


_CHANGES: tuple[
    tuple[
        str,
        Callable[[Sequence[str], int], bool],
        Callable[[str, random.Random], str],
    ],
    ...,
] = (
    (
        "duration as number",
        lambda parts, at: bool(_DURATION.fullmatch(parts[at])),
        lambda _, chance: chance.choice(
            ("300", "0", "0.5", "1e3", "0x10", "1_0", "-5m", "1m30", "")
        ),
    ),
    (
        "number as duration",
        lambda parts, at: bool(_NUMBER.fullmatch(parts[at])),
        lambda _, chance: chance.choice(
            ("5m", "1h30m", "1d", "1ms", "-1s", "0x1F", "1_000", "Inf")
        ),
    ),
    (
        "another function",
        _is_function,
        lambda _, chance: chance.choice(_POOLS["functions"]),
    ),
    (
        "name in quotes",
        _is_name,
        lambda name, chance: chance.choice(('{"%s"}', '{"%s",}', '{"%s", a="b"}', '"%s"')) % name,
    ),
    (
        "label in quotes",
        _is_label,
        lambda name, chance: chance.choice(('"%s"', "'%s'", "`%s`", '"%s é"', '"%s\\n"')) % name,
    ),
    (
        "matcher in front",
        lambda parts, at: parts[at] == "{",
        lambda _, chance: chance.choice(
            ('{"x",', '{__name__="x",', '{"a b"="c",', '{a=~".*",', "{,", '{a!~"",', '{"le"="1",')
        ),
    ),
    (
        "name dropped",
        _is_metric,
        lambda _, chance: chance.choice(("", "and", "bool", "by", "offset", "sum", "start", "nan")),
    ),
    (
        "modifier put in",
        lambda parts, at: parts[at] in (")", "}", "]") or _is_name(parts, at),
        lambda part, chance: part + chance.choice(_POOLS["modifiers"]),
    ),
    (
        "matching put in",
        lambda parts, at: parts[at] in _COMPARISONS,
        lambda part, chance: f"{part} {chance.choice(_POOLS['matchings'])} ",
    ),
    (
        "operator changed",
        lambda parts, at: parts[at] in _COMPARISONS,
        lambda part, chance: chance.choice((*sorted(_COMPARISONS), "AND", "Or", part + "bool")),
    ),
    (
        "string changed",
        lambda parts, at: parts[at][:1] in ('"', "'", "`"),
        lambda part, chance: (
            chance.choice(_POOLS["strings"]) if chance.random() < 0.7 else part + part
        ),
    ),
)
