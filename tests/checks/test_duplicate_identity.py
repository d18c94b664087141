"""Each kind of name is an identity, and both places are shown."""

import pytest

from tests.house import FILES, find, messages

SLO = """SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
    sli=Ratio(bad='errors_total', total='requests_total'))"""
ROW = """Row("r", [
    panel.Stat("Up", [Query("up")], key="up"), panel.Stat("U", [Query("u")], key="up")])"""

TWICE = {
    "alerts of one service": 'a = Alert("Down", expr="up")\nb = Alert("Down", expr="down")',
    "alerts of one service, by an objective": (
        f'a = {SLO}\nb = Alert("OrdersAvailabilityBudgetBurn", expr="up")'
    ),
    "recordings of one service": 'a = Record("a:b", expr="up")\nb = Record("a:b", expr="down")',
    "groups of one file": (
        'a = Group("g", rules=[Alert("A", expr="up")])\n'
        'b = Group("g", rules=[Alert("B", expr="up")])'
    ),
    "groups of one file, by the service": (
        'a = Group("orders", rules=[Alert("A", expr="up")])\nb = Alert("B", expr="up")'
    ),
    "objectives": f"a = {SLO}\nb = {SLO}",
    "panels of one board": f'a = Dashboard("d", title="D", rows=[{ROW}])',
    "variables of one board": (
        'a = Dashboard("d", title="D", rows=[], variables=['
        'Variable("v", query="label_values(a)"), Variable("v", query="label_values(b)")])'
    ),
    "boards of one folder": (
        'a = Dashboard("d", title="D", rows=[])\nb = Dashboard("d", title="E", rows=[])'
    ),
    "metrics of one service": 'a = metric.Gauge("m", help="A")\nb = metric.Gauge("m", help="B")',
}


@pytest.mark.parametrize("what", TWICE)
def test_two_in_one_file(what, tmp_path):
    service = f'service = Service("orders", team=commerce)\n{TWICE[what]}\n'
    found = find(tmp_path, {"services/orders.py": service})
    own = [finding for finding in found if finding.id == "duplicate-identity"]
    assert any(what.partition(",")[0] in finding.message for finding in own), own
    for finding in own:
        (note,) = finding.notes
        assert finding.origin != note.origin


@pytest.mark.parametrize(
    ("what", "files"),
    [
        ("services", {"services/two.py": 'service = Service("orders", team=commerce)'}),
        ("teams", {"more.py": 'other = Team("commerce")'}),
        (
            "severities",
            {
                "policy.py": FILES["policy.py"].replace(
                    '"warning", channels=["chat"]', '"critical", channels=["chat"]'
                )
            },
        ),
        (
            "scrape jobs",
            {
                "services/orders.py": 'service = Service("orders", team=commerce,'
                ' scrape=Scrape("job", targets=["a:1"]))',
                "services/two.py": 'service = Service("two", team=commerce,'
                ' scrape=Scrape("job", targets=["b:1"]))',
            },
        ),
        (
            "leaves of the routing tree",
            {
                "more.py": 'other = Team("other", routes=['
                """Route("r", matchers=['a="1"']), Route("r", matchers=['a="2"'])])"""
            },
        ),
    ],
)
def test_two_in_the_house(what, files, tmp_path):
    found = messages(tmp_path, "duplicate-identity", files)
    assert found
    assert all(message.endswith(f"is the name of two {what}") for message in found)


def test_what_differs_by_service_or_labels_is_no_duplicate(tmp_path):
    rules = f"""
service = Service("NAME", team=commerce)
down = Alert("Down", expr="up == 0")
ratio = Record("job:errors:ratio", expr='errors{{job="NAME"}}')
fast = Record("job:speed", expr="a", labels={{"quantile": "0.5"}})
slow = Record("job:speed", expr="b", labels={{"quantile": "0.9"}})
availability = {SLO}
requests = metric.Counter("requests_total", help="Requests")
"""
    files = {f"services/{name}.py": rules.replace("NAME", name) for name in ("orders", "two")}
    assert messages(tmp_path, "duplicate-identity", files) == []
