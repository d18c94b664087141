"""Texts that are no PromQL. What is said of them is the reader's own; here is where it stands."""

import pytest

from tests.checks.rules import find, record, underlined
from tests.house import find as find_all
from tests.house import underlined as shown

ID = "promql-syntax"


@pytest.mark.parametrize(
    "expr",
    [
        "",
        "sum(up",
        "up == 0 or",
        "sum(rate(x[5m]) by (job) > 1",
        "x = 5",
        "x{a=b} > 1",
        "x[5x] > 1",
        "foo(x) > 1",
        'x{a=~"("} > 1',
        "x > 1 2",
    ],
)
def test_what_cannot_be_read(expr):
    found = find(ID, expr)
    assert found
    assert all(it.level == "error" and it.message.startswith("Broken: ") for it in found)


def test_the_characters():
    (found,) = find(ID, 'x{a=~"("} > 1')
    assert underlined(found) == ['"("']
    (found,) = find(ID, record("a:b", "rates(x[5m])"))
    assert underlined(found) == ["rates"]
    assert found.message.startswith("a:b: ")


@pytest.mark.parametrize(
    "expr",
    ["up", "up == 0", "rate(up)", "up[5m]", "mad_over_time(up[5m])", 'x{a=~"[(]"} > 1'],
)
def test_what_can_be_read(expr):
    assert find(ID, expr) == []


SERVICE = """
service = Service("orders", team=commerce)
availability = SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
    sli=Ratio(bad='errors_total{', total='requests_total'))
board = Dashboard("orders", title="Orders", rows=[Row("All", [
    panel.Stat("One", [Query("sum(up")], key="one"),
    panel.Stat("Two", [Query("rate(x[$__rate_interval]")], key="two"),
    panel.Stat("Any", [Query("rate($any")], key="any")])])
"""


def test_objectives_and_boards_too_but_no_query_that_a_variable_leaves_open(tmp_path):
    found = [it for it in find_all(tmp_path, {"services/orders.py": SERVICE}) if it.id == ID]
    assert [(it.subject, shown(it)[:1]) for it in found if "One" in it.message] == []
    assert {it.subject for it in found} == {
        *("orders/availability", "commerce/orders/one", "commerce/orders/two")
    }
