"""What is known of metrics that no definition makes: nothing that another exporter could refute."""

import pytest

from giggamon_compiler.ir import (
    Catalogue,
    Exposed,
    Group,
    Metric,
    Program,
    Prometheus,
    Query,
    Rule,
    ScrapeJob,
)
from giggamon_compiler.queries import Reading

MYSQL = Catalogue(
    "catalogue/mysql",
    metrics={
        "mysql_up": Exposed("gauge"),
        "mysql_commands_total": Exposed("counter", {"command": ("select",)}),
        "mysql_seconds": Exposed("histogram", {"job": ("a",)}, ("1",)),
        "mysql_wait": Exposed("summary", {}, (), ("0.5",)),
    },
)
JOB = ScrapeJob("mysql", ("m:9104",), {"zone": "a"}, owner="mysql", catalogue="mysql")


def program(*jobs, **more):
    return Program(prometheus=Prometheus("1m", "1m", jobs=jobs), catalogues=(MYSQL,), **more)


def branches(program, name):
    return Reading(program).known.get(name)


def facts(program, name, *labels):
    (branch,) = branches(program, name)
    return [branch.fact(label).presence for label in labels]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("mysql_up", set()),
        ("mysql_commands_total", {"command"}),
        ("mysql_seconds_bucket", {"exported_job", "le"}),
        ("mysql_seconds_count", {"exported_job"}),
        ("mysql_wait", {"quantile"}),
        ("mysql_wait_sum", set()),
    ],
)
def test_a_recorded_metric(name, seen):
    (branch,) = branches(program(JOB), name)
    assert branch.names == seen | {"__name__", "job", "instance", "zone"}
    for label in (*seen, "zone", "never_seen"):
        assert branch.fact(label).presence == "possible"
        assert branch.fact(label).values.admits("whatever")
    assert [branch.fact(it).presence for it in ("job", "instance")] == ["certain", "certain"]
    assert branch.rest.presence == "possible"


def test_a_catalogue_that_nobody_names_says_nothing():
    other = ScrapeJob("other", ("o:1",), owner="other")
    assert branches(program(other), "mysql_up") is None
    assert branches(program(), "mysql_up") is None
    assert branches(program(JOB), "mysql_seconds") is None


def test_relabelling_may_take_the_labels_of_the_target_away():
    relabelled = ScrapeJob("other", ("o:1",), rest={"honor_labels": "true"})
    for name in ("mysql_up", "up", "scrape_duration_seconds"):
        assert facts(program(JOB, relabelled), name, "job", "instance") == ["possible"] * 2


def test_each_job_that_names_it_has_series_of_it():
    other = ScrapeJob("other", ("o:1",), {"rack": "1"}, catalogue="mysql")
    found = branches(program(JOB, other), "mysql_up")
    assert [sorted(it.names & {"zone", "rack"}) for it in found] == [["zone"], ["rack"]]


def test_what_is_declared_as_well_may_have_the_labels_of_both():
    declared = Metric("services/a", "a", "mysql_commands_total", "counter", "")
    scraped = ScrapeJob("a", ("a:1",), owner="a")
    found = branches(program(JOB, scraped, metrics=(declared,)), "mysql_commands_total")
    assert [it.fact("command").presence for it in found] == ["absent", "possible"]


def test_what_is_recorded_by_a_rule_as_well_may_be_either():
    rule = Rule("record", "mysql_up", Query("sum by (job) (x)"))
    found = branches(program(JOB, groups=(Group("a", "a", (rule,)),)), "mysql_up")
    assert "possible" in [it.fact("instance").presence for it in found] + ["possible"]
    assert [it.fact("instance").presence for it in found] == ["certain", "absent"]


def test_what_the_server_stores_of_scrapes():
    for name in ("up", "scrape_samples_scraped"):
        assert facts(program(JOB), name, "job", "instance", "zone", "x") == [
            *("certain", "certain", "possible", "possible")
        ]
        assert branches(Program(), name) is None


def test_what_the_server_stores_of_alerts():
    (branch,) = branches(Program(), "ALERTS")
    assert branch.fact("alertname").presence == "certain"
    assert branch.fact("alertstate").values.finite == {"firing", "pending"}
    assert branch.fact("severity").presence == "possible"
    assert facts(Program(), "ALERTS_FOR_STATE", "alertname", "alertstate") == [
        *("certain", "possible")
    ]
