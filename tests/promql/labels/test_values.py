"""The domain of values, with sets of words and Python's own `re` as oracles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.promql.labels.patterns import read_pattern
from giggamon_compiler.promql.labels.values import (
    ANYTHING,
    NOTHING,
    Values,
    matched_values,
)
from giggamon_compiler.promql.nodes import MatchOp

WORDS = [a + b for a in ("", "a", "b", "-") for b in ("", "a", "b", "ab", "-a", ".", "aa")]
PIECES = [
    "a",
    "b",
    "ab",
    ".",
    ".*",
    ".+",
    "a?",
    "b*",
    "(a|b)",
    "(?:a|)",
    "[ab]",
    "[^a]",
    "\\.",
    "-",
]
PIECES += [
    "|",
    "^",
    "$",
    "a{2}",
    "(a)+",
    ".*?",
    "a+?",
    "[a-b]",
    "()",
    "\\w",
    "(.*)",
    "b??",
    "(a?)+",
    "(a|)+",
]

patterns = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
OPERATORS: tuple[MatchOp, ...] = ("=", "!=", "=~", "!~")


@st.composite
def matchers(draw: st.DrawFn) -> tuple[MatchOp, str]:
    op = draw(st.sampled_from(OPERATORS))
    return op, draw(patterns if "~" in op else st.sampled_from(WORDS))


def passes(matcher: tuple[MatchOp, str], value: str) -> bool:
    """What Prometheus does; the patterns here mean the same in Python."""
    op, text = matcher
    matches = value == text if "~" not in op else re.fullmatch(f"(?:{text})", value) is not None
    return matches if op in ("=", "=~") else not matches


@given(patterns)
def test_a_pattern_that_is_read_has_the_words_that_it_matches(text: str) -> None:
    pattern = read_pattern(text)
    matching = {word for word in WORDS if re.fullmatch(f"(?:{text})", word)}
    if pattern.words is not None:
        assert matching == pattern.words & set(WORDS)
        assert all(re.fullmatch(f"(?:{text})", word) for word in pattern.words)
    assert all(word.startswith(pattern.prefix) for word in matching)
    assert all(word.endswith(pattern.suffix) for word in matching)
    assert pattern.empty in (None, "" in matching)
    if pattern.everything:
        assert matching >= set(WORDS) - {""}


@given(st.lists(matchers(), min_size=1, max_size=4))
def test_no_value_that_passes_all_matchers_is_left_out(all_of: list[tuple[MatchOp, str]]) -> None:
    values, missing = ANYTHING, True
    for op, text in all_of:
        one, without = matched_values(op, text)
        values = values.meet(one)
        missing = missing and without
    for word in WORDS:
        if all(passes(matcher, word) for matcher in all_of):
            assert values.admits(word) if word else missing
    assert missing == all(passes(matcher, "") for matcher in all_of)


@given(matchers(), matchers())
def test_a_join_has_the_values_of_both_and_a_meet_those_in_both(
    first: tuple[MatchOp, str], second: tuple[MatchOp, str]
) -> None:
    one, other = matched_values(*first)[0], matched_values(*second)[0]
    for word in WORDS:
        if one.admits(word) or other.admits(word):
            assert one.join(other).admits(word)
        if one.admits(word) and other.admits(word):
            assert one.meet(other).admits(word)
            assert other.meet(one).admits(word)
            assert not one.meet(other).is_empty
        if one.finite is not None and not (one.admits(word) and other.admits(word)):
            assert not one.meet(other).admits(word)
    assert one.join(one) == one
    assert one.join(NOTHING) == one
    assert one.meet(ANYTHING) == one


def test_large_sets_are_given_up_but_stay_true() -> None:
    words = [f"web-{index}" for index in range(80)]
    joined = NOTHING
    for word in words:
        joined = joined.join(Values(frozenset([word])))
    assert joined.finite is None
    assert joined.prefix == "web-"
    assert all(joined.admits(word) for word in words)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (ANYTHING, ""),
        (NOTHING, "nothing"),
        (Values(frozenset(["b", "a"])), '"a" or "b"'),
        (Values(frozenset("abcde")), '"a" or "b" or "c" or "d" or 1 other'),
        (Values(frozenset("abcdef")), '"a" or "b" or "c" or "d" or 2 others'),
        (Values(excluded=frozenset(['q"'])), 'not "q\\""'),
        (Values(excluded=frozenset("ab")), 'not "a" or "b"'),
        (Values(prefix="a", suffix="z"), 'begins with "a", ends with "z"'),
        (Values(regexes=frozenset([("a.b", False)])), 'does not match "a.b"'),
        (Values(prefix="a", regexes=frozenset([("a.b", True)])), 'matches "a.b"'),
    ],
)
def test_values_have_a_text(values: Values, text: str) -> None:
    assert values.text == text


def test_what_versions_read_differently_is_let_through() -> None:
    values = Values(frozenset(["a\nb", "é", "c"])).meet(matched_values("=~", "..+")[0])
    assert values.finite == frozenset(["a\nb", "é"])


def test_a_pattern_that_nothing_can_read_proves_nothing() -> None:
    ops: tuple[MatchOp, ...] = ("=~", "!~")
    for op in ops:
        values, missing = matched_values(op, "(")
        assert missing
        assert values.admits("a")
