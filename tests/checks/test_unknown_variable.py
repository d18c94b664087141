"""Queries of boards read variables that are there."""

import pytest

from tests.house import find, underlined

SERVICE = """
from giggamon_compiler import Dashboard, Query, Row, Variable, panel
service = Service("orders", team=commerce)
dashboard = Dashboard("orders", title="Orders", variables=[
    Variable("rack", query={choices!r}),
    Variable("instance", query='label_values(up{{rack=~"$rack"}}, instance)')], rows=[
    Row("Queue", [panel.TimeSeries("Waiting", [Query({query!r})], key="queue")], collapsed=True)])
"""


def found(tmp_path, query, choices="label_values(up, rack)"):
    text = SERVICE.format(query=query, choices=choices)
    findings = find(tmp_path, {"services/orders.py": text})
    return [it for it in findings if it.id == "unknown-variable"]


@pytest.mark.parametrize(
    ("query", "name", "help_"),
    [
        ('queue{instance=~"$instanse"}', "$instanse", "did you mean $instance?"),
        ("rate(queue[$__rate_intervall])", "$__rate_intervall", "did you mean $__rate_interval?"),
        ('queue{zone="${zone:regex}"}', "${zone:regex}", None),
        ('queue{zone="[[zone]]"}', "[[zone]]", None),
    ],
)
def test_one_that_is_not_there_is_told_where_it_is_read(tmp_path, query, name, help_):
    (finding,) = found(tmp_path, query)
    plain = name.strip("$[]{}").partition(":")[0]
    assert finding.message == f"commerce/orders/queue: there is no variable ${plain}"
    assert underlined(finding) == name
    added = 'add it to the board: variables=[Variable("zone", query="label_values(…, zone)")]'
    assert finding.help == (help_ or added)


def test_a_choice_may_read_another_and_no_more(tmp_path):
    (finding,) = found(tmp_path, "queue", 'label_values(up{zone="$zone"}, rack)')
    assert finding.message == "commerce/orders/$rack: there is no variable $zone"
    assert underlined(finding) == "$zone"


@pytest.mark.parametrize(
    "query",
    [
        'rate(queue{instance=~"$instance",rack=~"${rack:regex}"}[$__rate_interval])',
        "increase(queue[${__range_s}s]) / $__interval_ms",
        'label_replace(queue, "host", "$1", "instance", "(.*):.*")',
    ],
)
def test_what_the_board_or_grafana_has_is_read(tmp_path, query):
    assert found(tmp_path, query) == []
