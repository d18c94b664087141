"""What a judge says of a place in a file comes back to where it was written."""

import pytest

from giggamon_compiler import ir, targets
from giggamon_compiler.findings import Made, Place, PyPlace
from giggamon_compiler.ir import Integration, Program, Query, Route, Rule

RULES = "prometheus/rules/services/orders.yml"
PROMETHEUS = "prometheus/prometheus.yml"
ALERTMANAGER = "alertmanager/alertmanager.yml"
NAMES = (
    *("alert", "expression", "record", "group", "job", "server", "policy", "environment"),
    *("critical", "warning", "team", "root", "leaf", "receiver", "slack", "mail", "inhibition"),
    *("service", "metric"),
)
ORIGINS = {name: PyPlace(Made(())) for name in NAMES}


@pytest.fixture(scope="module")
def program() -> Program:
    """A program in which every node has an origin of its own."""
    o = ORIGINS
    alert = Rule(
        "alert",
        "OrdersDown",
        Query("up == 0", o["expression"]),
        "5m",
        labels={"severity": "critical", "zone": "a"},
        annotations={"summary": "a", "runbook": "b"},
        origin=o["alert"],
    )
    record = Rule("record", "a:b", Query("sum(\n  up)"), origin=o["record"])
    critical = ir.Severity("policy", "critical", (), "5s", "10s", "1h", origin=o["critical"])
    warning = ir.Severity("policy", "warning", (), "30s", "5m", "12h", origin=o["warning"])
    leaf = Route("commerce/critical", ('a="b"',), None, "5s", "10s", "9h", origin=o["leaf"])
    root = Route("commerce", (), ("a",), "30s", "5m", "12h", routes=(leaf,), origin=o["root"])
    receiver = ir.Receiver(
        "commerce",
        (
            Integration("email_configs", {"from": "a", "headers": {"Subject": "x"}}, o["mail"]),
            Integration("slack_configs", {"channel": "#a"}, o["slack"]),
        ),
        origin=o["receiver"],
    )
    return Program(
        groups=(
            ir.Group("services/other", "other", (record,)),
            ir.Group("services/orders", "orders", (record, alert), "1m", origin=o["group"]),
        ),
        prometheus=ir.Prometheus(
            "10s",
            "10s",
            {"cluster": "x"},
            ("rules/*.yml",),
            ("a:1", "b:1"),
            (ir.ScrapeJob("orders", ("o:1",), {"zone": "a"}, "5s", origin=o["job"]),),
            origin=o["server"],
        ),
        alertmanager=ir.Alertmanager(
            root,
            (receiver,),
            {"smtp_from": "a", "resolve_timeout": "5m"},
            (ir.Inhibition(("a=b",), ("b=c",), ("d",), origin=o["inhibition"]),),
            origin=o["server"],
        ),
        services=(ir.Service("services/orders", "orders", "commerce", origin=o["service"]),),
        metrics=(ir.Metric("services/orders", "orders", "m", "gauge", "h", origin=o["metric"]),),
        severities=(critical, warning),
        policy=ir.Policy("policy", ("critical",), "warning", "commerce", {}, o["policy"]),
        environment=ir.Environment("environment", "e", "2", "0", "1d", o["environment"]),
    )


