"""Our own schemas: what they refuse, where they say it, and that they agree with the servers."""

from dataclasses import replace

import pytest

from giggamon_compiler import ir
from giggamon_compiler.judges import check_schemas
from giggamon_compiler.judges.formats import FORMATS
from giggamon_compiler.judges.schemas import validator_of
from tests.judges.making import (
    ENVIRONMENT,
    POLICY,
    alert,
    alertmanager,
    group,
    job,
    origin,
    prometheus,
    receiver,
    record,
    route,
    slack,
    where,
)

SEVERITY = ir.Severity(
    "policy", "critical", ("page",), "5s", "10s", "1h", "60s", origin("critical")
)
TEAM = ir.Team("teams", "commerce", {"chat": slack("#orders")}, origin("commerce"))
METRIC = ir.Metric("services/orders", "orders", "a_total", "counter", "A", origin=origin("metric"))
OBJECTIVE = ir.Objective(
    "services/orders",
    "orders",
    "availability",
    "99.9",
    "30d",
    ir.Query('a_total{code=~"5.."}', origin("ratio", "bad")),
    ir.Query("a_total", origin("ratio", "total")),
    origin=origin("slo"),
)
PANEL = ir.Panel(
    "queue",
    1,
    "timeseries",
    "Queue",
    0,
    0,
    12,
    8,
    (ir.Target("A", ir.Query("up", origin("query"))),),
    "s",
    origin=origin("panel"),
)
BOARD = ir.Dashboard("orders", "orders", "commerce", "Orders", (PANEL,), origin=origin("board"))
ALERT_TEST = ir.AlertTest(
    "services/orders_test",
    "growing",
    "orders/OrdersDown",
    None,
    {"up": "1x5"},
    ("5m",),
    (ir.Firing("10m", ({"job": "orders"},)),),
    origin=origin("growing"),
)
ROUTE_TEST = ir.RouteTest(
    "services/orders_test", "page", {"team": "commerce"}, (), origin("page test")
)
GOOD = ir.Program(
    groups=(group(alert("OrdersDown", for_="5m", labels={"a": "b"}), interval="1m", limit="3"),),
    prometheus=prometheus(job(), alertmanagers=("alertmanager-1:9093",)),
    alertmanager=alertmanager(
        route("commerce", group_by=("alertname", "..."), routes=[route("x", 'team="commerce"')]),
        receiver("commerce", slack("#orders")),
        globals={"smtp_smarthost": "mail:587", "smtp_auth_password_file": "/secrets/smtp"},
    ),
    dashboards=(BOARD,),
    teams=(TEAM,),
    severities=(SEVERITY,),
    policy=POLICY,
    environment=ENVIRONMENT,
    metrics=(METRIC,),
    objectives=(OBJECTIVE,),
    alert_tests=(ALERT_TEST,),
    route_tests=(ROUTE_TEST,),
    services=(ir.Service("services/orders", "orders", "commerce", origin=origin("service")),),
)


def with_rule(**fields):
    return {"groups": (group(replace(alert("OrdersDown"), **fields)),)}


def with_group(**fields):
    return {"groups": (group(alert("OrdersDown"), **fields),)}


def with_job(**fields):
    return {"prometheus": prometheus(replace(job(), **fields))}


def slack_with(**fields):
    chat = slack("#orders")
    return replace(chat, fields={**chat.fields, **fields})


def with_channel(**fields):
    return {"teams": (replace(TEAM, channels={"chat": slack_with(**fields)}),)}


def with_globals(**fields):
    return {"alertmanager": alertmanager(route("a"), receiver("a"), globals=fields)}


