"""An alert's level on a panel: in the colours that Grafana gives to values, and in sight."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler import Alert, Query, Row, Severity, panel
from giggamon_compiler.lower.thresholds import threshold_of
from giggamon_compiler.targets import grafana
from tests.lower.written import board, lower


def severity(name):
    return Severity(name, channels=[], group_wait="5s", group_interval="10s", repeat_interval="1h")


SEVERITIES = [severity(name) for name in ("page", "ticket", "mail", "log", "none")]


def drawn(expr, kind=panel.TimeSeries, grade=SEVERITIES[0], queries=("x",)):
    alert = Alert("A", expr=expr, severity=grade)
    value = kind("T", [Query(it) for it in queries], key="k", threshold=alert)
    return threshold_of(value, queries, SEVERITIES)


def colour_at(steps, value):
    """As Grafana colours a value: by the last step that is not above it."""
    return [colour for colour, start in steps if start is None or value >= start][-1]


@pytest.mark.parametrize(
    ("expr", "steps", "style", "soft"),
    [
        ("x > 5", (("transparent", None), ("red", 5)), "dashed+area", (0, 5.5)),
        ("x < 5", (("red", None), ("transparent", 5)), "dashed+area", (0, 5.5)),
        ("x < -0.05", (("red", None), ("transparent", -0.05)), "dashed+area", (-0.055, 0)),
        ("x == 0", (("transparent", None), ("red", 0)), "dashed", (0, 0)),
        ("x > 0", (("transparent", None), ("red", 0)), "dashed", (0, 0)),
        ("x < 0", (("red", None), ("transparent", 0)), "dashed+area", (0, 0)),
        ("x > 1e308 * 1.7", (("transparent", None), ("red", 1.7e308)), "dashed+area", (0, 1.7e308)),
    ],
)
def test_a_line_with_the_side_that_fires(expr, steps, style, soft):
    threshold = drawn(expr)
    assert threshold.steps == steps
    assert threshold.style == style
    assert (threshold.soft_min, threshold.soft_max) == soft


@pytest.mark.parametrize("expr", ["x", "x > y", "x > 5 and y > 2 and z > 1", "x != 1", "x{"])
def test_where_there_is_no_level_nothing_is_drawn(expr):
    assert drawn(expr, queries=("w",)) is None


@pytest.mark.parametrize(
    ("grade", "colour"),
    [(SEVERITIES[0], "red"), (SEVERITIES[1], "orange"), (SEVERITIES[2], "yellow"),
     (SEVERITIES[3], "blue"), (SEVERITIES[4], "blue"), (None, "red")],
)  # fmt: skip
def test_the_colour_says_how_grave_it_is(grade, colour):
    assert drawn("x > 5", grade=grade).steps[1][0] == colour


numbers = st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(numbers, numbers, st.sampled_from([">", ">=", "<", "<=", "==", "!="]))
def test_a_figure_is_coloured_exactly_while_the_alert_fires(level, value, comparison):
    steps = drawn(f"x {comparison} {level!r}", kind=panel.Stat).steps
    fires = {
        ">": value > level, ">=": value >= level, "<": value < level,
        "<=": value <= level, "==": value == level, "!=": value != level,
    }[comparison]  # fmt: skip
    assert colour_at(steps, value) == ("red" if fires else "green")
    assert colour_at(steps, level) == ("red" if comparison in (">=", "<=", "==") else "green")


def test_the_level_stands_in_the_board_and_the_alert_in_the_program():
    alert = Alert("Waiting", expr="x > 5")
    lines = panel.TimeSeries("T", [Query("x")], key="k", min=2, threshold=alert)
    program = lower(board(Row("Row", [lines])))
    (text,) = grafana.emit(program).values()
    defaults = json.loads(text)["panels"][1]["fieldConfig"]["defaults"]
    assert defaults["min"] == 2
    assert defaults["custom"]["axisSoftMax"] == 5.5
    assert defaults["custom"]["thresholdsStyle"] == {"mode": "dashed+area"}
    assert defaults["thresholds"]["steps"][1] == {"color": "red", "value": 5}
