"""Only a test that makes an alert fire counts, and an objective's two alerts are told apart."""

from tests.house import messages

SERVICE = """
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr='up{job="orders"} == 0')
availability = SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
    sli=Ratio(bad='errors_total', total='requests_total'))
"""


def found(tmp_path, tests):
    files = {"services/orders.py": SERVICE, "services/orders_test.py": tests}
    return messages(tmp_path, "alert-without-test", files)


def test_each_alert_wants_a_test(tmp_path):
    assert sorted(found(tmp_path, "")) == [
        "OrdersAvailabilityBudgetBurn of severity critical has no test",
        "OrdersAvailabilityBudgetBurn of severity warning has no test",
        "OrdersDown has no test",
    ]


def test_a_test_that_stays_quiet_proves_nothing(tmp_path):
    quiet = """
down_quiet = AlertTest(down, series={"up": "1x5"}, quiet=["5m"])
down_none = AlertTest(down, series={"up": "1x5"}, fires={"5m": []})
fast = AlertTest(availability, severity=critical, series={"up": "1x5"}, fires={"5m": [{}]})
"""
    assert sorted(found(tmp_path, quiet)) == [
        "OrdersAvailabilityBudgetBurn of severity warning has no test",
        "OrdersDown is tested, but no test makes it fire",
    ]


def test_all_of_them_fire(tmp_path):
    tests = """
down_fires = AlertTest(down, series={"up": "0x5"}, fires={"5m": [{}]})
fast = AlertTest(availability, severity=critical, series={"up": "1x5"}, fires={"5m": [{}]})
slow = AlertTest(availability, severity=warning, series={"up": "1x5"}, fires={"5m": [{}]})
"""
    assert found(tmp_path, tests) == []
