"""Queries of boards with Grafana's variables in them."""

import pytest

from giggamon_compiler.ir import Dashboard, Environment, Group, Panel, Program, Query, Rule, Target
from giggamon_compiler.promql.nodes import Label, VectorSelector
from giggamon_compiler.promql.walk import walk
from giggamon_compiler.queries import Reading, read_queries
from giggamon_compiler.queries.variables import readings


def read(text):
    return Reading(Program()).read_variables(text)


def selector_of(tree):
    """The one selector that a tree is."""
    (node,) = walk(tree)
    assert isinstance(node, VectorSelector)
    return node


def of_board(text, *rules):
    panel = Panel("k", 1, "timeseries", "T", 0, 0, 1, 1, (Target("A", Query(text)),))
    board = Dashboard("u", "b", "f", "B", (panel,))
    groups = (Group("a", "a", rules),) if rules else ()
    return [it for it in read_queries(Program(groups, dashboards=(board,))) if it.board]


@pytest.mark.parametrize(
    "text",
    [
        "rate(x[$__rate_interval])",
        "rate(x[${__rate_interval}])",
        "rate(x[[[__rate_interval]]])",
        "max_over_time(x[$__range:$__interval])",
        "rate(x[$window])",
        "rate(x[${minutes}m])",
        "increase(x[${__range_s}s])",
        "x offset $shift",
        "x offset -$shift",
        "x * $__interval_ms / 1000",
        'x{instance=~"$instance",job="${job:regex}"}',
        'x{instance=~"[[instance]]"}',
        "x > $threshold",
        "topk($n, x)",
        "quantile($q, x)",
        "$metric",
        '${prefix}_total{job="a"}',
        "sum by ($label) (x)",
        "x # $comment",
        'label_replace(x, "a", "$1", "b", "(.*)")',
        "x[5m] @ $__to",
        "round(x, $n) > 1",
    ],
)
def test_what_is_read_stands_where_it_was_written(text):
    found = read(text)
    assert found is not None
    assert found.parsed.problem is None
    assert found.parsed.text == text
    for node in walk(found.parsed.tree):
        if isinstance(node, VectorSelector) and node.name is not None:
            assert text[node.start : node.start + len(node.name)] == node.name
            assert all(text[it.start : it.end].startswith(it.name) for it in node.matchers)


@pytest.mark.parametrize("text", ["$query", "$aggregate by (x) (y)", "$agg(x) / sum(", "x $op y"])
def test_what_may_mean_anything_is_not_read(text):
    found = read(text)
    assert found is None or text == "$query"


def test_a_metric_of_a_variable_is_any():
    for text in ("$query", "${prefix}_total", "a_$b"):
        assert selector_of(read(text).parsed.tree).name is None


def test_a_matcher_of_a_variable_lets_anything_through():
    selector = selector_of(read('x{a="$a",b!~"x$b",c="c"}').parsed.tree)
    said = [(it.name, it.op, it.value) for it in selector.matchers]
    assert said == [("a", "=~", ".*"), ("b", "=~", ".*"), ("c", "=", "c")]


def test_a_label_of_a_variable_may_be_any():
    for text in (
        "sum by ($label) (x)",
        "x / on ($label) y",
        "x * on (a) group_left ($b) y",
        'x{$label="a"}',
        'label_replace(x, "$a", "$1", "b", "(.*)")',
    ):
        assert read(text).is_open, text
        (query,) = of_board(text)
        assert query.analysis is None
    assert not read('sum by (a) (x{b="$b"}[$__range])').is_open


def test_no_other_is_open():
    (query,) = of_board('sum by (a) (rate(x{b=~"$b"}[$__rate_interval]))')
    assert [it.presence for it in query.analysis.result.facts("b")] == ["absent"]
    assert query.text(Label(8, 9, "a")) == "a"


def test_what_is_wrong_with_any_value_is_said():
    (query,) = of_board("rate(x[$__rate_interval]")
    assert query.problems[0].kind == "syntax"
    assert "0005m" not in query.problems[0].message + query.problems[0].help
    (query,) = of_board('rate(sum by (a) (x{b="$b"})[$__range])')
    assert query.problems
    assert of_board("rate($x") == []


def test_what_selects_everything_is_so_with_any_value():
    assert of_board('{instance=~"$instance"}')[0].problems == ()
    assert of_board('{instance=~".*"}')[0].problems != ()


@pytest.mark.parametrize("sign", ["[[:alpha:]]", "a$", "$", "x$1"])
def test_what_is_no_variable(sign):
    (found,) = readings(f'x{{a=~"{sign}"}}')
    selector = selector_of(found.parsed.tree)
    assert selector.matchers[0].value == sign


def test_rules_have_no_variables():
    rule = Rule("record", "a:b", Query('x{a="$a"}'))
    (query,) = read_queries(Program((Group("a", "a", (rule,)),)))
    assert selector_of(query.parsed.tree).matchers[0].value == "$a"


def test_a_long_query():
    text = " + ".join(["x{a='$a'}"] * 150)
    assert len(list(walk(read(text).parsed.tree))) > 290


@pytest.mark.parametrize(
    "text",
    [
        "increase(x[$__range]) / $__range_s",
        "x / $__interval_ms",
        "x > ${__from:date:seconds}",
        "topk($__range_s, x)",
    ],
)
def test_a_number_of_grafana_is_new_to_no_prometheus(text):
    panel = Panel("k", 1, "timeseries", "T", 0, 0, 1, 1, (Target("A", Query(text)),))
    board = Dashboard("u", "b", "f", "B", (panel,))
    oldest = Environment("", "", "2.42", "0.25", "")
    (query,) = read_queries(Program(dashboards=(board,), environment=oldest))
    assert query.version == "2.42"
    assert not query.problems
