"""Alerts whose values nothing looks at."""

import pytest

from tests.checks.rules import alert, find, record, underlined

ID = "alert-without-comparison"


@pytest.mark.parametrize(
    "expr",
    [
        "rate(errors_total[5m])",
        "sum by (job) (queue)",
        "a / b * 100",
        "-up",
        "histogram_quantile(0.9, rate(x_bucket[5m]))",
        "a / on (job) group_left (c) b",
        "time() - last_success_timestamp_seconds",
        "max_over_time(rate(x_total[5m])[1h:])",
        'sum(rate(http_requests_total{code=~"5.."}[5m]))',
        "(clamp_min(queue, 0))",
        "timestamp(up)",
    ],
)
def test_a_value_that_nothing_looks_at_is_an_error(expr):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message == "Broken compares nothing, so it fires whatever the value is"
    assert underlined(found) == [expr]
    assert found.help == f"end it with a threshold, for example {expr} > 0"


@pytest.mark.parametrize(
    "expr",
    [
        "up",
        'up{job=~"a|b"}',
        "count by (job) (up)",
        "topk(3, queue)",
        "a and b",
        'label_replace(up, "a", "b", "", "")',
        "last_over_time(x[5m])",
    ],
)
def test_series_that_are_there_may_be_meant(expr):
    (found,) = find(ID, expr)
    assert found.level == "warning"
    assert underlined(found) == [expr]
    bound = f"({expr})" if " and " in expr else expr
    assert found.help.startswith(f"compare it, for example {bound} > 0; ")
    assert found.help.endswith(f"count it: count({expr}) > 0")


@pytest.mark.parametrize(
    "expr",
    [
        "up == 0",
        "(up) != (1)",
        "count(up == 0)",
        "sum by (job) (queue > 5) * 2",
        "rate((queue > 5)[5m:1m])",
        "absent(up)",
        'absent_over_time(up{job="a"}[5m])',
        "a unless b",
        "rate(x[5m]) unless on (job) y",
        "up and on (job) a > 5",
        "x and on () hour() > 8",
        "(x > bool 5) == 1",
        "a / (b > 0)",
        "up == 0 or absent(up)",
        'ALERTS{alertname="A"}',
        'sum by (job) (ALERTS{alertstate="firing"})',
        'pg_index_size{name=~".*ccnew.*"}',
        'count(pg_index_size{name=~".*ccnew.*"})',
        "topk(3, queue > 5)",
        "count_values('v', a != 0)",
        "vector(1)",
        "1",
    ],
)
def test_a_condition_of_any_kind_is_one(expr):
    assert find(ID, expr) == []


def test_each_operand_of_or_needs_one():
    (found,) = find(ID, "a > 5 or rate(b[5m]) * 60 or (c < 1)")
    assert underlined(found) == ["rate(b[5m]) * 60"]
    assert found.message.startswith("Broken compares nothing in one operand of or, so it fires")
    both = find(ID, "(a or sum(b))")
    assert underlined(*both) == ["a", "sum(b)"]
    assert [it.level for it in both] == ["warning", "error"]


def test_a_long_expression_is_not_repeated():
    (found,) = find(ID, f"rate({'x' * 80}[5m])")
    assert found.help == "end it with a threshold, for example > 0"
    (found,) = find(ID, "count by (a)\n  (x)")
    assert found.help.startswith("compare it, for example > 0; ")
    assert found.help.endswith("count(…) > 0")


def test_a_recorded_metric_is_there_as_its_rule_says():
    assert find(ID, record("job:down", "up == 0"), alert("job:down")) == []
    assert find(ID, record("job:down", "up == 0"), alert("sum by (job) (job:down)")) == []
    (found,) = find(ID, record("job:up:sum", "sum by (job) (up)"), alert("job:up:sum"))
    assert found.level == "warning"
    # two rules: one of them always
    both = record("job:down", "up == 0"), record("job:down", "sum(up)")
    assert len(find(ID, *both, alert("job:down"))) == 1
    # that read one another
    circle = record("a:a", "b:b"), record("b:b", "a:a")
    assert len(find(ID, *circle, alert("a:a"))) == 1


def test_it_speaks_of_alerts_that_can_be_read():
    assert find(ID, record("job:up:sum", "sum by (job) (up)")) == []
    assert find(ID, "rate(up) + x") == []
    assert find(ID, "sum(up") == []


def test_what_always_fires_is_said_once():
    assert find(ID, "sum(x) or vector(0)") == []
    assert find(ID, "x > bool 5") == []


def test_a_long_chain_is_read():
    assert find(ID, " or ".join(["x > 1"] * 50)) == []
    assert len(find(ID, " + ".join(["x"] * 50))) == 1
