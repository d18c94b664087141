"""Labels that are grouped by and cannot be there."""

import pytest

from tests.checks.rules import alert, causes, find, record, underlined
from tests.house import find as find_in_house

ID = "grouping-label"


@pytest.mark.parametrize(
    ("expr", "cause"),
    [
        ("sum by (job, x) (sum by (job) (up)) > 1", "by (job)"),
        ("sum by (job, x) (sum without (x) (up)) > 1", "without (x)"),
        ("sum by (x) (a / on (job) b) > 1", "on (job)"),
        ('sum by (x) (up{x=""}) > 1', 'x=""'),
        ('sum by (x) (rate(up{job="a",x=""}[5m])) > 1', 'x=""'),
        ('sum by (x) (up{job="a",x!~".+"}) > 1', 'x!~".+"'),
        ("sum by (x) (abs(sum by (job) (up))) > 1", "by (job)"),
        ("sum by (x) (absent(up)) > 1", "absent"),
    ],
)
def test_by_keeps_what_is_not_there(expr, cause):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message == (
        "Broken groups by x, which none of the series can have, so by cannot keep it"
    )
    assert underlined(found) == ["x"]
    assert causes(found)[0][1].startswith(cause)


def test_the_metrics_name():
    (found,) = find(ID, "sum by (__name__) (rate(up[5m])) > 1")
    assert underlined(found) == ["__name__"]
    assert find(ID, "count by (__name__) (up) > 1") == []


def test_help_says_what_is_left():
    (found,) = find(ID, "sum by (x, job) (sum by (job) (up)) > 1")
    assert found.help == "keep x further in, or leave it out: by (job)"


def test_without_takes_nothing_away():
    (found,) = find(ID, "sum without (x) (sum by (job) (up)) > 1")
    assert found.level == "warning"
    assert underlined(found) == ["x"]
    assert found.help == "leave out without"
    (found,) = find(ID, "sum without (x, job) (sum by (job) (up)) > 1")
    assert found.help == "leave it out: without (job)"


@pytest.mark.parametrize(
    "expr",
    [
        "sum by (job, x) (up) > 1",
        'sum by (x) (rate(up{x="1",job="a"}[5m])) > 1',
        'sum by (x) (up{x=~".+",job=""}) > 1',
        "sum without (x) (up) > 1",
        "sum by (job) (sum by (job, x) (up)) > 1",
        "sum by (x) (sum by (job) (up) or up) > 1",
        "sum by (x) (a * on (job) group_left (x) b) > 1",
        'sum by (x) (label_replace(sum by (job) (up), "x", "$1", "job", "(.*)")) > 1',
        'sum by (x) (count_values("x", up)) > 1',
        "sum by (x) (topk by (job) (3, up)) > 1",
        "sum by () (sum(up)) > 1",
        "sum(sum(up)) > 1",
    ],
)
def test_what_can_be_there(expr):
    assert find(ID, expr) == []


def test_through_recordings():
    recorded = record("job:up:sum", "sum by (job) (up)")
    (found,) = find(ID, recorded, alert("sum by (instance) (job:up:sum) > 1"))
    assert underlined(found) == ["instance"]
    assert causes(found)[0][1] == "by (job)"
    # one of two rules has it
    both = recorded, record("job:up:sum", "sum by (job, instance) (up)")
    assert find(ID, *both, alert("sum by (instance) (job:up:sum) > 1")) == []
    # the rule puts it
    labelled = record("job:up:sum", "sum by (job) (up)", instance="all")
    assert find(ID, labelled, alert("sum by (instance) (job:up:sum) > 1")) == []


def test_a_declared_metric_is_to_be_declared_with_it(tmp_path):
    service = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
depth = metric.Gauge("depth", help="Depth")
down = Alert("OrdersDeep", expr='sum by (shelf) (depth{job="orders"}) > 1')
"""
    found = find_in_house(tmp_path, {"services/orders.py": service})
    (help_line,) = [it.help for it in found if it.id == ID]
    assert help_line == "add shelf to the labels that depth is declared with, or leave it out"
