"""Everything that has a name can be shown."""

from pathlib import Path

import pytest

from giggamon_compiler import lower
from giggamon_compiler.ir import Group, Program, Query, Rule
from giggamon_compiler.load import read_definitions
from giggamon_compiler.report import cards
from tests.house import FILES, write_house

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def program():
    definitions, _ = read_definitions(ROOT / "definitions")
    return lower.lower(definitions)


def show(program, name):
    return cards.render(cards.find(program, name, lambda origin: "here" if origin else ""))


def test_every_name_has_a_card(program):
    for name in cards.names(program):
        said = show(program, name)
        assert said, name
        assert name.rpartition("/")[2].rpartition(".")[2] in said


def test_a_card_of_each_kind(program):
    kinds = {
        card.kind
        for name in cards.names(program)
        for card in cards.find(program, name, lambda _: "")
    }
    assert kinds == {
        "alert",
        "dashboard",
        "metric",
        "objective",
        "recording",
        "route",
        "service",
        "severity",
        "team",
        "test",
    }


def test_an_objective_says_what_it_allows(tmp_path):
    service = """
service = Service("orders", team=commerce)
slo = SLO("availability", objective=99.9, window="30d", sli=Ratio(bad="b", total="t"))
"""
    definitions, _ = read_definitions(write_house(tmp_path, {"services/orders.py": service}))
    said = show(lower.lower(definitions), "orders/availability")
    assert "0.1 % of bad events: 43m12s of nothing but bad ones in 30d" in said


def test_a_rule_of_a_file_that_nobody_here_wrote_can_be_shown():
    rule = Rule("alert", "Down", Query("up == 0"), labels={"severity": "page"})
    said = show(Program(groups=(Group("theirs", "g", (rule,)),)), "Down")
    assert said == (
        "alert Down: no severity, team nobody\n"
        "\n"
        "  becomes, in prometheus/rules/theirs.yml, group g:\n"
        "    - alert: Down\n"
        "      expr: up == 0\n"
        "      labels:\n"
        "        severity: page\n"
    )


def test_columns_stand_below_each_other_whatever_is_in_them():
    assert cards.columns([("注文", "a"), ("orders", "b\n")]) == ["注文    a", "orders  b\\n"]


ALONE = FILES["environment.py"].replace(
    'alertmanagers=["alertmanager-1:9093", "alertmanager-2:9093"]', ""
)


@pytest.mark.parametrize(
    ("environment", "scrape", "told"),
    [
        (ALONE, ', scrape=Scrape("orders", targets=["a:1"])', True),
        (ALONE, "", False),
        (FILES["environment.py"], ', scrape=Scrape("orders", targets=["a:1"])', False),
    ],
)
def test_whom_an_alert_tells_says_that_no_alertmanager_is_named(
    tmp_path, environment, scrape, told
):
    service = f"""
service = Service("orders", team=commerce{scrape})
down = Alert("OrdersDown", expr="up == 0", severity=critical)
"""
    files = {"environment.py": environment, "services/orders.py": service}
    definitions, _ = read_definitions(write_house(tmp_path, files))
    said = show(lower.lower(definitions), "orders/OrdersDown")
    line = "tells:\n    nobody: production names no Alertmanager, which would tell"
    assert (line in said) is told
    assert "#commerce" in said


def test_an_address_that_is_a_secret_is_on_no_card(tmp_path):
    team = 'x = Team("x", chat=notify.Webhook(url="https://hooks.slack.com/services/T0/B0/xyzzy"))'
    definitions, _ = read_definitions(write_house(tmp_path, {"people.py": team}))
    program = lower.lower(definitions)
    for name in cards.names(program):
        assert "xyzzy" not in show(program, name)
    assert "https://hooks.slack.com/***" in show(program, "x")


def test_a_board_says_what_it_offers_to_choose(tmp_path):
    service = """
service = Service("orders", team=commerce)
dashboard = Dashboard("orders", title="Orders",
    variables=[Variable("rack", query="label_values(queue, rack)")],
    rows=[Row("Queue", [panel.Stat("Waiting", [Query("queue{rack=~'$rack'}")], key="queue")])])
"""
    definitions, _ = read_definitions(write_house(tmp_path, {"services/orders.py": service}))
    said = show(lower.lower(definitions), "commerce/orders")
    assert "  offers to choose:\n    $rack  label_values(queue, rack)\n" in said
