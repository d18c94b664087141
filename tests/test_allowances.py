"""Checks that are silent: about what, and what is said of the allowance itself."""

import pytest

from giggamon_compiler import pipeline
from giggamon_compiler.allowances import Calendar
from tests.house import write_house

ALLOW = 'allow=[Allow("{}", because="{}", until=date(2027, 3, 1))]'
UNTESTED = ALLOW.format("alert-without-test", "it is being written")
BOUND = """
from datetime import date
service = Service("orders", team=commerce{service})
down = Alert("OrdersDown", expr='up{{job="orders"}} == 0', severity=critical{alert})
late = Alert("OrdersLate", expr='absent(up{{job="orders"}})', severity=critical)
grouped = Group("grouped", rules=[late]{group})
"""
RUNBOOK = "## OrdersDown\n\nRestart it.\n\n## OrdersLate\n\nRestart it.\n"


def ids(tmp_path, calendar=None, **said):
    """Check and subject of every finding of the house."""
    places = ("service", "alert", "group")
    text = BOUND.format(**{it: f", {said[it]}" if it in said else "" for it in places})
    files = {"services/orders.py": text, "runbooks/orders.md": RUNBOOK}
    if "policy" in said:
        files["policy.py"] = POLICY.format(said["policy"])
    folder = write_house(tmp_path, files)
    findings = pipeline.build(folder, None, calendar or Calendar("2027-02-01")).findings
    return sorted((it.level, it.id, it.subject) for it in findings)


POLICY = """
from datetime import date
critical = Severity("critical", channels=["page", "chat"],
    group_wait="5s", group_interval="20s", repeat_interval="1h")
warning = Severity("warning", channels=["chat"],
    group_wait="30s", group_interval="5m", repeat_interval="12h")
policy = Policy(severities=[critical, warning], fallback=warning, default_team=commerce,
    group_by=["alertname", "service", "instance"], {})
"""
DOWN = ("error", "alert-without-test", "orders/OrdersDown")
LATE = ("error", "alert-without-test", "orders/OrdersLate")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({}, [DOWN, LATE]),
        ({"alert": UNTESTED}, [LATE]),
        ({"group": UNTESTED}, [DOWN]),
        ({"service": UNTESTED}, []),
    ],
    ids=["nothing", "an alert", "a group and its rules", "a service and all of its file"],
)
def test_it_holds_for_what_it_stands_on(tmp_path, said, left):
    found = ids(tmp_path, **said)
    assert [it for it in found if it[1] == "alert-without-test"] == left
    assert not [it for it in found if it[1].startswith("allow-")]


def test_on_the_policy_it_holds_everywhere(tmp_path):
    found = ids(tmp_path, policy=UNTESTED)
    assert not [it for it in found if it[1] in ("alert-without-test", "allow-unused")]


def test_another_check_is_not_silent(tmp_path):
    other = ALLOW.format("alert-without-runbook", "it is being written")
    found = ids(tmp_path, alert=other)
    assert DOWN in found
    assert ("warning", "allow-unused", "orders/OrdersDown") in found


@pytest.mark.parametrize(
    ("day", "scheduled", "said"),
    [
        ("2027-03-01", False, []),
        ("2027-03-02", False, [("warning", "allow-expired", "orders/OrdersDown")]),
        ("2027-03-02", True, [("error", "allow-expired", "orders/OrdersDown")]),
    ],
)
def test_after_its_last_day_it_still_holds_and_is_told(tmp_path, day, scheduled, said):
    found = ids(tmp_path, Calendar(day, scheduled), alert=UNTESTED)
    assert DOWN not in found
    assert [it for it in found if it[1].startswith("allow-")] == said


@pytest.mark.parametrize(
    ("check", "because", "said"),
    [
        ("alert-without-tests", "a slip", "allow-unknown-check"),
        ("value-lost", "no check, but what loading finds", "allow-unknown-check"),
        ("alert-without-test", " ", "allow-without-reason"),
    ],
)
def test_what_is_wrong_with_it(tmp_path, check, because, said):
    found = ids(tmp_path, alert=ALLOW.format(check, because))
    assert ("error", said, "orders/OrdersDown") in found


def test_while_a_file_cannot_be_read_nothing_is_unused(tmp_path):
    text = BOUND.format(service="", alert=", " + UNTESTED, group="")
    files = {"services/orders.py": text, "services/half.py": "service = Service("}
    build = pipeline.build(write_house(tmp_path, files), None, Calendar("2027-02-01"))
    assert not [it for it in build.findings if it.id == "allow-unused"]


def test_a_text_is_no_day(tmp_path):
    text = UNTESTED.replace("date(2027, 3, 1)", '"2027-03-01"')
    (finding,) = [it for it in ids(tmp_path, alert=text) if it[1] == "wrong-type"]
    assert finding[2] == "orders/OrdersDown"


def test_what_a_probe_only_names_is_not_its_own(tmp_path):
    text = """
    from datetime import date
    service = Service("orders", team=commerce)
    page = Module("page", prober="http", http={"fail": 1})
    web = Probe("web", module=page, targets=["https://a.example/"],
        allow=[Allow("unknown-module-setting", because="a trial", until=date(2027, 3, 1))])
    """
    folder = write_house(tmp_path, {"services/orders.py": text})
    found = {it.id for it in pipeline.build(folder, None, Calendar("2027-02-01")).findings}
    assert {"unknown-module-setting", "allow-unused"} <= found
