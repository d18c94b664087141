"""What operators leave of the labels of both sides, as both engines answered."""

from __future__ import annotations

import pytest

from giggamon_compiler.promql.nodes import BinaryExpr
from tests.promql.labels.saying import NEWER, OLDER, analysed, said

A = 'x{a="1"}'
NAMED = "__name__=x a=1 …"
NAMELESS = "!__name__ a=1 …"


@pytest.mark.parametrize("op", ["+", "-", "*", "/", "%", "^", "> bool", "== bool"])
def test_arithmetic_and_bool_drop_the_name(op: str) -> None:
    for text in (f"{A} {op} 1", f"1 {op} {A}", f"{A} {op} {A}", f"{A} {op} scalar(y)"):
        assert said(text, OLDER) == [NAMELESS], text
        assert said(text, NEWER) == ["!__name__ !__type__ !__unit__ a=1 …"], text


@pytest.mark.parametrize("op", ["==", "!=", ">", "<", ">=", "<="])
def test_a_comparison_that_filters_keeps_the_name(op: str) -> None:
    for text in (f"{A} {op} 1", f"1 {op} {A}", f"{A} {op} y"):
        assert said(text) == [NAMED], text


def test_atan2_keeps_the_name_in_the_older_version() -> None:
    for text in (f"{A} atan2 1", f"{A} atan2 {A}"):
        assert said(text, OLDER) == [NAMED]
        assert said(text, NEWER) == ["!__name__ !__type__ !__unit__ a=1 …"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One-to-one: only the listed labels, or all but those.
        ("x > on (a) y", "a?"),
        ("x > on () y", ""),
        ('x{a="1",b="2"} > on (a) y', "a=1"),
        ('x > on (a) y{a="1"}', "a=1"),
        ('x{a=~"1|2"} > on (a) y{a=~"2|3"}', "a=2"),
        ("x > on (__name__, a) x", "__name__=x a?"),
        ("x + on (__name__, a) x", "a?"),
        ('x{a="1"} > ignoring (b) y', "__name__=x a=1 !b …"),
        ("x > ignoring (b) sum by (a, b, c) (y)", "__name__=x a? c?"),
        ("sum by (a, b) (x) > sum by (b, c) (y)", "b?"),
        ('sum by (a) (x) > sum by (a) (y{a="1"})', "a=1"),
        # One of many: all labels of the many side, the included ones from the other.
        ("x > on (a) group_left y", "__name__=x …"),
        ('x{b="2"} > on (a) group_left (b) y{b="3"}', "__name__=x b=3 …"),
        ('x{b="2"} > on (a) group_left (b) sum by (a) (y)', "__name__=x !b …"),
        ('x{b="2"} > on (a) group_left (b) y', "__name__=x …"),
        ('y{b="3"} > on (a) group_right (b) x{b="2"}', "__name__=x b=3 …"),
        ('y{a="1"} > on (a) group_right x', "__name__=x a=1 …"),
        ("x > on (a) group_left (__name__) y", "__name__=y …"),
        ("x > bool on (a) group_left (__name__) y", "!__name__ …"),
        ("x + on (a) group_left (__name__) y", "__name__=y …"),
        ("x > ignoring (c) group_left sum by (a, c) (y)", "__name__=x a? c?"),
        ("x > ignoring (a) group_left (a) sum by (a) (y)", "__name__=x a?"),
    ],
)
def test_matching(text: str, expected: str) -> None:
    assert said(text, OLDER) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x and y", ["__name__=x …"]),
        ('x and on (a) y{a="1"}', ["__name__=x a=1 …"]),
        ("x and on () vector(1)", ["__name__=x …"]),
        ("x and sum by (a) (y)", ["__name__=x a?"]),
        ('x{a="1"} unless y', ["__name__=x a=1 …"]),
        ('x unless on (a) y{a="1"}', ["__name__=x …"]),
        ('x{a="1"} or sum(y)', ["__name__=x a=1 …", ""]),
        ("sum by (a) (x or sum by (b) (y))", ["a?", ""]),
        ("(x or y) and on (a) z", ["__name__=x …", "__name__=y …"]),
        ('(x{a="1"} or y{a="2"}) > on (a) z{a="2"}', ["a=2"]),
        ('(x{a="1"} or y{a="2"}) and on (a) (z{a="1"} or z{a="3"})', ["__name__=x a=1 …"]),
    ],
)
def test_sets(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "label", "span"),
    [
        ('x{a="1"} + on (a) y{a="2"}', "a", "on (a)"),
        ('x{a="1"} + y{a="2"}', "a", "+"),
        ('x{a="1"} and y{a="2"}', "a", "and"),
        ('x{a="1"} + on (a) sum by (b) (y)', "a", "on (a)"),
        ('sum by (b) (y) + on (a) group_right x{a=~".+"}', "a", "on (a)"),
        ('x{a=~"1|2"} + ignoring (b) y{a=~"3|4"}', "a", "ignoring (b)"),
    ],
)
def test_sides_that_can_never_agree_yield_nothing(text: str, label: str, span: str) -> None:
    analysis = analysed(text)
    assert analysis.result.branches == ()
    why = analysis.result.why_empty[0]
    assert text[why.start : why.end] == span
    node = analysis.tree
    assert isinstance(node, BinaryExpr)
    (pair,) = analysis.pairs(node)
    assert pair.conflict is not None
    assert pair.conflict.label == label


