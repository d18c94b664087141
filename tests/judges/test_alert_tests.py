"""Tests of alerts through the real promtool: what passes, what fails, and how a failure reads."""

import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import Toolbox, find_tools, run_tests
from giggamon_compiler.judges.rulebook import make_rulebook
from tests.judges.making import POLICY, alert, group, origin, prometheus, record, where

OWNED = {"service": "orders", "team": "commerce", "severity": "critical"}
RULES = "prometheus/rules/services/orders.yml"


@pytest.fixture(scope="module")
def tools() -> Toolbox:
    found = find_tools()
    assert isinstance(found, Toolbox)
    return found


def program(*groups: ir.Group, **fields) -> ir.Program:
    return ir.Program(groups=groups, policy=POLICY, prometheus=prometheus(), **fields)


DOWN = alert(
    "OrdersDown",
    'up{job="orders"} == 0',
    for_="2m",
    labels=OWNED,
    annotations={
        "summary": "{{ $labels.instance }} is down: {{ $value }}",
        "runbook_url": "https://example.org",
    },
)
PROGRAM = program(group(DOWN))
SERIES = {
    'up{job="orders",instance="a"}': "1x4 0x20",
    'up{job="orders",instance="b"}': "1x30",
    'up{job="other",instance="c"}': "0x30",
}
A = {"job": "orders", "instance": "a"}


def case(target: str = "orders/OrdersDown", **fields) -> ir.AlertTest:
    given = {
        "series": SERIES,
        "severity": None,
        "origin": origin("test"),
        **{name: value for name, value in fields.items() if name != "fires"},
        "fires": tuple(ir.Firing(time, tuple(it)) for time, it in fields.get("fires", {}).items()),
    }
    return ir.AlertTest("services/orders_test", "gone", target, **given)


def run(tools, test, compiled=PROGRAM, files=None):
    compiled = replace(compiled, alert_tests=(test,))
    return run_tests(compiled, targets.emit(compiled) if files is None else files, tools)


def shown(finding):
    return [note.message for note in finding.notes]


# Passing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"quiet": ("4m", "6m"), "fires": {"7m": [A], "20m": [A]}},
        {"fires": {"7m": [A]}, "annotations": {"summary": "a is down: 0"}},
        {"quiet": ("6m",), "fires": {"7m": [A], "6m59s": []}},
        {"quiet": ("0s", "0")},
        {"fires": {"7m": [{**A, **OWNED}]}},
        {"quiet": ("390s",), "fires": {"7m30s": [A]}},
    ],
)
def test_a_test_that_holds_says_nothing(fields, tools):
    assert not run(tools, case(**fields))


def test_all_severities_of_an_objective_are_told_apart(tools):
    name = "OrdersAvailabilityBudgetBurn"
    fast = alert(name, "bad > 10", labels={**OWNED, "slo": "availability"}, severity="critical")
    slow = alert(
        name,
        "bad > 1",
        labels={**OWNED, "severity": "warning", "slo": "availability"},
        severity="warning",
    )
    compiled = program(group(fast, slow))
    test = case(f"orders/{name}", series={"bad": "5x10"}, severity="warning", fires={"5m": [{}]})
    assert not run(tools, test, compiled)
    assert not run(tools, replace(test, severity="critical", fires=(), quiet=("5m",)), compiled)


NASTY = ['a"b', "a\\b", "a\nb", "a\tb", "é 😀", " x ", '{x="y"}', "yes", "1e3", "~"]
NASTY += ["\u2028", "\x7f", "\x00", ""]


def test_any_value_can_be_given_and_got(tools):
    quoted = [json.dumps(value, ensure_ascii=False) for value in NASTY[:-1]]
    series = {f'up{{job="orders",x={value}}}': "0x5" for value in quoted}
    series['up{job="orders"}'] = "0x5"
    alerts = [{"job": "orders", "x": value} for value in NASTY[:-1]] + [{"job": "orders"}]
    rule = replace(DOWN, labels={**OWNED, "service": 'a"\\b\n é'})
    test = case(series=series, fires={"3m": alerts})
    assert not run(tools, test, program(group(rule)))
    (failed,) = run(tools, replace(test, fires=(), quiet=("3m",)), program(group(rule)))
    assert len(failed.notes) == len(NASTY)
    wrong = tuple({**labels, "job": "x"} for labels in alerts)
    (failed,) = run(tools, replace(test, fires=(ir.Firing("3m", wrong),)), program(group(rule)))
    assert all('expected job="x", got job="orders"' in note for note in shown(failed))


