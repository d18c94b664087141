"""From an alert to the panel that shows it, and from a panel to its alert and runbook."""

import json

import pytest

from giggamon_compiler import targets
from giggamon_compiler.load import read_definitions
from giggamon_compiler.lower import lower
from tests.house import write_house

ENVIRONMENT = """
environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
    secrets="/etc/secrets", alertmanagers=["am:9093"], {urls})
"""
URLS = {
    "prometheus_url": "https://prometheus.example/",
    "grafana_url": "https://grafana.example/",
    "runbooks_url": "https://git.example/runbooks/",
}
ORDERS = """
from giggamon_compiler import Dashboard, Query, Row, panel
service = Service("orders", team=commerce)
full = Alert("OrdersQueueFull", expr="queue > 5", severity=warning)
slow = Alert("Orders slow?", expr="seconds > 1", severity=warning)
lost = Alert("OrdersLost", expr='lost > 0', severity=warning)
availability = SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
    sli=Ratio(bad="bad_total", total="all_total"))
dashboard = Dashboard("orders", title="Orders", rows=[
    *block.slo(availability),
    Row("Queue", [panel.TimeSeries("Waiting", [Query("queue")], key="queue", threshold=full)],
        collapsed=True),
    Row("Time", [panel.Gauge("Time", [Query("seconds")], key="time", max=2, threshold=slow)])])
"""
OVERVIEW = """
from giggamon_compiler import Dashboard, Query, Row, panel
from definitions.services.orders import full, lost
dashboard = Dashboard("all", title="All", rows=[Row("Queue", [
    panel.Stat("Full", [Query("queue")], key="full", threshold=full),
    panel.Stat("Lost", [Query("lost")], key="lost", threshold=lost)])])
"""
SHOWN = "&showEmptyGroups=0"
RUNBOOK = "## OrdersQueueFull\n\nEmpty it.\n\n## Orders slow?\n\nWait.\n"


def built(tmp_path, urls=URLS, **files):
    """The program of a house, and its boards by uid as Grafana reads them."""
    said = ", ".join(f"{name}={url!r}" for name, url in urls.items())
    house = {
        "environment.py": ENVIRONMENT.format(urls=said),
        "services/orders.py": ORDERS,
        **{name.replace("__", "/") + ".py": text for name, text in files.items()},
    }
    folder = write_house(tmp_path, house)
    (folder / "runbooks").mkdir()
    (folder / "runbooks" / "orders.md").write_text(RUNBOOK)
    program = lower(read_definitions(folder)[0])
    trees = [
        json.loads(text)
        for path, text in targets.emit(program).items()
        if path.startswith("grafana/dashboards/")
    ]
    return program, {tree["uid"]: tree for tree in trees}


def addresses(program):
    return {
        (rule.name, rule.severity): rule.annotations.get("dashboard_url")
        for rule in program.rules
        if rule.kind == "alert"
    }


def panels_of(tree):
    """The panels of a board by their titles, those of closed rows too."""
    rows = (it for it in tree["panels"] if it["type"] == "row")
    return {it["title"]: it for part in (tree, *rows) for it in part["panels"]}


def test_an_alert_leads_to_the_panel_that_shows_its_level(tmp_path):
    program, boards = built(tmp_path)
    shown = panels_of(boards["orders"])
    found = addresses(program)
    for alert, title in (("OrdersQueueFull", "Waiting"), ("Orders slow?", "Time")):
        number = shown[title]["id"]
        address = f"https://grafana.example/d/orders?viewPanel={number}"
        assert found[alert, "warning"] == address
    assert found["OrdersLost", "warning"] == "https://grafana.example/d/orders"


def test_of_two_panels_that_of_its_own_board_is_nearer(tmp_path):
    program, boards = built(tmp_path, overview=OVERVIEW)
    number = panels_of(boards["all"])["Lost"]["id"]
    found = addresses(program)
    assert found["OrdersLost", "warning"] == f"https://grafana.example/d/all?viewPanel={number}"
    assert "/d/orders?" in found["OrdersQueueFull", "warning"]


@pytest.mark.parametrize(
    ("expression", "title"),
    [
        ('up{job="orders"} == 0 or absent(up{job="orders"})', "Up"),
        ("rate(seen_total[5m]) > 1", "Seen"),  # not the panel that asks for more beside it
        ("rate(seen_total[5m]) / rate(gone_total[5m]) > 2", "Both"),
        ("orders:seen:rate5m > 3 * orders:seen:rate5m_usual", "Usual"),
        ('label_replace(vector(1), "a", "up{", "b", "c:d") > 0', None),
        ("rate(seen_total[5m]) > rate(other_total[5m])", None),
        ("vector(1)", None),
    ],
)
def test_without_a_level_a_panel_that_asks_for_the_same_is_shown(tmp_path, expression, title):
    rows = """Row("More", [
        panel.Stat("Both", [Query("rate(seen_total[1m])"), Query("rate(gone_total[1m])")], key="b"),
        panel.Stat("Up", [Query("min(up{job='orders'})")], key="u"),
        panel.Stat("Usual", [Query("orders:seen:rate5m / orders:seen:rate5m_usual")], key="n"),
        panel.Stat("Seen", [Query("rate(seen_total[$__rate_interval])")], key="s")]),
    Row("Queue", ["""
    orders = ORDERS.replace('Row("Queue", [', rows, 1).replace("'lost > 0'", repr(expression))
    program, boards = built(tmp_path, services__orders=orders)
    address = "https://grafana.example/d/orders"
    if title is not None:
        address += f"?viewPanel={panels_of(boards['orders'])[title]['id']}"
    assert addresses(program)["OrdersLost", "warning"] == address


