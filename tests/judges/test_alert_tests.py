"""Tests of alerts through the real promtool: what passes, what fails, and how a failure reads."""

import json
from dataclasses import replace

import pytest

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import run_tests
from giggamon_compiler.judges.alert_case import step_of
from tests.judges.incidents import DOWN, OWNED, PROGRAM, SERIES, A, case, program, run, shown
from tests.judges.making import alert, group, prometheus, record, where

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


@pytest.mark.parametrize(("remembers", "step"), [(True, 60_000), (False, 3_600_000)])
def test_between_the_times_of_a_test_only_what_is_remembered_counts(remembers, step):
    test = case(quiet=("0s", "23h"), fires={"24h": [A]}, interval="1m")
    assert step_of(test, group(DOWN), "10s", remembers=remembers) == step


def test_what_lasted_long_ago_is_still_remembered(tools):
    rules = group(
        record("a:lasted", "max_over_time(sum(up)[1m:1m])"),
        replace(DOWN, query=ir.Query("max_over_time(a:lasted[30m]) > 1")),
    )
    test = case(
        series={"up": "0x20 2x4 0x100"}, interval="1m", quiet=("20m", "60m"), fires={"40m": [{}]}
    )
    assert not run(tools, test, program(rules))


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


@pytest.mark.parametrize("value", ["1", 'a"b', "a\\b", "{", "x=1", "é"])
@pytest.mark.parametrize("text", ["{{x={0}}}", "{{y='z',x={0}}}", "{{x=~'.*',x={0}}}"])
def test_a_recording_is_found_by_any_value_of_its_label(value, text, tools):
    expr = "r:a" + text.format(json.dumps(value, ensure_ascii=False))
    rules = group(record("r:a", labels={"x": value, "y": "z"}), record("r:a", labels={"x": "no"}))
    compiled = program(rules, group(alert("Any", expr, labels=OWNED), file="services/other"))
    test = case("orders/Any", series={"up": "1x3"}, fires={"1m": [{"x": value, "y": "z"}]})
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