CASES = [
    (RULES, (), "group", ()),
    (RULES, ("groups", 0, "interval"), "group", ("interval",)),
    (RULES, ("groups", 0, "labels", "a"), "group", ("labels", "a")),
    (RULES, ("groups", 0, "rules", 0, "record"), "record", ("name",)),
    (RULES, ("groups", 0, "rules", 0, "expr"), "record", ("expr",)),
    (RULES, ("groups", 0, "rules", 1), "alert", ()),
    (RULES, ("groups", 0, "rules", 1, "alert"), "alert", ("name",)),
    (RULES, ("groups", 0, "rules", 1, "expr"), "expression", ()),
    (RULES, ("groups", 0, "rules", 1, "for"), "alert", ("for_",)),
    (RULES, ("groups", 0, "rules", 1, "keep_firing_for"), "alert", ("keep_firing_for",)),
    (RULES, ("groups", 0, "rules", 1, "labels", "zone"), "alert", ("labels", "zone")),
    (RULES, ("groups", 0, "rules", 1, "annotations", "summary"), "alert", ("summary",)),
    (
        RULES,
        ("groups", 0, "rules", 1, "annotations", "runbook"),
        "alert",
        ("annotations", "runbook"),
    ),
    (PROMETHEUS, (), "server", ()),
    (PROMETHEUS, ("global", "evaluation_interval"), "policy", ("evaluation_interval",)),
    (
        PROMETHEUS,
        ("global", "external_labels", "cluster"),
        "environment",
        ("external_labels", "cluster"),
    ),
    (
        PROMETHEUS,
        ("alerting", "alertmanagers", 0, "static_configs", 0, "targets", 1),
        "environment",
        ("alertmanagers", 1),
    ),
    (PROMETHEUS, ("rule_files", 0), "server", ()),
    (PROMETHEUS, ("scrape_configs", 0, "job_name"), "job", ("job",)),
    (PROMETHEUS, ("scrape_configs", 0, "scrape_interval"), "job", ("interval",)),
    (
        PROMETHEUS,
        ("scrape_configs", 0, "static_configs", 0, "targets", 0),
        "job",
        ("targets", 0),
    ),
    (
        PROMETHEUS,
        ("scrape_configs", 0, "static_configs", 0, "labels", "zone"),
        "job",
        ("labels", "zone"),
    ),
    (ALERTMANAGER, (), "server", ()),
    (ALERTMANAGER, ("global", "smtp_from"), "environment", ("smtp",)),
    (ALERTMANAGER, ("global", "resolve_timeout"), "server", ()),
    (ALERTMANAGER, ("route", "group_by", 0), "root", ("group_by", 0)),
    (ALERTMANAGER, ("route", "group_wait"), "warning", ("group_wait",)),
    (ALERTMANAGER, ("route", "routes", 0, "group_wait"), "critical", ("group_wait",)),
    (ALERTMANAGER, ("route", "routes", 0, "repeat_interval"), "leaf", ()),
    (ALERTMANAGER, ("route", "routes", 0, "matchers", 0), "leaf", ("matchers", 0)),
    (ALERTMANAGER, ("receivers", 0, "name"), "receiver", ()),
    (ALERTMANAGER, ("receivers", 0, "slack_configs", 0, "channel"), "slack", ("channel",)),
    (ALERTMANAGER, ("receivers", 0, "email_configs", 0, "from"), "mail", ("from_",)),
    (
        ALERTMANAGER,
        ("receivers", 0, "email_configs", 0, "headers", "Subject"),
        "mail",
        ("headers", "Subject"),
    ),
    (ALERTMANAGER, ("receivers", 0, "slack_configs", 7), "receiver", ()),
    (ALERTMANAGER, ("inhibit_rules", 0, "equal"), "inhibition", ()),
    ("grafana/provisioning/datasources/giggamon.yml", ("datasources", 0), "environment", ()),
    ("manifest/services/orders.json", ("metrics", 0, "help"), "metric", ()),
    ("manifest/policy.json", ("policy", "fallback"), "policy", ()),
]


@pytest.mark.parametrize(("path", "keys", "name", "argument"), CASES)
def test_a_part_of_a_file_was_written_somewhere(program, path, keys, name, argument):
    origin = targets.origin_of_path(program, path, keys)
    assert origin == PyPlace(ORIGINS[name].made, argument)


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        (RULES, ("groups", 0, "rules", 99, "expr")),
        ("prometheus/rules/none.yml", ("groups", 0)),
        ("manifest/services/orders.json", ("metrics", 9)),
        ("README.md", ()),
    ],
)
def test_what_nobody_wrote_has_no_origin(program, path, keys):
    assert targets.origin_of_path(program, path, keys) is None


@pytest.mark.parametrize(
    ("start", "name", "argument"),
    [
        ("- name: orders", "group", ("name",)),
        ("  interval: 1m", "group", ("interval",)),
        ("      sum(", "record", ("expr",)),
        ("  - alert: OrdersDown", "alert", ("name",)),
        ("    expr: up == 0", "expression", ()),
        ("    for: 5m", "alert", ("for_",)),
        ("      zone: a", "alert", ("labels", "zone")),
        ("      summary: a", "alert", ("summary",)),
    ],
)
def test_a_line_of_a_file_was_written_somewhere(program, start, name, argument):
    files = targets.emit(program)
    line = files[RULES].splitlines().index(start) + 1
    origin = targets.origin_at(program, files, RULES, line)
    assert origin == PyPlace(ORIGINS[name].made, argument)


def test_a_file_without_a_line_was_written_somewhere(program):
    files = targets.emit(program)
    assert targets.origin_at(program, files, RULES, None) == ORIGINS["group"]
    assert targets.origin_at(program, files, RULES, 1) == ORIGINS["group"]
    assert targets.origin_at(program, {}, PROMETHEUS, 3) == ORIGINS["server"]


def test_a_place_in_a_file_is_its_own_origin():
    place = Place("a.yml", 1, 1, 1, 2)
    group = ir.Group("services/orders", "a", (), origin=place)
    program = Program(groups=(group,))
    assert targets.origin_of_path(program, RULES, ("groups", 0, "name")) == place
