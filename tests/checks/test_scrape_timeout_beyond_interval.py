"""A scrape ends before the next one begins."""

import pytest

from tests.house import find, underlined


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ('interval="10s", timeout="11s"', 1),
        ('interval="10s", timeout="10s"', 0),
        ('timeout="16s"', 1),  # the policy scrapes every 15 s
        ('timeout="15s"', 0),
        ('interval="1m", timeout="16s"', 0),
    ],
)
def test_the_edge(tmp_path, fields, count):
    scrape = f'scrape=Scrape("orders", targets=["a:1"], {fields})'
    service = f'service = Service("orders", team=commerce, {scrape})'
    findings = find(tmp_path, {"services/orders.py": service})
    found = [it for it in findings if it.id == "scrape-timeout-beyond-interval"]
    assert [underlined(it) for it in found] == [f'"{fields[-4:-1]}"'] * count
