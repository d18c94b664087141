"""A scrape job scrapes something."""

import pytest

from tests.house import find, underlined


@pytest.mark.parametrize(("targets", "count"), [("[]", 1), ('["orders:8000"]', 0)])
def test_targets(tmp_path, targets, count):
    service = f'service = Service("orders", team=commerce, scrape=Scrape("o", targets={targets}))'
    findings = find(tmp_path, {"services/orders.py": service})
    found = [it for it in findings if it.id == "scrape-without-target"]
    assert [underlined(it) for it in found] == [targets] * count
