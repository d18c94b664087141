from __future__ import annotations

import pytest

from giggamon_compiler.promql.regexes import full_match, match_groups, problem


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("a|b.*", "bcd", True), ("a|b.*", "ab", False), ("", "", True), (".*", "", True),
        (".+", "", False), ("5..", "500", True), ("(a|b)+", "abba", True), ("a", "a\n", False),
        ("a.b", "a\nb", True), ("[^a]", "é", True), (".", "é", True), ("\\pL+", "éa", True),
        ("(?i)ABC", "abc", True), ("(", "(", None), ("a**", "a", None), ("(?=a)", "a", None),
        ("\\Qa.b\\E", "a.b", True), ("\\d+", "٣", False),
    ],
)  # fmt: skip
def test_a_pattern_has_to_match_all_of_a_value(
    pattern: str, value: str, expected: bool | None
) -> None:
    assert full_match(pattern, value) is expected


def test_groups_by_number_and_name() -> None:
    assert match_groups("(.+):(\\d+)", "host:80") == {0: "host:80", 1: "host", 2: "80"}
    assert match_groups("(?P<x>a+)(b)?", "aa") == {0: "aa", 1: "aa", 2: "", "x": "aa"}
    assert match_groups("a", "b") is None
    assert match_groups("(", "b") is None


# Verdicts of promtool 2.42 and 3.5.3.
@pytest.mark.parametrize(
    ("pattern", "old", "new"),
    [
        ("a{1001}", False, False), ("(?<n>a)", False, True), ("(?P<n>a)", True, True),
        ("\\C", False, False), ("\\Qa", False, True), ("(?P<é>a)", False, False),
        ("a)|(b", False, False), ("[z-a]", False, False), ("\\d", True, True),
        ("{{.*}}", True, True), ("\\pL{1000}", True, True), ("(" * 998 + ")" * 998, True, True),
        ("(" * 999 + ")" * 999, False, False), ("a{99999999999}", False, False),
        ("\\_", True, True),
        ("\\é", False, False), ("x{,5}", True, True), ("\\Q(?<\\E", True, True),
    ],
    ids=lambda value: repr(value)[:12],
)  # fmt: skip
def test_what_is_a_pattern_is_what_promtool_says(pattern: str, old: bool, new: bool) -> None:
    assert (problem(pattern, "2.42") is None, problem(pattern, "3.5.3") is None) == (old, new)
