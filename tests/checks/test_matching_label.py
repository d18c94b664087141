"""Operators whose sides cannot be matched as they say."""

import pytest

from tests.checks.rules import alert, causes, find, record, underlined

ID = "matching-label"


@pytest.mark.parametrize(
    ("expr", "place", "said"),
    [
        (
            'a{x="1"} / on (job, x) sum by (job) (b) > 1',
            "x",
            '/ returns nothing: the two sides are matched on x, the left one has x="1" and '
            "the right one cannot have x",
        ),
        (
            'sum by (job) (a) and on (x) b{x!=""} > 1',
            "x",
            "the operator and returns nothing: "
            "the two sides are matched on x, the left one cannot have x and "
            "the right one always has x",
        ),
        (
            'a{x="1"} * on (x) b{x="2"} > 1',
            "x",
            '* returns nothing: the two sides are matched on x, the left one has x="1" and '
            'the right one has x="2"',
        ),
        (
            'a{x="1"} / b{x="2"} > 1',
            "/",
            '/ returns nothing: the two sides are matched on every label, the left one has x="1" '
            'and the right one has x="2"',
        ),
        (
            'a{x="1"} > sum(b)',
            ">",
            "> returns nothing: the two sides are matched on every label, the left one has "
            'x="1" and the right one cannot have x',
        ),
        (
            'a{x="1"} > 1 unless ignoring (y) sum(b)',
            "ignoring (y)",
            "the operator unless takes nothing away: "
            "the two sides are matched on every label but those "
            'ignored, the left one has x="1" and the right one cannot have x',
        ),
        (
            'a{x=~"1|2"} / ignoring () b{x=~"3|4"} > 1',
            "ignoring ()",
            "/ returns nothing: the two sides are matched on every label, the left one has "
            'x="1" or "2" and the right one has x="3" or "4"',
        ),
        (
            'a{x=~"web-.*"} / b{x=~"db-.*"} > 1',
            "/",
            "/ returns nothing: the two sides are matched on every label, the left one has x "
            'that matches "web-.*" and the right one has x that matches "db-.*"',
        ),
        (
            'a{x!="1"} / b{x="1"} > 1',
            "/",
            "/ returns nothing: the two sides are matched on every label, the left one may have x "
            'that is not "1" and the right one has x="1"',
        ),
        (
            'a{x="1"} > 1 and vector(1)',
            "and",
            "the operator and returns nothing: "
            "the two sides are matched on every label, the left one has "
            'x="1" and the right one cannot have x',
        ),
    ],
)
def test_series_that_never_match(expr, place, said):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message == f"Broken: {said}"
    assert underlined(found) == [place]
    assert causes(found)


@pytest.mark.parametrize(
    ("expr", "advice"),
    [
        (
            'a{x="1"} / on (job, x) sum by (job) (b) > 1',
            "keep x on the right side, or match without it: on (job)",
        ),
        ('a{x="1"} / b{x="2"} > 1', "match without it: ignoring (x)"),
        ('a{x="1"} / ignoring (y) b{x="2"} > 1', "match without it: ignoring (y, x)"),
    ],
)
def test_help_is_what_to_write(expr, advice):
    (found,) = find(ID, expr)
    assert found.help == advice


def test_the_cause_is_shown():
    (found,) = find(ID, 'a{x="1"} / on (job, x) sum by (job) (b) > 1')
    assert [it for _, it in causes(found)] == ['x="1"', "by (job)"]


def test_a_side_without_the_label_matches_series_without_it():
    (found,) = find(ID, "a / on (job, x) sum by (job) (b) > 1")
    assert found.level == "warning"
    assert found.message == (
        "Broken is matched on x: the right side cannot have it, "
        "so only series of the left one without it match"
    )
    assert underlined(found) == ["x"]
    assert causes(found)[0][1] == "by (job)"


def test_no_side_has_it():
    (found,) = find(ID, "sum by (job) (a) / on (job, x) sum by (job) (b) > 1")
    assert found.level == "warning"
    assert "neither side can have it" in found.message


@pytest.mark.parametrize(
    "expr",
    [
        "a / on (job) sum by (job) (b) > 1",
        "a / sum by (job) (b) > 1",
        'a{x="1"} / b > 1',
        'a{x="1"} / b{x=~"1|2"} > 1',
        'a{x="1"} / ignoring (x) b{x="2"} > 1',
        'a{x="1"} / on (job) b{x="2"} > 1',
        'a{x="1"} / on () sum(b) > 1',
        'a{x="1"} / scalar(b) > 1',
        'a{x="1"} > 1',
        # of `or`, what does not match is what is wanted
        'a{x="1"} > 1 or absent(b)',
        'a{x="1"} > 1 or on (x) vector(0)',
        # another operand of `or` matches
        'a{x="1"} / (b{x="2"} or b{x="1"}) > 1',
        'a{x="1"} * on (x) (sum(b) or sum by (x) (c)) > 1',
        # the name is no label to match on
        "a / b > 1",
        'a{x="1"} * on (job) group_left (x) b > 1',
    ],
)
def test_series_that_can_match(expr):
    assert find(ID, expr) == []


def test_through_recordings():
    recorded = record("job:up:sum", "sum by (job) (up)")
    (found,) = find(ID, recorded, alert('up{instance="a"} / on (job, instance) job:up:sum > 1'))
    assert underlined(found) == ["instance"]
    assert causes(found)[-1][1] == "by (job)"