def test_recordings_of_other_files_are_at_hand(tools):
    base = group(record("a:b", "sum by (job) (up)"), name="base", file="services/base")
    middle = group(
        record("c:d", "a:b * 2", labels={"x": "1"}),
        record("c:d", "a:b * 3", labels={"x": "2"}),
        name="middle",
        file="services/middle",
    )
    last = group(alert("High", 'c:d{x="2"} > 5', labels=OWNED))
    compiled = program(last, middle, base)  # evaluated in the right order all the same
    test = case(
        "orders/High",
        series={'up{job="j",i="1"}': "1x9", 'up{job="j",i="2"}': "1x9"},
        fires={"0s": [{"job": "j", "x": "2"}], "5m": [{"job": "j", "x": "2"}]},
    )
    assert not run(tools, test, compiled)


def test_alerts_that_read_alerts_are_at_hand(tools):
    first = alert("First", "up == 0", labels=OWNED)
    second = alert("Second", 'ALERTS{alertname="First",alertstate="firing"}', labels=OWNED)
    test = case("orders/Second", series={"up": "0x5"}, fires={"3m": [{"alertstate": "firing"}]})
    quiet = replace(test, fires=(), quiet=("0s",))
    found = run(tools, quiet, program(group(second), group(first, name="z")))
    assert len(found) == 1, "it fires at 0, because what it reads is evaluated before"


def test_a_long_test_of_hours_takes_a_step_an_hour(tools):
    rule = alert("Old", 'time() - last{job="x"} > 26 * 3600', labels=OWNED)
    test = case(
        "orders/Old",
        series={'last{job="x"}': "0x800"},
        interval="1h",
        quiet=("26h",),
        fires={"27h": [{"job": "x"}], "700h": [{"job": "x"}]},
    )
    assert not run(tools, test, program(group(rule)))


@pytest.mark.parametrize(
    ("interval", "own", "hold", "quiet", "fires"),
    [
        ("1m", None, None, "4m50s", "5m"),  # the fifth sample after the first is bad
        ("1m", "5m", "1s", "9m", "10m"),  # held from one evaluation to the next
        ("1m", "10m", None, "9m59s", "17m"),  # a time between two evaluations sees the last one
        ("15s", "1m", "1s", "2m", "3m"),  # bad at 75 s, seen at 2 minutes
        ("30m", "10m", None, "2h29m", "2h30m"),
        ("30m", "10m", "1s", "2h30m", ""),  # gone, five minutes after its sample
    ],
)
def test_a_group_is_evaluated_as_seldom_as_on_the_server(interval, own, hold, quiet, fires, tools):
    rule = alert("Bad", "bad > 0", labels=OWNED, for_=hold)
    test = case(
        "orders/Bad",
        series={"bad": "0x4 1x30"},
        interval=interval,
        quiet=(quiet,),
        fires={fires: [{}]} if fires else {},
    )
    assert not run(tools, test, program(group(rule, interval=own)))


def test_labels_of_the_group_and_external_labels_count(tools):
    rule = replace(DOWN, annotations={"summary": "in {{ $externalLabels.cluster }}"})
    compiled = replace(
        program(group(rule)), prometheus=prometheus(external_labels={"cluster": "c 1"})
    )
    test = case(fires={"7m": [A]}, annotations={"summary": "in c 1"})
    assert not run(tools, test, compiled)


# Failing ------------------------------------------------------------------------------------------


def test_an_alert_that_does_not_fire(tools):
    (found,) = run(tools, case(fires={"5m": [A]}))
    assert found.id == "failed-test"
    assert found.subject == "services/orders_test.gone"
    assert found.message == "services/orders_test.gone: OrdersDown does not fire at 5m"
    assert where(found) == ("test", "fires", "5m")
    assert shown(found) == ['expected {instance="a", job="orders"}, got no such alert']
    assert not found.fatal


def test_an_alert_that_is_not_quiet(tools):
    (found,) = run(tools, case(quiet=("1m", "420s")))
    assert found.message.endswith("OrdersDown fires at 420s, where the test wants it quiet")
    assert where(found) == ("test", "quiet", "1")
    assert shown(found) == ['got {instance="a", job="orders"}, which is not expected']


