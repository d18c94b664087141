"""What an alert compares with: levels, read out of its tree."""

import pytest

from giggamon_compiler.promql.levels import is_same, level_of, levels_of
from giggamon_compiler.promql.parser import parse


def read(text):
    tree = parse(text).tree
    assert tree is not None
    return tree


def found(text):
    return [
        (text[it.compared.start : it.compared.end], it.side, it.closed, it.value)
        for it in levels_of(read(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x > 5", [("x", "above", False, 5)]),
        ("x >= 5", [("x", "above", True, 5)]),
        ("x < -0.5", [("x", "below", False, -0.5)]),
        ("((x)) <= (2 + 3 * 4)", [("((x))", "below", True, 14)]),
        ("5 < x", [("x", "above", False, 5)]),
        ("5 >= x", [("x", "below", True, 5)]),
        ("x == 0", [("x", "at", True, 0)]),
        ("1 != x", [("x", "apart", False, 1)]),
        ("time() - x > 26 * 3600", [("time() - x", "above", False, 93600)]),
        ("x > -(2 ^ 3) % 3", [("x", "above", False, -2)]),
        ("(x > 5 and on (a) y < 3) unless z == 1", [
            ("x", "above", False, 5), ("y", "below", False, 3), ("z", "at", True, 1),
        ]),
        ("x > bool 5", []),
        ("sum(x > 5)", []),
        ("count(x > 5) > 2", [("count(x > 5)", "above", False, 2)]),
        ("x > y", []),
        ("x > Inf", []),
        ("x > 1 / 0", []),
        ("x > 10 ^ 400", []),
        ("x", []),
        ("5 > 3", []),
        ("x > scalar(y)", []),
    ],
)  # fmt: skip
def test_levels(text, expected):
    assert found(text) == expected


def test_a_long_chain_is_read_too():
    assert found("x > " + "1 + " * 150 + "1") == [("x", "above", False, 151)]
    assert len(found(" or ".join(f"x{it} > 1" for it in range(80)))) == 80


@pytest.mark.parametrize(
    ("text", "queries", "value"),
    [
        ("x > 5", ["whatever"], 5),
        ("x > 5 and y > 2", ["y"], 2),
        ("x > 5 and y > 2", ["(x )"], 5),
        ('x{a="b"} > 5 and y > 2', ["x{a = `b`,}"], 5),
        ("x > 5 and y > 2", ["z", "x{"], None),
        ("x > 5 and y > 2", ["x", "y"], None),
        ("x > 5 or x > 5", ["z"], 5),
        ("x > 5 or x < 1", ["x"], None),
        ("rate(x[5m]) > 5 and rate(y[5m]) > 2", ["rate(y[$__rate_interval])"], 2),
        ("rate(x[5m]) > 5 and rate(x[1h]) > 2", ["rate(x[1h])"], 2),
        ("rate(x[5m]) > 5 and rate(x[1h]) > 2", ["rate(x[${__interval}])"], 5),
        ('x{a="b"} > 5 and y > 2', ['x{a="b",c=~"$c"}'], 5),
        ('x{a="b"} > 5 and y > 2', ['x{c=~"${c:regex}",a="b"}'], 5),
        ('x{a="b",d="e"} > 5 and y > 2', ['x{a="b" , c=~"$c", d="e"}'], 5),
        ("x > 5 and y > 2", ['x{c=~"$c"}'], 5),
        ('x{c=~"b"} > 5 and y > 2', ["x"], None),
        ("x{", ["x"], None),
        ("x", ["x"], None),
    ],
)
def test_of_several_levels_that_of_what_is_drawn_counts(text, queries, value):
    level = level_of(text, queries)
    assert (level and level.value) == value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sum by (a) (x)", "sum(x) by(a)"),
        ("x offset 60s", "x  offset 1m"),
        ("(a + (b))", "a + b"),
        ("x # c", "x"),
    ],
)
def test_the_same_in_another_spelling(one, other):
    assert is_same(read(one), read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sum by (a) (x)", "sum by (b) (x)"),
        ("sum by (a) (x)", "sum without (a) (x)"),
        ("x", "y"),
        ('x{a="b"}', 'x{a!="b"}'),
        ('x{a="b"}', 'x{a="c"}'),
        ("x offset 1m", "x offset 2m"),
        ("x[1m]", "x[2m]"),
        ("a + b", "a - b"),
        ("f", "1"),
        ("max(a)", "max(a, b)"),
    ],
)
def test_what_differs(one, other):
    first, second = parse(one).tree, parse(other).tree
    assert not is_same(first, second)
