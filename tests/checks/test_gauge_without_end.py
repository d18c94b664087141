"""A dial says how much of what there can be."""

import pytest

from tests.house import find, underlined

SERVICE = """
from giggamon_compiler import Dashboard, Query, Row, panel
service = Service("orders", team=commerce)
dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
    panel.{kind}("Waiting", [Query("queue")], key="queue"{more})], collapsed=True)])
"""


def found(tmp_path, kind, more):
    text = SERVICE.format(kind=kind, more=more)
    findings = find(tmp_path, {"services/orders.py": text})
    return [it for it in findings if it.id == "gauge-without-end"]


@pytest.mark.parametrize("more", ["", ', unit="bytes"', ', unit="bytes", min=5'])
def test_one_that_is_always_full(tmp_path, more):
    (finding,) = found(tmp_path, "Gauge", more)
    assert finding.level == "warning"
    assert finding.message == (
        "commerce/orders/queue: nothing says how much there can be, so the dial is always full"
    )
    assert underlined(finding).startswith('panel.Gauge("Waiting"')


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("Gauge", ", max=0"),
        ("Gauge", ', unit="percent"'),
        ("Gauge", ', unit="percentunit"'),
        ("BarGauge", ', unit="bytes"'),  # each against the largest
        ("Stat", ""),
    ],
)
def test_one_that_ends(tmp_path, kind, more):
    assert found(tmp_path, kind, more) == []
