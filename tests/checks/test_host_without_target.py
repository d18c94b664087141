"""Every host of the inventory is asked by a job."""

import pytest

from tests.house import find, underlined

HOSTS = """\
from giggamon_compiler import Host

hosts = [Host("app-1", address="app-1.example"), Host("v6", address="[fd00::7]")]
"""


@pytest.mark.parametrize(
    ("targets", "missed"),
    [
        ('["app-1.example:9100", "[fd00::7]:9100"]', []),
        ('["app-1.example:9100"]', ['"[fd00::7]"']),
        ('["app-1.example.org:9100", "[fd00::7]:9100"]', ['"app-1.example"']),
        ('["app-1.example", "[fd00::7]:80"]', []),
    ],
)
def test_hosts(tmp_path, targets, missed):
    service = f'service = Service("orders", team=commerce, scrape=Scrape("o", targets={targets}))'
    findings = find(tmp_path, {"services/orders.py": service, "hosts.py": HOSTS})
    assert [underlined(it) for it in findings if it.id == "host-without-target"] == missed


def test_where_nothing_is_scraped_nothing_is_missed(tmp_path):
    service = 'service = Service("orders", team=commerce)'
    findings = find(tmp_path, {"services/orders.py": service, "hosts.py": HOSTS})
    assert "host-without-target" not in [it.id for it in findings]


def test_two_hosts_of_one_address(tmp_path):
    hosts = HOSTS.replace("[fd00::7]", "app-1.example")
    findings = find(tmp_path, {"hosts.py": hosts})
    assert "app-1.example is the name of two hosts by their address" in [
        it.message for it in findings
    ]