def test_labels_are_compared_one_by_one(tools):
    wrong = {"job": "orders", "instance": "b", "zone": "1"}
    (found,) = run(tools, case(fires={"7m": [wrong]}))
    assert "fires at 7m, but not as the test wants it" in found.message
    assert shown(found) == [
        '{job="orders"}: expected instance="b", got instance="a"',
        '{job="orders"}: expected zone="1", got no zone',
    ]


def test_times_are_told_apart(tools):
    found = run(tools, case(quiet=("7m",), fires={"3m": [A], "8m": [A, {"job": "x"}]}))
    assert [where(it) for it in found] == [
        ("test", "quiet", "0"),
        ("test", "fires", "3m"),
        ("test", "fires", "8m"),
    ]


def test_an_annotation_that_reads_otherwise(tools):
    texts = {"summary": "b is down: 0", "nothing": "x"}
    found = run(tools, case(fires={"420s": [A]}, annotations=texts))
    assert [where(it) for it in found] == [
        ("test", "annotations", "summary"),
        ("test", "annotations", "nothing"),
    ]
    assert "the annotation summary of OrdersDown reads otherwise at 420s" in found[0].message
    assert shown(found[0]) == [
        'expected "b is down: 0"',
        'got      "a is down: 0"',
        'of the alert with instance="a", job="orders"',
    ]
    assert shown(found[1])[1] == "got      no such annotation"


def test_an_annotation_of_many_alerts_is_said_once(tools):
    series = {'up{job="orders",instance="a"}': "0x9", 'up{job="orders",instance="b"}': "0x9"}
    both = [A, {**A, "instance": "b"}]
    test = case(
        series=series, fires={"5m": both, "6m": both}, annotations={"runbook_url": "elsewhere"}
    )
    (found,) = run(tools, test)
    assert "at 5m" in found.message


def test_a_series_that_cannot_be_read(tools):
    series = {**SERIES, "up{": "1x5", 'up{job="y"}': "1x5 foo"}
    found = run(tools, case(series=series, quiet=("1m",)))
    assert [where(it)[2] for it in found] == ["up{", 'up{job="y"}']
    assert "cannot be read" in found[0].message
    assert "unit_testing_rules" in found[0].help


def test_a_rule_that_cannot_be_evaluated(tools):
    rule = alert("Many", "up * on (x) up > 0", labels=OWNED)
    (found,) = run(tools, case("orders/Many", quiet=("1m",)), program(group(rule)))
    assert where(found) == ("test", "series")
    assert "Many cannot be evaluated at 0s: " in found.message


def test_a_test_that_says_nothing(tools):
    (found,) = run(tools, case())
    assert "neither when OrdersDown fires nor when it is quiet" in found.message


def test_a_failure_hides_no_other(tools):
    compiled = replace(
        PROGRAM,
        alert_tests=(
            replace(case(quiet=("7m",)), name="one"),
            replace(case(series={"up{": "1x5"}, quiet=("7m",)), name="two"),
            replace(case(quiet=("5m",)), name="three"),
            replace(case(fires={"1m": [A]}), name="four"),
        ),
    )
    found = run_tests(compiled, targets.emit(compiled), tools)
    names = [it.subject.removeprefix("services/orders_test.") for it in found]
    assert names == ["one", "two", "four"]


# The files count, not what they should be ---------------------------------------------------------


BASE = group(record("job:up:sum", "sum by (job) (up)"), name="base", file="services/base")
FEW = group(alert("Few", "job:up:sum < 1", labels=OWNED), DOWN)
CHAIN = program(BASE, FEW)
FEW_TEST = case("orders/Few", series={'up{job="x"}': "0x5"}, fires={"1m": [{"job": "x"}]})


def test_a_rule_that_is_not_in_the_files(tools):
    without = targets.emit(program(BASE, replace(FEW, rules=(DOWN,))))
    (found,) = run(tools, FEW_TEST, CHAIN, without)
    assert found.message.endswith(f"Few is not in {RULES}")
    assert where(found) == ("test", "target")


def test_a_file_that_is_not_there(tools):
    files = {path: text for path, text in targets.emit(CHAIN).items() if path != RULES}
    missing, failed = run(tools, FEW_TEST, CHAIN, files)
    assert missing.message == f"{RULES} is missing"
    assert failed.message.endswith(f"Few is not in {RULES}")


@pytest.mark.parametrize("groups", [(FEW,), (replace(BASE, rules=()), FEW)])
def test_a_recording_that_is_not_in_the_files(groups, tools):
    missing, failed = run(tools, FEW_TEST, CHAIN, targets.emit(program(*groups)))
    assert "services/base.yml" in missing.message
    assert "Few does not fire at 1m" in failed.message


