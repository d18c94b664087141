"""The bound on a message: a simulation of the servers reaches it, and never goes beyond."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giggamon_compiler.ir import Group, Program, Prometheus, Query, Rule, ScrapeJob, Severity
from giggamon_compiler.latency import Latency

S = 1000
critical = Severity("policy", "critical", ("page",), "5s", "10s", "1h", "60s")


def an_alert(expr: str = 'up{job="orders"} == 0', **more) -> Rule:
    return Rule("alert", "Down", Query(expr), owner="orders", severity="critical", **more)


def a_record(name: str, expr: str, **more) -> Rule:
    return Rule("record", name, Query(expr), owner="orders", **more)


def a_program(*groups: Group, alertmanagers: int = 1, jobs: tuple[ScrapeJob, ...] = ()) -> Program:
    addresses = tuple(f"am-{number}:9093" for number in range(alertmanagers))
    return Program(
        groups=groups, prometheus=Prometheus("10s", "15s", alertmanagers=addresses, jobs=jobs)
    )


def seconds(program: Program, severity: Severity = critical) -> float:
    group = program.groups[-1]
    return Latency(program).bound_of(group, group.rules[-1], severity).length / S


def worst_simulated(scrape, evaluations, for_):
    """The longest way of a change through the ticks of independent clocks, whatever their phases.

    Each clock ticks at its own phase; the last one is the alert's, which also waits for `for_`.
    """
    intervals = [scrape, *evaluations]
    worst = 0
    for phases in product(*(range(interval) for interval in intervals)):
        now = 0
        for interval, phase in zip(intervals, phases, strict=True):
            now += interval - (now - phase) % interval  # a tick right now came a moment too early
        fires = now + -(-for_ // intervals[-1]) * intervals[-1]
        worst = max(worst, fires - for_)
    return worst


@given(
    st.integers(1, 4),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(0, 9),
)
@settings(max_examples=60, deadline=None)
def test_the_bound_is_the_worst_that_can_happen(scrape, evaluations, for_):
    groups = []
    reads = 'up{job="orders"}'
    for number, interval in enumerate(evaluations[:-1]):
        record = a_record(f"level:{number}", reads)
        groups.append(Group("f", f"g{number}", (record,), f"{interval}s"))
        reads = f"level:{number}"
    alert = an_alert(f"{reads} > 0", for_=f"{for_}s")
    groups.append(Group("f", "alerts", (alert,), f"{evaluations[-1]}s"))
    job = ScrapeJob("orders", ("orders:80",), interval=f"{scrape}s", owner="orders")
    bound = seconds(a_program(*groups, jobs=(job,)))
    assert bound - 5 - 5 - 1 == worst_simulated(scrape, evaluations, for_)


def test_without_peers_a_new_group_or_one_alight_waits_for_its_timer():
    program = a_program(Group("f", "g", (an_alert(),)))
    assert seconds(program) == 10 + 15 + 10 + 1
    slow_start = Severity("policy", "critical", ("page",), "30s", "10s", "1h")
    assert seconds(program, slow_start) == 10 + 15 + 30 + 1


@pytest.mark.parametrize(("alertmanagers", "waits"), [(0, 10), (1, 10), (2, 15 + 15), (3, 30 + 30)])
def test_each_other_alertmanager_may_be_dead(alertmanagers, waits):
    program = a_program(Group("f", "g", (an_alert(),)), alertmanagers=alertmanagers)
    assert seconds(program) == 10 + 15 + waits + 1


def test_the_slowest_named_job_counts():
    jobs = (
        ScrapeJob("orders", ("a:80",), interval="5s", owner="orders"),
        ScrapeJob("batch", ("b:80",), interval="5m", owner="batch"),
    )
    own = a_program(Group("f", "g", (an_alert("time() > 3"),)), jobs=jobs)
    other = a_program(Group("f", "g", (an_alert('up{job="batch"} == 0'),)), jobs=jobs)
    assert seconds(other) - seconds(own) == 300 - 5


def test_a_recording_before_its_reader_in_one_group_costs_nothing():
    record, alert = a_record("a:b", 'up{job="orders"}'), an_alert("a:b == 0")
    before = a_program(Group("f", "g", (record, alert)))
    assert seconds(before) == 10 + 15 + 10 + 1
    after = a_program(Group("f", "g", (alert, record)))
    group = after.groups[0]
    assert Latency(after).bound_of(group, alert, critical).length / S == 10 + 15 + 15 + 10 + 1


def test_a_query_offset_looks_further_back():
    program = a_program(Group("f", "g", (an_alert(),), query_offset="1m"))
    assert seconds(program) == 10 + 15 + 60 + 10 + 1


def test_recordings_of_one_name_are_told_apart_by_the_labels_that_are_wanted():
    own = a_record("slo:bad", 'up{job="orders"}', labels={"service": "orders"})
    other = a_record("slo:bad", 'up{job="other"}', labels={"service": "other"})
    alert = an_alert('slo:bad{service="orders"} > 0')
    program = a_program(Group("f", "slow", (other,), "10m"), Group("f", "g", (own, alert)))
    assert seconds(program) == 10 + 15 + 10 + 1
    either = an_alert("slo:bad > 0")
    program = a_program(Group("f", "slow", (other,), "10m"), Group("f", "g", (own, either)))
    assert seconds(program) == 10 + 600 + 15 + 10 + 1


@pytest.mark.parametrize(
    ("expr", "age"),
    [
        ('{__name__="a:b"} > 0', 600),
        ("a:b offset 5m > 0", 600),
        ('up{job="orders",why="a:b"} == 0', 0),
        ('up{job="orders"} == 0 # unlike a:b', 0),
        ('a:b{of="not \\\\"x\\\\"} it"} > 0', 600),
        ("a:b > (", 600),
    ],
)
def test_what_is_read_is_told_by_the_tree(expr, age):
    record = a_record("a:b", 'up{job="orders"}')
    program = a_program(Group("f", "slow", (record,), "10m"), Group("f", "g", (an_alert(expr),)))
    assert seconds(program) == 10 + age + 15 + 10 + 1


def test_recordings_that_read_each_other_end():
    one, two = a_record("a:a", "a:b"), a_record("a:b", "a:a")
    groups = Group("f", "1", (one,)), Group("f", "2", (two,)), Group("f", "3", (an_alert("a:a"),))
    assert seconds(a_program(*groups)) >= 10 + 15 + 15 + 10 + 1


def test_the_terms_say_where_they_come_from():
    group = Group("f", "g", (an_alert(for_="20s"),))
    program = a_program(group, alertmanagers=2)
    bound = Latency(program).bound_of(group, group.rules[0], critical)
    assert [str(term) for term in bound.terms] == [
        "10s until the scrape",
        "15s until the evaluation of group g",
        "10s for is rounded up by",
        "15s until the flush before has waited for a dead Alertmanager",
        "15s that the flush itself waits for a dead Alertmanager",
        "1s to send",
    ]
