"""What an expression reads."""

import pytest

from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import equalities, metric_of, plain_selector, selectors


def test_every_selector_is_found_with_its_metric():
    text = (
        'sum(rate(a{x="1"}[5m])) / on () {__name__="b", y!="z"} > max_over_time(c[1h:]) + {d=~"e"}'
    )
    tree = parse(text).tree
    assert tree is not None
    found = list(selectors(tree))
    assert [metric_of(it) for it in found] == ["a", "b", "c", None]
    assert [dict(equalities(it)) for it in found] == [{"x": "1"}, {"__name__": "b"}, {}, {}]


@pytest.mark.parametrize("text", ["x", "(x)", "((x{a='b'} offset 5m))", "{a='b'} @ 5"])
def test_a_plain_selector(text):
    assert plain_selector(parse(text).tree) is not None


@pytest.mark.parametrize("text", ["x[5m]", "-x", "x + y", "rate(x[5m])", "5", "x{"])
def test_no_plain_selector(text):
    assert plain_selector(parse(text).tree) is None