def test_another_rule_that_is_not_in_the_files(tools):
    files = targets.emit(program(BASE, replace(FEW, rules=FEW.rules[:1])))
    (found,) = run(tools, FEW_TEST, CHAIN, files)
    assert found.message.startswith(f"OrdersDown is not in {RULES}")
    assert where(found) == ("OrdersDown",)


def test_a_changed_expression_is_seen(tools):
    changed = replace(FEW, rules=(replace(FEW.rules[0], query=ir.Query("job:up:sum < 0")), DOWN))
    (found,) = run(tools, FEW_TEST, CHAIN, targets.emit(program(BASE, changed)))
    assert "Few does not fire at 1m" in found.message


def test_a_label_that_is_lost_is_named(tools):
    lost = {"service": "orders", "severity": "warning"}
    changed = replace(FEW, rules=(replace(FEW.rules[0], labels=lost), DOWN))
    (found,) = run(tools, FEW_TEST, CHAIN, targets.emit(program(BASE, changed)))
    assert "Few does not fire at 1m" in found.message
    assert shown(found)[1:] == [
        'in the files Few has no label team="commerce"',
        'in the files Few has no label severity="critical"',
    ]


def test_a_file_that_cannot_be_read(tools):
    files = {**targets.emit(CHAIN), RULES: "groups: [\n"}
    (found,) = run(tools, FEW_TEST, CHAIN, files)
    assert found.message.startswith(RULES)
    assert not found.fatal


def test_an_annotation_is_taken_from_the_files(tools):
    changed = replace(DOWN, annotations={"summary": "changed"})
    test = case(fires={"7m": [A]}, annotations={"summary": "a is down: 0"})
    (found,) = run(tools, test, PROGRAM, targets.emit(program(group(changed))))
    assert shown(found)[1] == 'got      "changed"'


# The excerpt of the rules decides as all of them would --------------------------------------------


NAMES = [f"r:{n}" for n in range(5)]
CHOSEN = ["up", 'r:1{x="1"}', 'r:2{x="2"}', 'r:3{x!="1"}', 'r:0{x=~"1|2"}']
OPERANDS = st.sampled_from([*NAMES, *CHOSEN])
RECORDS = st.builds(
    lambda name, one, other, label: record(
        name, f"sum({one}) + sum({other})", labels={"x": label} if label else {}
    ),
    st.sampled_from(NAMES),
    OPERANDS,
    OPERANDS,
    st.sampled_from(["", "1", "2"]),
)
GROUPS = st.lists(RECORDS, max_size=3, unique_by=lambda it: (it.name, str(it.labels)))
BOOKS = st.lists(GROUPS, min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BOOKS, OPERANDS)
def test_an_excerpt_decides_as_all_rules_do(tmp_path_factory, book, operand):
    groups = [group(*rules, name=f"g{n}") for n, rules in enumerate(book)]
    groups.append(group(alert("Any", f"count({operand}) > 0"), name="last"))
    made = make_rulebook(groups)
    (key,) = made.by_name["Any"]
    needed = made.closure([key])
    excerpt = made.excerpt(needed)
    order = [it.name for it in excerpt]
    rest = [it for it in groups if it.name not in order]
    whole = [*rest, *(it for name in order for it in groups if it.name == name)]
    folder = tmp_path_factory.mktemp("excerpt")
    assert fires(folder, "part", excerpt) == fires(folder, "whole", whole)


def fires(folder, name, groups):
    """At which of a few minutes the alert fires, by promtool's own account of a test that fails."""
    text = targets.emit(ir.Program(groups=tuple(replace(it, file=name) for it in groups)))
    (folder / f"{name}.yml").write_text(next(iter(text.values())), encoding="utf-8")
    tests = {
        "rule_files": [f"{name}.yml"],
        "group_eval_order": [it.name for it in groups],
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": "up", "values": "1x9"}],
                "promql_expr_test": [
                    {"expr": 'ALERTS{alertname="Any"}', "eval_time": f"{n}m"} for n in range(8)
                ],
            }
        ],
    }
    (folder / f"{name}.test.json").write_text(json.dumps(tests), encoding="utf-8")
    command = ["promtool", "test", "rules", f"{name}.test.json"]
    said = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    return [line.strip() for line in said.stderr.splitlines() if "time:" in line]
