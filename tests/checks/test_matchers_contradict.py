"""Selectors that nothing passes."""

import pytest

from tests.checks.rules import alert, causes, find, record, underlined

ID = "matchers-contradict"


@pytest.mark.parametrize(
    ("expr", "first", "last"),
    [
        ('x{a="1",a="2"} > 1', 'a="1"', 'a="2"'),
        ('x{a="1",b="2",a!="1"} > 1', 'a="1"', 'a!="1"'),
        ('x{a=~"1|2",a="3"} > 1', 'a=~"1|2"', 'a="3"'),
        ('x{a=~"5..",a="404"} > 1', 'a=~"5.."', 'a="404"'),
        ('x{a="",a!=""} > 1', 'a=""', 'a!=""'),
        ('x{a="", a=~".+"} > 1', 'a=""', 'a=~".+"'),
        ('x{a!~"a|b", c="d", a=~"b|a"} > 1', 'a!~"a|b"', 'a=~"b|a"'),
        ('x{a=~"a.*",a=~"b.*"} > 1', 'a=~"a.*"', 'a=~"b.*"'),
        ("absent(x{a='1',a='2'})", "a='1'", "a='2'"),
    ],
)
def test_two_that_no_value_passes(expr, first, last):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message == (f"Broken selects nothing: no series passes {first} and {last} at once")
    assert underlined(found) == [last]
    assert causes(found) == [(f"{first} is here", first)]


def test_three_of_which_any_two_leave_something():
    (found,) = find(ID, 'x{a=~"1|2",a!="1",a!="2"} > 1')
    assert underlined(found) == ['a!="2"']
    assert [it for _, it in causes(found)] == ['a=~"1|2"', 'a!="1"']


def test_two_that_only_a_missing_label_passes_and_one_that_asks_for_it():
    (found,) = find(ID, 'x{a=~"|1",a=~"|2",a!=""} > 1')
    assert underlined(found) == ['a!=""']
    assert [it for _, it in causes(found)] == ['a=~"|1"', 'a=~"|2"']


def test_one_that_nothing_passes():
    (found,) = find(ID, 'x{a!~".*"} > 1')
    assert underlined(found) == ['a!~".*"']
    (found,) = find(ID, 'x{b="1",a!~".*"} > 1')
    assert underlined(found) == ['a!~".*"']


def test_each_selector_is_judged():
    found = find(ID, 'w + x{a="1"} + y{a="1",a="2"} + z{b="1",b="2"} > 1')
    assert underlined(*found) == ['a="2"', 'b="2"']


@pytest.mark.parametrize(
    ("matchers", "advice"),
    [
        ('a=~"5..",a="404"', 'leave one of them out, or take what passes either: a=~"5..|404"'),
        ('a="1",a!="1"', "leave one of them out"),
        ('a="(",a="1"', "leave one of them out"),
    ],
)
def test_help_is_what_to_write(matchers, advice):
    (found,) = find(ID, f"x{{{matchers}}} > 1")
    assert found.help == advice


@pytest.mark.parametrize(
    "expr",
    [
        'x{a="1",b="2"} > 1',
        'x{a="1",a=~"1|2"} > 1',
        'x{a=~"5..",a!="500"} > 1',
        'x{a!="1",a!="2"} > 1',
        'x{a!~"a|b"} > 1',
        'x{a!="",a=~"5.*"} > 1',
        'x{a="",a!="b"} > 1',
        'x{a=~"|b",a!="b"} > 1',
        'x{a=~"a.*",a=~".*b"} > 1',
        'x{a=~".*"} > 1',
        'x{a!~".+"} > 1',
        "x{a=~'a.*',a!~'ab.*'} > 1",
        'x{a="1"} > 1 or x{a="2"} > 1',
    ],
)
def test_what_a_series_can_pass(expr):
    assert find(ID, expr) == []


def test_a_recorded_metric_without_the_label():
    recorded = record("job:up:sum", "sum by (job) (up)")
    (found,) = find(ID, recorded, alert('job:up:sum{instance="a"} > 1'))
    assert found.level == "warning"  # somebody else may record it, too
    assert found.message == 'Broken selects nothing: job:up:sum cannot pass instance="a"'
    assert underlined(found) == ['instance="a"']
    assert causes(found)[0][1] == "by (job)"
    (found,) = find(ID, recorded, alert('job:up:sum{instance="a"} > 1'), prometheus="3.5")
    assert found.level == "error"


@pytest.mark.parametrize(
    "expr", ['job:up:sum{job="a"} > 1', 'job:up:sum{instance=""} > 1', 'job:up:sum{job!="a"} > 1']
)
def test_a_recorded_metric_that_passes(expr):
    assert find(ID, record("job:up:sum", "sum by (job) (up)"), alert(expr)) == []


def test_a_recorded_metric_with_another_value():
    recorded = record("job:up:sum", 'sum by (job) (up{job="a"})')
    (found,) = find(ID, recorded, alert('job:up:sum{job="b"} > 1'))
    assert underlined(found) == ['job="b"']
    both = recorded, record("job:up:sum", 'sum by (job) (up{job="b"})')
    assert find(ID, *both, alert('job:up:sum{job="b"} > 1')) == []


def test_what_cannot_be_read_is_not_judged():
    assert find(ID, 'x{a="1",a="2"') == []
