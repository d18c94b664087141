"""Alerts that return something whatever the samples are."""

import pytest

from tests.checks.rules import find, record, underlined

ID = "alert-always-fires"


@pytest.mark.parametrize(
    ("expr", "place", "advice"),
    [
        ("x > 5 or vector(0)", "or vector(0)", "leave it out: x > 5"),
        ("x > 5 or on () vector(1)", "or on () vector(1)", "leave it out: x > 5"),
        ("(sum(x) or vector(0))", "or vector(0)", "compare the whole with a threshold: (…) > 0"),
        ("sum(x or vector(0)) * 2", "or vector(0)", "compare the whole with a threshold: (…) > 0"),
        ("topk(1, x or vector(0))", "or vector(0)", "compare the whole with a threshold: (…) > 0"),
        ("(x or vector(0)) * 2 + 1", "or vector(0)", "compare the whole with a threshold: (…) > 0"),
        ("absent(x) or (vector(1))", "or (vector(1))", "leave it out: absent(x)"),
        (
            "scalar(x)",
            "scalar(x)",
            "compare a series with a threshold: vector(scalar(x)) > 0",
        ),
        (
            "scalar(x) > bool 5",
            "scalar(x) > bool 5",
            "compare a series: vector(scalar(x)) > 5",
        ),
        ("vector(scalar(x))", "vector(scalar(x))", "compare it with a threshold"),
    ],
)
def test_what_always_has_a_sample(expr, place, advice):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message.startswith("Broken always fires: ")
    assert underlined(found) == [place]
    assert found.help == advice


@pytest.mark.parametrize(
    ("expr", "place", "advice"),
    [
        ("x > bool 5", "x > bool 5", "leave out bool: x > 5"),
        ("(x>bool 5)", "x>bool 5", "leave out bool: x> 5"),
        ("x == bool on (job) y", "x == bool on (job) y", "leave out bool: x == on (job) y"),
        ("sum(x > bool 5)", "x > bool 5", "compare the whole: (…) > 0"),
        ("(a > bool 1) * (b > bool 2)", "a > bool 1", "compare the whole: (…) > 0"),
    ],
)
def test_what_is_0_fires_as_well(expr, place, advice):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert underlined(found) == [place]
    assert found.help == advice


@pytest.mark.parametrize(
    "expr",
    [
        # a watchdog reads nothing, and is meant to fire
        "vector(1)",
        "1",
        "vector(1) or vector(0)",
        "1 == bool 1",
        "time()",
        # the sample that stands in is compared
        "(sum(x) or vector(0)) > 5",
        "sum(x or vector(0)) > 5",
        "(x > bool 5) == 1",
        "sum(x > bool 5) > 0",
        "x > 5 or vector(0) > 1",
        "x > scalar(y)",
        "x / (y or vector(1)) > 5",
        "x > 5 or absent(x)",
        "x unless vector(1)",
        # what compares nothing is another check's
        "x",
        "sum(x)",
        "rate(x[5m])",
        "x * scalar(y)",
        "x and on () vector(1)",
        # what may be empty for all that is known
        "histogram_quantile(0.9, x or vector(0))",
        "(x or vector(0)) * on (a) label_replace(vector(1), 'a', 'b', '', '')",
        "vector(0) and on (a) (x or label_replace(vector(1), 'a', 'b', '', ''))",
        "topk(scalar(y), x or vector(0))",
        "topk(0, x or vector(0))",
        "limit_ratio(0.1, x or vector(0))",
        "max_over_time((x or vector(0))[1m:1h])",
    ],
)
def test_the_rest_is_not_said_to_always_fire(expr):
    assert find(ID, expr) == []


def test_recordings_may_have_a_sample_always():
    assert find(ID, record("a:b", "sum(x) or vector(0)"), record("c:d", "x > bool 5")) == []
