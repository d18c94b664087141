"""Rules that read another time than what has been."""

import pytest

from tests.checks.rules import find, record, underlined

ID = "query-time-shifted"


@pytest.mark.parametrize(
    ("expr", "place"),
    [
        ("x offset -5m > 1", "offset -5m"),
        ("rate(x[5m] offset -1m) > 1", "offset -1m"),
        ("x{a='offset'} OFFSET - 1h > 1", "OFFSET - 1h"),
        ("max_over_time(x[1h:] offset -1h) > 1", "offset -1h"),
        ("max_over_time((x offset -2h)[1h:] offset 1h) > 1", "offset -2h"),
        ("x offset 1h > y offset -1h", "offset -1h"),
    ],
)
def test_a_time_to_come_is_an_error(expr, place):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert underlined(found) == [place]
    assert found.help.startswith("leave it out, or look back: offset ")


@pytest.mark.parametrize(
    ("expr", "place"),
    [
        ("x @ 1700000000 > 1", "@ 1700000000"),
        ("rate(x[5m] @ 1.5e9 offset 5m) > 1", "@ 1.5e9"),
        ("x @ end() > 1", "@ end()"),
        ("rate(x[5m]@start( )) > 1", "@start( )"),
        ("max_over_time(x[1h:1m] @ 0) > 1", "@ 0"),
        ("max_over_time((x @ 0)[1h:1m]) > 1", "@ 0"),
        ("max_over_time((x offset -5m)[1h:1m] @ 7) > 1", "@ 7"),
    ],
)
def test_one_moment_is_a_warning(expr, place):
    (found,) = find(ID, expr)
    assert found.level == "warning"
    assert underlined(found) == [place]


@pytest.mark.parametrize(
    "expr",
    [
        "x offset 5m > 1",
        "x offset 0s > 1",
        'x{a="offset -5m @ 3"} > 1',
        "max_over_time((x offset -30m)[1h:] offset 1h) > 1",
        # each evaluation of the subquery against the newest
        "max_over_time((x - x @ end())[1h:1m]) > 1",
    ],
)
def test_what_has_been_is_not_said(expr):
    assert find(ID, expr) == []


def test_a_group_that_is_evaluated_in_the_past_may_look_ahead():
    assert find(ID, "x offset -5m > 1", query_offset="10m") == []
    assert len(find(ID, "x @ 0 > 1", query_offset="10m")) == 1


def test_each_place_is_said():
    found = find(ID, record("a:b", "x offset -1m + x offset -2m + x @ 1"))
    assert underlined(*found) == ["offset -1m", "offset -2m", "@ 1"]
