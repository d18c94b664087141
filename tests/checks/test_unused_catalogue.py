"""A catalogue that no scrape job names."""

import pytest

from giggamon_compiler.findings import Place
from tests.house import find


@pytest.mark.parametrize(("argument", "count"), [("", 1), (', catalogue="redis_exporter"', 0)])
def test_uses(tmp_path, argument, count):
    scrape = f'Scrape("redis", targets=["redis:9121"]{argument})'
    files = {
        "services/orders.py": f'service = Service("orders", team=commerce, scrape={scrape})',
        "catalogue/redis_exporter.prom": "redis_up 0\n",
    }
    found = [it for it in find(tmp_path, files) if it.id == "unused-catalogue"]
    place = Place("definitions/catalogue/redis_exporter.prom", 1, 1, 1, 1)
    assert [(it.level, it.origin) for it in found] == [("warning", place)] * count