def test_what_burns_a_budget_leads_to_how_fast_it_burns(tmp_path):
    program, boards = built(tmp_path)
    number = panels_of(boards["orders"])["Burn rate"]["id"]
    found = addresses(program)
    for severity in ("critical", "warning"):
        address = found["OrdersAvailabilityBudgetBurn", severity]
        assert address == f"https://grafana.example/d/orders?viewPanel={number}"


def links_of(boards, board, title):
    return [(it["title"], it["url"]) for it in panels_of(boards[board])[title].get("links", [])]


def test_a_panel_leads_to_its_alert_and_what_to_do_about_it(tmp_path):
    _, boards = built(tmp_path, overview=OVERVIEW)
    pages = "https://git.example/runbooks/orders.md"
    queue = [
        ("Runbook of OrdersQueueFull", f"{pages}#ordersqueuefull"),
        (
            "Alert OrdersQueueFull",
            f"https://prometheus.example/alerts?search=OrdersQueueFull{SHOWN}",
        ),
    ]
    assert links_of(boards, "orders", "Waiting") == queue
    assert links_of(boards, "all", "Full") == queue  # on whatever board the panel stands
    assert links_of(boards, "orders", "Time") == [
        ("Runbook of Orders slow?", f"{pages}#orders-slow"),
        ("Alert Orders slow?", f"https://prometheus.example/alerts?search=Orders%20slow%3F{SHOWN}"),
    ]
    assert all(it["targetBlank"] for it in panels_of(boards["orders"])["Waiting"]["links"])
    name = "OrdersAvailabilityBudgetBurn"
    for title in ("Attained", "Error budget left", "Burn rate"):
        assert links_of(boards, "orders", title) == [
            (f"Runbook of {name}", f"{pages}#{name.lower()}"),
            (f"Alert {name}", f"https://prometheus.example/alerts?search={name}{SHOWN}"),
        ]


def test_an_objective_that_alerts_nobody_has_no_alert(tmp_path):
    orders = ORDERS.replace("fast=critical, slow=warning,", "")
    _, boards = built(tmp_path, services__orders=orders)
    assert links_of(boards, "orders", "Burn rate") == []


@pytest.mark.parametrize("missing", [*URLS, None])
def test_no_link_is_made_without_an_address(tmp_path, missing):
    urls = {name: url for name, url in URLS.items() if name != missing}
    program, boards = built(tmp_path, urls)
    titles = [title.partition(" ")[0] for title, _ in links_of(boards, "orders", "Waiting")]
    assert titles == [
        *(["Runbook"] if missing != "runbooks_url" else []),
        *(["Alert"] if missing != "prometheus_url" else []),
    ]
    assert all(addresses(program).values()) is (missing != "grafana_url")


def test_without_a_runbook_none_is_linked(tmp_path):
    (tmp_path / "other").mkdir()
    folder = write_house(
        tmp_path / "other",
        {
            "environment.py": ENVIRONMENT.format(urls=f"runbooks_url={URLS['runbooks_url']!r}"),
            "services/orders.py": ORDERS,
        },
    )
    program = lower(read_definitions(folder)[0])
    (board,) = (it for it in program.dashboards if it.uid == "orders")
    assert all("links" not in panel.rest for panel in board.panels)


PARTED = """
from giggamon_compiler import Dashboard, Query, Row, panel
service = Service("parted", team=commerce)
down = Alert("PartedDown", expr='up{job="parted"} == 0', severity=warning)
dashboard = Dashboard("parted", title="Parted", rows=[Row("All", [
    panel.Stat("Other", [Query('up{job="other"}')], key="other"),
    panel.Stat("Own", [Query('probe_success{job=~"parted|b"} or up{job=~"parted|b"}')],
        key="own")])])
"""


def test_a_panel_that_asks_of_the_same_job_goes_before_one_of_fewer_metrics(tmp_path):
    program, boards = built(tmp_path, services__parted=PARTED)
    number = panels_of(boards["parted"])["Own"]["id"]
    address = f"https://grafana.example/d/parted?viewPanel={number}"
    assert addresses(program)["PartedDown", "warning"] == address
