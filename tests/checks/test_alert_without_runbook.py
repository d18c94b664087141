"""The computed link leads to a heading."""

from tests.house import FILES, find, messages

ALERT = """
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr='up{job="orders"} == 0')
"""


def found(tmp_path, runbook, alert=ALERT, **more):
    files = {"services/orders.py": alert, **more}
    if runbook is not None:
        files["runbooks/orders.md"] = runbook
    return find(tmp_path, files)


def own(findings):
    return [it for it in findings if it.id == "alert-without-runbook"]


def test_a_near_heading_is_named(tmp_path):
    (finding,) = own(found(tmp_path, "# Orders\n\n## OrderDown\n"))
    assert (
        finding.message
        == "OrdersDown links to its runbook, and OrdersDown is no heading of runbooks/orders.md"
    )
    assert "did you mean the heading OrderDown?" in finding.help


def test_a_runbook_that_is_not_there(tmp_path):
    (finding,) = own(found(tmp_path, None))
    assert finding.message == "OrdersDown links to its runbook, and there is no runbooks/orders.md"


def test_the_anchor_counts_as_a_forge_makes_it(tmp_path):
    alert = ALERT.replace("OrdersDown", "Orders are down!")
    assert own(found(tmp_path, "## orders are down\n", alert)) == []


def test_an_address_of_its_own_is_not_judged(tmp_path):
    alert = ALERT.replace("== 0'", "== 0', annotations={'runbook_url': 'https://wiki.example/x'}")
    assert own(found(tmp_path, None, alert)) == []


def test_without_addresses_nothing_is_asked(tmp_path):
    environment = FILES["environment.py"].replace(
        'runbooks_url="https://git.giggatek.example/definitions/runbooks",', ""
    )
    files = {"services/orders.py": ALERT, "environment.py": environment}
    assert messages(tmp_path, "alert-without-runbook", files) == []
