"""Rows that are ready to be put on a board that somebody writes."""

from giggamon_compiler.load import read_definitions
from tests.house import write_house
from tests.lower.made import all_panels, board, compiled, rows, texts

PANELS = """
service = Service("orders", team=commerce)
panels = [
    panel.Stat("Waiting", [Query("waiting")], key="waiting"),
    panel.Stat("Done", [Query("done")], key="done"),
    panel.Stat("Lost", [Query("lost")], key="lost"),
]
"""


def overview(rows_of):
    return f'overview = Dashboard("overview", title="Overview", rows=[{rows_of}])\n'


def test_alerts_of_everything_and_of_some(tmp_path):
    files = {
        "boards/all.py": overview("*block.alerts()"),
        "boards/some.py": overview(
            """*block.alerts('team="web"', by=["svc", "zone"], severity="level")"""
        ).replace('"overview"', '"some"'),
    }
    program = compiled(tmp_path, files)
    timeline, now = texts(rows(board(program, "overview"))["Alerts"])
    assert timeline == (
        '2 * max by (alertname, service) (ALERTS{alertstate="firing"}) or '
        'max by (alertname, service) (ALERTS{alertstate="pending"})'
    )
    assert now == (
        "max by (alertname, severity, service) ((time() - ALERTS_FOR_STATE) "
        'and ignoring (alertstate) ALERTS{alertstate="firing"})'
    )
    _, now = texts(rows(board(program, "some"))["Alerts"])
    assert now == (
        'max by (alertname, level, svc, zone) ((time() - ALERTS_FOR_STATE{team="web"}) '
        'and ignoring (alertstate) ALERTS{alertstate="firing",team="web"})'
    )


def test_panels_of_another_board_are_picked_by_their_keys(tmp_path):
    files = {
        "services/orders.py": PANELS,
        "boards/all.py": "from definitions.services import orders\n"
        + overview('*block.pick("Orders", orders.panels, "lost", "waiting", prefix="orders")'),
    }
    found = board(compiled(tmp_path, files), "overview")
    assert [it.key for it in all_panels(found.panels)] == ["orders-lost", "orders-waiting"]
    assert texts(list(all_panels(found.panels))) == ["lost", "waiting"]


def test_panels_are_picked_from_a_board_too(tmp_path):
    text = PANELS.replace("panels = [", "_panels = [")
    text += 'mine = Dashboard("orders", title="Orders", rows=[Row("All", _panels)])\n'
    files = {
        "services/orders.py": text,
        "boards/all.py": "from definitions.services import orders\n"
        + overview('*block.pick("Orders", orders.mine, "done", prefix="orders")'),
    }
    found = board(compiled(tmp_path, files), "overview")
    assert [it.key for it in all_panels(found.panels)] == ["orders-done"]


def test_a_key_that_no_panel_has_is_told(tmp_path):
    files = {
        "services/orders.py": PANELS,
        "boards/all.py": "from definitions.services import orders\n"
        + overview('*block.pick("Orders", orders.panels, "lots", prefix="orders")'),
    }
    _, findings = read_definitions(write_house(tmp_path, files))
    (finding,) = findings
    assert "Orders: no panel has the key lots; there are waiting, done, lost" in finding.message
