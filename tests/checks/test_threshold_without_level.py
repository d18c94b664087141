"""A panel's threshold is an alert whose level it can draw."""

import pytest

from tests.house import find, underlined

SERVICE = """
from giggamon_compiler import Dashboard, Query, Row, panel
service = Service("orders", team=commerce)
backlog = Alert("Backlog", expr={expr!r}, severity=warning)
dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
    panel.{kind}("Waiting", [Query("queue")], key="queue", threshold=backlog{more})])])
"""


def found(tmp_path, expr, kind="TimeSeries", more=""):
    text = SERVICE.format(expr=expr, kind=kind, more=more)
    findings = find(tmp_path, {"services/orders.py": text})
    return [it for it in findings if it.id == "threshold-without-level"]


@pytest.mark.parametrize(
    ("expr", "message", "help_"),
    [
        (
            "queue > room",
            "Backlog compares with no number, so there is no level to draw",
            "end its expression with a number, for example > 5, or leave threshold out",
        ),
        (
            "queue > bool 5",
            "Backlog compares with no number, so there is no level to draw",
            "end its expression with a number, for example > 5, or leave threshold out",
        ),
        (
            "sum( queue) > 5 and up > 0",
            "Backlog compares several things with a number, and the panel draws none of them",
            "draw sum( queue) or up",
        ),
        (
            "queue > 5 or queue < 1",
            "Backlog compares queue with several numbers, and one is drawn",
            "give the panel an alert that compares with one of them",
        ),
        (
            "queue != 5",
            "Backlog compares by !=, so no side of 5 is the one that fires",
            "compare by > or <, or show the value as panel.Stat",
        ),
    ],
)
def test_what_has_no_level_is_told_at_the_threshold(tmp_path, expr, message, help_):
    (finding,) = found(tmp_path, expr)
    assert finding.message == f"commerce/orders/queue: {message}"
    assert finding.help == help_
    assert underlined(finding) == "backlog"
    assert [note.message for note in finding.notes] == ["what Backlog says"]


def test_a_level_that_the_axis_leaves_out(tmp_path):
    (finding,) = found(tmp_path, "queue > 5", more=", max=4")
    assert finding.message == (
        "commerce/orders/queue: the axis ends at 4, and Backlog fires at 5, out of sight"
    )
    assert finding.help == "leave max out, or let it reach beyond 5"
    (finding,) = found(tmp_path, "queue < -1.5", more=", min=0")
    assert "ends at 0, and Backlog fires at -1.5" in finding.message


def test_a_level_beyond_the_end_of_a_dial(tmp_path):
    (finding,) = found(tmp_path, "queue > 90", "Gauge", ', unit="percentunit"')
    assert "the axis ends at 1, and Backlog fires at 90" in finding.message
    assert finding.help == "let max reach beyond 90"


def test_a_table_shows_the_level_of_its_first_figure(tmp_path):
    text = SERVICE.format(expr="queue > 5 and up > 0", kind="Table", more="")
    text = text.replace('[Query("queue")]', '[Query("room"), Query("queue")]')
    findings = find(tmp_path, {"services/orders.py": text})
    (finding,) = [it for it in findings if it.id == "threshold-without-level"]
    assert "the panel draws none of them" in finding.message


@pytest.mark.parametrize(
    ("expr", "kind", "more"),
    [
        ("queue > 5", "TimeSeries", ""),
        ("queue > 5", "TimeSeries", ", min=0, max=6"),
        ("5 < queue", "TimeSeries", ""),
        ("queue == 0 or absent(queue)", "TimeSeries", ""),
        ("queue > 5 and up > 0", "TimeSeries", ""),
        ("queue != 5", "Stat", ""),
        ("queue != 5", "Gauge", ", max=10"),
        ("queue > 5 and up > 0", "Table", ""),
        ("queue > 0.9", "BarGauge", ', unit="percentunit"'),
        ("queue >", "TimeSeries", ""),  # said by the check that reads every query
    ],
)
def test_a_level_that_can_be_drawn(tmp_path, expr, kind, more):
    assert found(tmp_path, expr, kind, more) == []
