"""Every alert says how urgent it is."""

from tests.house import find, underlined


def found(tmp_path, rules):
    service = f'service = Service("orders", team=commerce)\n{rules}'
    return [
        it
        for it in find(tmp_path, {"services/orders.py": service})
        if it.id == "alert-without-severity"
    ]


def test_the_effect_is_told(tmp_path):
    (finding,) = found(tmp_path, 'down = Alert("OrdersDown", expr="up == 0")')
    assert finding.message == "OrdersDown has no severity, so it is told as if it were warning"
    assert finding.help == "add severity=critical or severity=warning"
    assert underlined(finding).startswith("Alert")
    assert finding.level == "warning"


def test_a_severity_is_enough(tmp_path):
    assert found(tmp_path, 'down = Alert("OrdersDown", expr="up == 0", severity=critical)') == []


def test_a_label_of_the_alerts_own_is_one(tmp_path):
    own = 'down = Alert("OrdersDown", expr="up == 0", labels={"severity": "critical"})'
    assert found(tmp_path, own) == []


def test_the_label_of_its_group_is_one(tmp_path):
    grouped = """
down = Alert("OrdersDown", expr="up == 0")
group = Group("g", rules=[down], labels={"severity": "critical"})
"""
    assert found(tmp_path, grouped) == []


def test_recordings_and_the_alerts_of_objectives_have_none_to_miss(tmp_path):
    rules = """
up_sum = Record("job:up:sum", expr="sum by (job) (up)")
slo = SLO("a", objective=99, window="30d", fast=critical, sli=Ratio(bad="b", total="t"))
"""
    assert found(tmp_path, rules) == []
