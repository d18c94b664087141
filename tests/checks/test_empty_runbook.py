"""A heading that nothing follows."""

import pytest

from tests.house import find

ALERT = """
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical)
slow = Alert("OrdersSlow", expr='slow{job="orders"} > 0', severity=warning)
"""


def found(tmp_path, runbook, alert=ALERT):
    files = {"services/orders.py": alert, "runbooks/orders.md": runbook}
    return [it for it in find(tmp_path, files) if it.id == "empty-runbook"]


def test_an_alert_that_pages_and_one_that_does_not(tmp_path):
    one, two = found(tmp_path, "# Orders\n\n## OrdersDown\n\n## OrdersSlow\n\n<!-- later -->\n")
    assert (one.level, one.subject, one.origin.line) == ("error", "orders/OrdersDown", 4)
    assert one.message == (
        "OrdersDown pages, and nothing is said below its heading in runbooks/orders.md"
    )
    assert one.help == "write below ## OrdersDown what it means and what to do first"
    assert (two.level, two.subject) == ("warning", "orders/OrdersSlow")
    assert two.message.startswith("OrdersSlow links to its runbook, and nothing is said")


@pytest.mark.parametrize(
    "runbook", ["## OrdersDown\nLook.\n## orders-slow\nWait.\n", "## Orders\n"]
)
def test_what_says_something_or_is_not_there(tmp_path, runbook):
    assert found(tmp_path, runbook) == []


def test_a_heading_of_nobody_may_be_empty(tmp_path):
    assert found(tmp_path, "## Contacts\n\n## OrdersDown\nLook.\n## OrdersSlow\nWait.\n") == []


def test_an_address_of_its_own_is_not_judged(tmp_path):
    own = "severity=critical, annotations={'runbook_url': 'https://wiki.example/x'})"
    alert = ALERT.replace("severity=critical)", own)
    (slow,) = found(tmp_path, "## OrdersDown\n\n## OrdersSlow\n", alert)
    assert slow.subject == "orders/OrdersSlow"


def test_the_alerts_of_an_objective_share_a_heading(tmp_path):
    objective = """
service = Service("orders", team=commerce)
slo = SLO("availability", objective=99, window="7d", fast=critical, slow=warning,
    sli=Ratio(bad='failed_total{job="orders"}', total='all_total{job="orders"}'))
"""
    (one,) = found(tmp_path, "## OrdersAvailabilityBudgetBurn\n", objective)
    assert (one.level, one.subject) == ("error", "orders/OrdersAvailabilityBudgetBurn")
