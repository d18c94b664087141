"""Recordings stand before what reads them, as the expressions are understood, not as they look."""

import pytest

from giggamon_compiler.ir import Query, Rule
from giggamon_compiler.lower.rules import order_rules


def ordered(**expressions):
    """The order of recordings, given as name with `__` for a colon."""
    rules = (
        Rule("record", name.replace("__", ":"), Query(expression))
        for name, expression in expressions.items()
    )
    return [rule.name for rule in order_rules(rules)]


@pytest.mark.parametrize(
    "reads",
    [
        "sum(z:z)",
        "max_over_time(z:z[5m])",
        '{__name__="z:z"}',
        "rate(x[5m]) / on () group_left (a) z:z{b='c'} offset 5m",
        "sum(z:z",  # what cannot be read counts by its words
    ],
)
def test_what_is_read_comes_first(reads):
    assert ordered(a__a=reads, z__z="sum(x)") == ["z:z", "a:a"]


@pytest.mark.parametrize(
    "looks",
    [
        'sum(x{a="z:z"})',
        "sum(x) # not z:z",
        'sum(x{__name__!="z:z"})',
        'label_replace(x, "a", "z:z", "b", "")',
        "sum by (a) (x:z:z)",
    ],
)
def test_what_only_looks_like_it_moves_nothing(looks):
    assert ordered(a__a=looks, z__z="sum(x)") == ["a:a", "z:z"]


def test_a_circle_keeps_the_order_of_names():
    assert ordered(b__b="a:a", a__a="b:b", c__c="c:c") == ["a:a", "b:b", "c:c"]
