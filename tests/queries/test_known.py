"""What is known of metrics: by the rules that record them, and by their declaration."""

import pytest

from giggamon_compiler.ir import Group, Metric, Probing, Program, Prometheus, Query, Rule, ScrapeJob
from giggamon_compiler.queries import Reading

JOB = ScrapeJob("orders", ("orders:8000",), {"zone": "a"}, owner="orders")


def metric(kind="counter", **labels):
    return Metric("services/orders", "orders", "m", kind, "help", labels)


def fact(program, name, label):
    branches = Reading(program).known.get(name)
    assert branches is not None
    return [branch.fact(label).presence for branch in branches]


def scraped(*metrics, jobs=(JOB,), groups=()):
    return Program(metrics=metrics, prometheus=Prometheus("1m", "1m", jobs=jobs), groups=groups)


@pytest.mark.parametrize(
    ("kind", "name", "own"),
    [
        ("counter", "m", None),
        ("gauge", "m", None),
        ("histogram", "m_bucket", "le"),
        ("histogram", "m_sum", None),
        ("histogram", "m_count", None),
        ("summary", "m", "quantile"),
        ("summary", "m_count", None),
    ],
)
def test_a_declared_metric_of_a_service_that_is_scraped(kind, name, own):
    program = scraped(metric(kind, code=("200",)))
    assert fact(program, name, "job") == fact(program, name, "instance") == ["certain"]
    assert fact(program, name, "code") == fact(program, name, "zone") == ["possible"]
    assert fact(program, name, "pod") == ["absent"]
    for label in ("le", "quantile"):
        assert fact(program, name, label) == ["certain" if own == label else "absent"]


def test_a_histogram_is_exposed_under_other_names():
    assert Reading(scraped(metric("histogram"))).known.get("m") is None


def test_who_scrapes_it_otherwise_may_add_labels():
    assert fact(scraped(metric(), jobs=()), "m", "pod") == ["possible"]
    relabelled = ScrapeJob("orders", ("a:1",), owner="orders", rest={"relabel_configs": []})
    assert fact(scraped(metric(), jobs=(relabelled,)), "m", "pod") == ["possible"]
    other = ScrapeJob("payments", ("a:1",), owner="payments")
    assert fact(scraped(metric(), jobs=(other,)), "m", "pod") == ["possible"]


def test_a_probe_does_not_show_it():
    probe = ScrapeJob(
        *("front", ("https://a",), {"path": "/"}),
        owner="orders",
        probing=Probing("http_2xx", "blackbox:9115"),
    )
    assert fact(scraped(metric(), jobs=(JOB, probe)), "m", "path") == ["absent"]
    assert fact(scraped(metric(), jobs=(probe,)), "m", "pod") == ["possible"]


def test_a_metric_that_two_services_declare_has_the_series_of_both():
    second = Metric("services/b", "b", "m", "counter", "help", {"x": ("1",)})
    jobs = (JOB, ScrapeJob("b", ("b:1",), owner="b"))
    assert fact(scraped(metric(), second, jobs=jobs), "m", "x") == ["absent", "possible"]


def record(name, expr, **more):
    return Rule("record", name, Query(expr), **more)


def test_recordings():
    group = Group("a", "a", (record("a:b", "sum by (job) (up)"),), labels={"zone": "a"})
    program = Program(groups=(group,))
    assert fact(program, "a:b", "instance") == ["absent"]
    assert fact(program, "a:b", "zone") == ["certain"]
    assert Reading(program).known.get("up") is None


def test_what_an_objective_becomes():
    made = [
        record("slo:bad:increase5m", "whatever", labels={"slo": name}, objective=f"o/{name}")
        for name in ("a", "b")
    ]
    program = Program(groups=(Group("a", "a", tuple(made)),))
    assert fact(program, "slo:bad:increase5m", "slo") == ["certain"]
    assert fact(program, "slo:bad:increase5m", "job") == ["absent"]


def test_a_metric_that_many_rules_record_is_told_as_one():
    rules = tuple(record("a:b", f"sum by (x{n}) (up)") for n in range(100))
    program = Program(groups=(Group("a", "a", rules),))
    assert fact(program, "a:b", "x7") == ["possible"]
    assert fact(program, "a:b", "job") == ["absent"]


@pytest.mark.parametrize("broken", ["sum(", "rate(up)", "vector(1)[5m]"])
def test_a_rule_that_cannot_be_read_may_record_anything(broken):
    rules = (record("a:b", broken), record("a:b", "sum by (job) (up)"), record("c:d", broken))
    program = Program(groups=(Group("a", "a", rules),))
    assert fact(program, "a:b", "instance") == ["possible", "absent"]
    assert fact(program, "c:d", "instance") == ["possible"]


def test_what_is_recorded_under_an_exporters_name_may_be_scraped_as_well():
    rules = (record("node_time", "node_time_seconds"), record("node_time_seconds", "node_time"))
    program = Program(groups=(Group("a", "a", rules),))
    assert "possible" in fact(program, "node_time", "instance")
    (closed,) = (Group("a", "a", (record("up_by_job", "sum by (job) (up)"),)),)
    assert "possible" in fact(Program(groups=(closed,)), "up_by_job", "instance")


def test_a_declared_metric_that_is_recorded_as_well_has_the_series_of_both():
    group = Group("a", "a", (record("m", "sum by (job) (up)"),))
    program = scraped(metric(code=("200",)), groups=(group,))
    assert fact(program, "m", "instance") == ["certain", "absent"]
