"""A choice above a board changes something on it."""

import pytest

from tests.house import find, underlined

SERVICE = """
from giggamon_compiler import Dashboard, Query, Row, Variable, panel
service = Service("orders", team=commerce)
dashboard = Dashboard("orders", title="Orders",
    variables=[Variable("rack", query="label_values(up, rack)"){more}],
    rows=[Row("Queue", [{shown}])])
"""
LINES = 'panel.TimeSeries("{}", [Query("{}", legend="{}")], key="queue")'


def found(tmp_path, shown, more=""):
    text = SERVICE.format(shown=shown, more=more)
    findings = find(tmp_path, {"services/orders.py": text})
    return [it for it in findings if it.id == "unused-variable"]


def test_one_that_nothing_reads(tmp_path):
    (finding,) = found(tmp_path, LINES.format("Queue", "queue", "rack"))
    assert finding.level == "warning"
    assert finding.message == "commerce/orders/$rack: nothing on the board reads it"
    assert underlined(finding).startswith('Variable("rack"')


@pytest.mark.parametrize(
    "shown",
    [
        LINES.format("Queue", "queue{rack=~'$rack'}", ""),
        LINES.format("Queue of $rack", "queue", ""),
        LINES.format("Queue", "queue", "${rack}"),
        'panel.Text("Which", "Rack [[rack]]", key="text")',
    ],
)
def test_one_that_is_read(tmp_path, shown):
    assert found(tmp_path, shown) == []


def test_one_that_another_choice_reads(tmp_path):
    more = """, Variable("host", query='label_values(up{rack=~"$rack"}, host)')"""
    assert found(tmp_path, LINES.format("Queue", "queue{host=~'$host'}", ""), more) == []
