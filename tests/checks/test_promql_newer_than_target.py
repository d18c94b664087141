"""What the declared Prometheus does not know."""

import pytest

from giggamon_compiler import pipeline
from giggamon_compiler.findings import Place
from tests.checks.rules import causes, find, underlined
from tests.house import find as find_all
from tests.house import underlined as shown

ID = "promql-newer-than-target"


@pytest.mark.parametrize(
    ("expr", "place"),
    [
        ("mad_over_time(x[5m]) > 1", "mad_over_time"),
        ("limitk(3, x) > 1", "limitk"),
        ("sum(rate(x[300])) > 1", "300"),
        ('{"x"} > 1', '{"x"}'),
    ],
)
def test_an_older_prometheus(expr, place):
    (found,) = find(ID, expr, prometheus="2.42")
    assert found.level == "error"
    assert underlined(found) == [place]
    assert causes(found) == [("production runs 2.42", "prometheus")]


@pytest.mark.parametrize("expr", ["sum(rate(x[300])) > 1", '{"x"} > 1'])
def test_a_prometheus_that_knows_it(expr):
    assert find(ID, expr, prometheus="3.5") == []
    assert find(ID, expr) == []


def test_what_is_no_more():
    expr = "holt_winters(x[5m], 0.5, 0.5) > 1"
    assert find(ID, expr, prometheus="2.42") == []
    (found,) = find(ID, expr, prometheus="3.5")
    assert underlined(found) == ["holt_winters"]


def test_of_files_of_somebody_else_nobody_knows_the_flags():
    (found,) = find(ID, "mad_over_time(x[5m]) > 1")
    assert found.level == "warning"
    assert found.notes == ()


OF_SOMEBODY_ELSE = b"""\
groups:
- name: a
  rules:
  - {record: new, expr: "rate(x[300])"}
  - {record: old, expr: "holt_winters(x[5m], 0.5, 0.5)"}
  - {record: flag, expr: "mad_over_time(x[5m])"}
"""


@pytest.mark.parametrize(
    ("version", "levels"),
    [
        ("2.42", ["new error", "flag error"]),
        ("2.53", ["new error", "flag warning"]),
        ("3.5", ["old error", "flag warning"]),
        (None, ["old warning", "flag warning"]),
    ],
)
def test_of_files_of_somebody_else_the_version_may_be_stated(version, levels):
    lint = pipeline.lint_rules({"rules.yml": OF_SOMEBODY_ELSE}, version)
    assert {it.id for it in lint.findings} == {ID}
    assert [f"{it.message.split(':')[0]} {it.level}" for it in lint.findings] == levels


def test_other_problems_are_other_checks():
    assert find(ID, "rate(x) > 1", prometheus="2.42") == []
    assert find(ID, "sum(x", prometheus="2.42") == []


def test_it_stands_where_it_is_written(tmp_path):
    service = """
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr='''
    sum by (job) (
      limitk(3, up)) > 1''')
"""
    (found,) = [it for it in find_all(tmp_path, {"services/orders.py": service}) if it.id == ID]
    assert isinstance(found.origin, Place)
    assert (shown(found), found.origin.line, found.origin.column) == ("limitk", 6, 7)
    (cause,) = found.notes
    assert isinstance(cause.origin, Place)
    assert cause.origin.text.strip().startswith('environment = Environment("production", prom')


@pytest.mark.parametrize(
    "expr", ["rate(x[300]) > 1", "x offset 300 > 1", "max_over_time(x[1h:300])"]
)
def test_a_duration_without_a_unit_is_one_of_seconds(expr):
    (found,) = find(ID, expr, prometheus="2.42")
    assert found.help == "write 300s"
