"""What may be several values is compared as a regular expression."""

import pytest

from tests.house import find, underlined

SERVICE = """
from giggamon_compiler import Dashboard, Query, Row, Variable, panel
service = Service("orders", team=commerce)
dashboard = Dashboard("orders", title="Orders",
    variables=[Variable("rack", query="label_values(up, rack)"{more})],
    rows=[Row("Queue", [panel.Stat("Waiting", [Query({query!r})], key="queue")])])
"""


def found(tmp_path, query, more=""):
    text = SERVICE.format(query=query, more=more)
    findings = find(tmp_path, {"services/orders.py": text})
    return [it for it in findings if it.id == "variable-compared-exactly"]


@pytest.mark.parametrize(
    ("query", "matcher", "sign", "other"),
    [
        ('queue{rack="$rack"}', '="$rack"', "=", "=~"),
        ("queue{rack != '${rack}'}", "!= '${rack}'", "!=", "!~"),
        ('queue{rack="eu-[[rack]]"}', '="eu-[[rack]]"', "=", "=~"),
    ],
)
def test_a_comparison_with_one_value(tmp_path, query, matcher, sign, other):
    (finding,) = found(tmp_path, query)
    assert finding.message == (
        "commerce/orders/queue: several values of $rack may be chosen, "
        f"and {sign} compares with one"
    )
    assert finding.help == f"write {other} in its place"
    assert underlined(finding) == matcher


def test_one_value_at_a_time_is_still_several_by_all(tmp_path):
    assert found(tmp_path, 'queue{rack="$rack"}', ", multi=False")
    assert found(tmp_path, 'queue{rack="$rack"}', ", all=False")


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ('queue{rack=~"$rack"}', ""),
        ('queue{rack!~"$rack"}', ""),
        ('queue{rack="$rack"}', ", multi=False, all=False"),
        ('label_replace(queue, "rack", "$rack", "rack", "=")', ""),
    ],
)
def test_what_is_compared_as_it_is_meant(tmp_path, query, more):
    assert found(tmp_path, query, more) == []
