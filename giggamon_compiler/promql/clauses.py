"""What stands in brackets and braces beside the expressions: labels, matchers, matching.

Read as people write it, in as few steps as possible; `modifiers` reads the rest.
"""

from __future__ import annotations

import re
from typing import cast

from giggamon_compiler.promql import modifiers
from giggamon_compiler.promql.language import NO_LABEL, SETS
from giggamon_compiler.promql.nodes import (
    Card,
    Grouping,
    Label,
    LabelMatcher,
    Matching,
    MatchOp,
    StringLiteral,
    maker,
)
from giggamon_compiler.promql.tokens import BLANK, END, LABEL, NAME, SPACE, STRING

_LabelMatcher = maker(LabelMatcher)
_Label = maker(Label)
_Grouping = maker(Grouping)

_matcher = re.compile(
    rf"{SPACE}({LABEL}){SPACE}(=~|!~|!=|=){SPACE}({STRING}){SPACE}(?:(,)|\}})"
).match
_label_list = re.compile(
    rf"{SPACE}\({BLANK}((?:{NAME}(?:{BLANK},{BLANK}{NAME})*+{BLANK},?{BLANK})?+)\)"
).match
_no_label = re.compile(rf"(?<![a-zA-Z0-9_:])(?i:{'|'.join(sorted(NO_LABEL))}){END}").search
_each_label = re.compile(NAME).finditer
_on = re.compile(rf"{SPACE}((?i:on|ignoring)){END}").match
_group = re.compile(rf"{SPACE}((?i:group_left|group_right)){END}").match
_bracket = re.compile(rf"{SPACE}\(").match


def grouping(text: str, word: re.Match[str]) -> tuple[Grouping, int]:
    """`by (…)` or `without (…)`, and where it ends."""
    labels, end = _labels(text, word.end(), word[1])
    return _Grouping(word.start(1), end, word[1].lower() == "without", labels), end


def matching(
    text: str, op: str, word: str, start: int, end: int
) -> tuple[bool, Matching | None, int]:
    """What stands between an operator and its right side: `bool`, then `on` with `group_left`."""
    returns_bool = word == "bool"
    if returns_bool:
        match = _on(text, end)
        if match is None:
            return True, None, end
        word, start, end = match[1].lower(), match.start(1), match.end()
    labels, end = _labels(text, end, word)
    card: Card = "one-to-one" if op not in SETS else "many-to-many"
    include: tuple[Label, ...] = ()
    include_start = include_end = -1
    on_end = end
    if side := _group(text, end):
        card = "many-to-one" if side[1].lower() == "group_left" else "one-to-many"
        include_start, include_end = side.span(1)
        if _bracket(text, include_end):
            include, include_end = _labels(text, include_end, side[1])
        end = include_end
    clause = Matching(
        start, on_end, word == "on", labels, card, include, include_start, include_end
    )
    return returns_bool, clause, end


def _labels(text: str, position: int, word: str) -> tuple[tuple[Label, ...], int]:
    """The list of labels in brackets after a word, and where it ends."""
    match = _label_list(text, position)
    if match is None or _no_label(match[1]):
        return modifiers.labels(text, position, word)
    return tuple(
        [_Label(*name.span(), name[0]) for name in _each_label(text, *match.span(1))]
    ), match.end()


def matchers(
    text: str, position: int
) -> tuple[tuple[LabelMatcher, ...], StringLiteral | None, int]:
    """The matchers of a selector, a name quoted among them, and where `}` ends."""
    read = []
    while match := _matcher(text, position):
        name, op, raw = match.group(1, 2, 3)
        position = match.end()
        start, end = match.span(3)
        value = raw[1:-1] if "\\" not in raw else modifiers.string(text, start, end)
        read.append(
            _LabelMatcher(match.start(1), end, name, cast("MatchOp", op), value, start, end)
        )
        if match.lastindex == 3:
            return tuple(read), None, position
    return modifiers.matchers(text, position, read)
