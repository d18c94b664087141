"""A scrape job that names a catalogue which does not exist."""

import pytest

from tests.house import find, underlined


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("redis_exporter", None),
        ("redis_export", "did you mean redis_exporter?"),
        ("x", "record it: giggamon record http://HOST:PORT/metrics x"),
    ],
)
def test_names(tmp_path, name, help_):
    scrape = f'Scrape("redis", targets=["redis:9121"], catalogue="{name}")'
    files = {
        "services/orders.py": f'service = Service("orders", team=commerce, scrape={scrape})',
        "catalogue/redis_exporter.prom": "redis_up 0\n",
    }
    found = [it for it in find(tmp_path, files) if it.id == "unknown-catalogue"]
    assert [it.help for it in found] == ([help_] if help_ else [])
    assert [underlined(it) for it in found] == ([f'"{name}"'] if help_ else [])