BAD = [
    (with_rule(for_="5x"), "invalid-duration", "OrdersDown for_", 'for_ is "5x"'),
    (with_rule(for_=""), "invalid-duration", "OrdersDown for_", 'for_ is ""'),
    (with_rule(for_="5m\n"), "invalid-duration", "OrdersDown for_", r'for_ is "5m\n"'),
    (with_rule(for_="1m1h"), "invalid-duration", "OrdersDown for_", "1m1h"),
    (with_rule(keep_firing_for="5"), "invalid-duration", "OrdersDown keep_firing_for", '"5"'),
    (with_rule(labels={"a-b": "c"}), "invalid-label-name", "OrdersDown labels a-b", "a-b"),
    (with_rule(labels={"__name__": "c"}), "invalid-label-name", "OrdersDown labels __name__", ""),
    (with_rule(annotations={"a b": ""}), "invalid-label-name", "OrdersDown annotations a b", ""),
    (with_rule(labels={"a": "\ud800"}), "invalid-text", "OrdersDown labels a", r"\ud800"),
    (with_rule(annotations={"summary": "\udfff"}), "invalid-text", "OrdersDown summary", ""),
    (with_rule(name="a/b"), "invalid-alert-name", "OrdersDown name", '"a/b"'),
    (with_rule(name='a"b'), "invalid-alert-name", "OrdersDown name", "'a\"b'"),
    (with_rule(name="a\nb"), "invalid-alert-name", "OrdersDown name", r'"a\nb"'),
    (with_rule(query=ir.Query(" ", origin("e"))), "invalid-expression", "e", "empty"),
    ({"groups": (group(record("a-b")),)}, "invalid-metric-name", "a-b name", '"a-b"'),
    (with_group(interval="0s"), "invalid-interval", "group orders interval", "above 0"),
    (with_group(limit="-1"), "invalid-count", "group orders limit", "-1"),
    (with_group(query_offset="1"), "invalid-duration", "group orders query_offset", ""),
    (with_group(labels={"é": "x"}), "invalid-label-name", "group orders labels é", "é"),
    (with_group(name=""), "invalid-title", "group  name", "empty"),
    (with_job(targets=("http://orders:8000",)), "invalid-address", "job orders targets 0", ""),
    (with_job(targets=("orders:port",)), "invalid-address", "job orders targets 0", "port"),
    (with_job(targets=("",)), "invalid-address", "job orders targets 0", '""'),
    (with_job(interval="1"), "invalid-interval", "job orders interval", ""),
    (with_job(timeout="0s"), "invalid-interval", "job orders timeout", ""),
    (with_job(path="metrics"), "invalid-url-path", "job orders path", ""),
    (with_job(labels={"a.b": ""}), "invalid-label-name", "job orders labels a.b", ""),
    (
        {"prometheus": prometheus(external_labels={"a-b": ""})},
        "invalid-label-name",
        "environment external_labels a-b",
        "",
    ),
    (
        {"prometheus": prometheus(alertmanagers=("ok:1", "http://am"))},
        "invalid-address",
        "environment alertmanagers 1",
        "",
    ),
    (
        {"severities": (replace(SEVERITY, group_wait="x"),)},
        "invalid-duration",
        "critical group_wait",
        "",
    ),
    (
        {"severities": (replace(SEVERITY, group_interval="0s"),)},
        "invalid-interval",
        "critical group_interval",
        "",
    ),
    (
        {"severities": (replace(SEVERITY, notified_within="1 m"),)},
        "invalid-interval",
        "critical notified_within",
        "",
    ),
    ({"severities": (replace(SEVERITY, name="a/b"),)}, "invalid-name", "critical name", ""),
    ({"teams": (replace(TEAM, name="a b"),)}, "invalid-name", "commerce name", ""),
    (with_channel(api_url_file="slack"), "invalid-secret-path", "environment secrets", "1 channel"),
    (with_channel(api_url="ftp://x"), "invalid-url", "slack #orders api_url", ""),
    (with_channel(title="\ud800"), "invalid-text", "slack #orders title", ""),
    (
        with_channel(api_url_file="/secrets/"),
        "invalid-secret-path",
        "slack #orders api_url_file",
        "",
    ),
    (with_globals(smtp_smarthost="mail"), "invalid-mail-server", "environment smtp", ""),
    (with_globals(smtp_auth_password_file="a"), "invalid-secret-path", "environment secrets", ""),
    (
        {"alertmanager": alertmanager(route("a", routes=[route("x", 'team~"a"')]))},
        "invalid-matcher",
        "route x matchers 0",
        'team~"a"',
    ),
    (
        {"environment": replace(ENVIRONMENT, retention="35")},
        "invalid-period",
        "environment retention",
        "",
    ),
    (
        {"datasources": (ir.DataSource("P", "prometheus", "p", "prometheus:9090"),)},
        "invalid-url",
        "environment prometheus_url",
        "",
    ),
    ({"metrics": (replace(METRIC, name="a-b"),)}, "invalid-metric-name", "metric name", ""),
    (
        {"metrics": (replace(METRIC, labels={"a-b": ("x",)}),)},
        "invalid-label-name",
        "metric labels a-b",
        "",
    ),
    ({"metrics": (replace(METRIC, buckets=("1", "x")),)}, "invalid-number", "metric buckets 1", ""),
    (
        {"metrics": (replace(METRIC, quantiles=("1.5",)),)},
        "invalid-quantile",
        "metric quantiles 0",
        "",
    ),
    (
        {"objectives": (replace(OBJECTIVE, target="100"),)},
        "invalid-percentage",
        "slo objective",
        "",
    ),
    (
        {"objectives": (replace(OBJECTIVE, target="0.0"),)},
        "invalid-percentage",
        "slo objective",
        "",
    ),
    ({"objectives": (replace(OBJECTIVE, window="1"),)}, "invalid-period", "slo window", ""),
    (
        {"objectives": (replace(OBJECTIVE, bad=ir.Query("rate(a[5m])", origin("ratio", "bad"))),)},
        "invalid-selector",
        "ratio bad",
        "",
    ),
    ({"dashboards": (replace(BOARD, key="a/b"),)}, "invalid-name", "board key", ""),
    ({"dashboards": (replace(BOARD, uid="x" * 41),)}, "invalid-uid", "board key", ""),
    ({"dashboards": (replace(BOARD, folder="../x"),)}, "invalid-folder", "board folder", ""),
    (
        {"dashboards": (replace(BOARD, panels=(replace(PANEL, unit=""),)),)},
        "invalid-unit",
        "panel unit",
        "",
    ),
    (
        {
            "dashboards": (
                replace(BOARD, panels=(replace(PANEL, panels=(replace(PANEL, kind=""),)),)),
            )
        },
        "invalid-panel-kind",
        "panel",
        "",
    ),
    (
        {"alert_tests": (replace(ALERT_TEST, quiet=("5",)),)},
        "invalid-duration",
        "growing quiet 0",
        "",
    ),
    (
        {"alert_tests": (replace(ALERT_TEST, interval="0s"),)},
        "invalid-interval",
        "growing interval",
        "",
    ),
    (
        {"alert_tests": (replace(ALERT_TEST, fires=(ir.Firing("x", ()),)),)},
        "invalid-duration",
        "growing fires x",
        "",
    ),
    (
        {"alert_tests": (replace(ALERT_TEST, fires=(ir.Firing("1m", ({"a b": ""},)),)),)},
        "invalid-label-name",
        "growing fires 1m 0 a b",
        "",
    ),
    (
        {"route_tests": (replace(ROUTE_TEST, labels={"": "x"}),)},
        "invalid-label-name",
        "page test labels ",
        "",
    ),
]