@pytest.mark.parametrize(
    "text",
    [
        'x{a="1"} + on (b) y{a="2"}',
        'x{a="1"} + ignoring (a) y{a="2"}',
        # A label that is missing on both sides is equal.
        "x + on (a) sum by (b) (y)",
        'x{a!="1"} + on (a) y{a="2"}',
        'x{a=~"1|"} + on (a) y{a=~"2|"}',
        "x > on (__name__) x",
        "x + y",
    ],
)
def test_sides_that_may_agree_yield_something(text: str) -> None:
    analysis = analysed(text)
    assert len(analysis.result.branches) == 1
    node = analysis.tree
    assert isinstance(node, BinaryExpr)
    assert [pair.conflict for pair in analysis.pairs(node)] == [None]


def test_sides_that_agree_only_without_a_label_have_none() -> None:
    assert said('x{a=~"1|"} > on (a, b) y{a=~"2|"}') == ["b?"]


def test_unless_shows_its_pairs_and_yields_its_left_side() -> None:
    analysis = analysed('x{a="1"} unless on (a) y{a="2"}')
    node = analysis.tree
    assert isinstance(node, BinaryExpr)
    (pair,) = analysis.pairs(node)
    assert pair.conflict is not None
    assert pair.labels == ("a",)
    assert len(analysis.result.branches) == 1


def test_a_branch_knows_its_operand_of_or() -> None:
    text = "sum by (a) ((x or rate(y[5m])) * 2 or z)"
    branches = analysed(text).result.branches
    assert [text[branch.start : branch.end] for branch in branches] == ["x", "rate(y[5m])", "z"]
    (branch,) = analysed("sum(x)").result.branches
    assert (branch.start, branch.end) == (-1, -1)


def test_very_many_branches_are_no_longer_told_apart() -> None:
    many = " or ".join(f'sum by (a, n{index}) (x{{a="{index}"}})' for index in range(12))
    found = said(f"({many}) > on (a) ({many})")
    assert len(found) == 12
    assert said(f"({many}) and on (a) ({many})")[3] == "a=3 n3?"
    assert said(f"sum by (a) (({many}) * on () group_left () ({many}))")[11] == "a=11"


def test_a_reason_goes_through_the_matching() -> None:
    text = "x * on (a) group_left (b) sum by (a) (y)"
    (fact,) = analysed(text).result.facts("b")
    assert [(why.text, text[why.start : why.end]) for why in fact.why] == [
        ("b is taken from the right side", "b"),
        ("by (a) keeps only a", "by (a)"),
    ]
    text = "x > on (a, b) y"
    (fact,) = analysed(text).result.facts("c")
    assert fact.why[0].text == "matching on (a, b) keeps only a, b"
    assert text[fact.why[0].start : fact.why[0].end] == "on (a, b)"
