"""Parts of a query that do not fit together."""

import pytest

from tests.checks.rules import find, record, underlined

ID = "promql-type"


@pytest.mark.parametrize(
    ("expr", "place"),
    [
        ("rate(x) > 1", "x"),
        ("sum(x[5m]) > 1", "x[5m]"),
        ("x[5m] > 1", "x[5m]"),
        ("1 > 2", ">"),
        ("x and 5", "5"),
        ("abs('a')", "'a'"),
        ("-x[5m]", "-x[5m]"),
        # what promtool takes, and no rule can be
        ("x[5m]", "x[5m]"),
        ("'text'", "'text'"),
        ("(max_over_time(x[5m])[1h:])", "(max_over_time(x[5m])[1h:])"),
    ],
)
def test_what_does_not_fit(expr, place):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message.startswith("Broken: ")
    assert underlined(found) == [place]


def test_help_is_what_to_write():
    (found,) = find(ID, record("a:b", "rate(x)"))
    assert found.help == "write x[5m]"


@pytest.mark.parametrize(
    "expr",
    [
        "rate(x[5m]) > 1",
        "sum(x) > 1",
        "1 > bool 2",
        "x and vector(5)",
        "1",
        "max_over_time(rate(x[5m])[1h:]) > 1",
        "sum(x",
    ],
)
def test_what_fits(expr):
    assert find(ID, expr) == []
