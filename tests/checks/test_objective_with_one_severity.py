"""The two alerts of an objective differ in severity."""

import pytest

from tests.house import find, underlined

SLO = """
service = Service("orders", team=commerce)
availability = SLO("availability", objective=99.9, window="30d", {severities}
    sli=Ratio(bad='a{{b="c"}}', total="a"))
"""


@pytest.mark.parametrize(
    ("severities", "count"),
    [
        ("fast=critical, slow=critical,", 1),
        ("fast=critical, slow=warning,", 0),
        ("fast=critical,", 0),
        ("", 0),
    ],
)
def test_severities(tmp_path, severities, count):
    findings = find(tmp_path, {"services/orders.py": SLO.format(severities=severities)})
    found = [it for it in findings if it.id == "objective-with-one-severity"]
    assert [underlined(it) for it in found] == ["critical"] * count