def test_a_good_program_is_good():
    assert check_schemas(GOOD, {}) == []


@pytest.mark.parametrize(("fields", "id", "place", "text"), BAD)
def test_a_bad_scalar_is_found_at_its_argument(fields, id, place, text):
    found = check_schemas(replace(GOOD, **fields), {})
    assert [finding.id for finding in found] == [id]
    assert " ".join(where(found[0])) == place
    assert text in found[0].message


def test_the_message_is_in_the_words_of_the_user():
    (found,) = check_schemas(replace(GOOD, **with_rule(for_="5x")), {})
    assert found.message == 'OrdersDown: for_ is "5x", which is no duration'
    assert found.help == 'write for example "5m"'
    (found,) = check_schemas(replace(GOOD, **with_rule(labels={"a-b": "c"})), {})
    assert found.message == 'OrdersDown: labels has "a-b", which is no name of a label'
    (found,) = check_schemas(replace(GOOD, alert_tests=(replace(ALERT_TEST, quiet=("5",)),)), {})
    assert found.message == 'growing: quiet[0] is "5", which is no duration'


def test_one_fault_is_said_once_however_often_it_is_used():
    rules = tuple(replace(alert("OrdersDown"), name=f"A{i}", for_="5x") for i in range(3))
    assert len(check_schemas(replace(GOOD, groups=(group(*rules),)), {})) == 1


def test_names_may_hold_any_character_from_prometheus_3_on():
    program = replace(GOOD, **with_rule(labels={"a.b": "c"}))
    assert check_schemas(program, {})
    modern = replace(program, environment=replace(ENVIRONMENT, prometheus="3.5"))
    assert not check_schemas(modern, {})


def test_a_file_with_half_a_character_is_found():
    (found,) = check_schemas(ir.Program(), {"prometheus/rules/a.yml": "x\ny\ud800"})
    assert (found.id, found.subject) == ("invalid-text", "prometheus/rules/a.yml")
    assert "line 2" in found.message


def test_every_schema_is_a_schema_and_its_examples_are_good():
    for name, schema in FORMATS.items():
        validator = validator_of(name)
        assert all(validator.is_valid(example) for example in schema["examples"]), name
