"""What functions leave of the labels, as both engines answered when they were asked."""

from __future__ import annotations

import pytest

from giggamon_compiler.promql import language
from giggamon_compiler.promql.labels import functions
from tests.promql.labels.saying import NEWER, OLDER, analysed, said

X = 'x{a="1"}'
NAMED = "__name__=x a=1 …"
NAMELESS = "!__name__ a=1 …"
NAMELESS_NEWER = "!__name__ !__type__ !__unit__ a=1 …"


@pytest.mark.parametrize(
    "text",
    [
        f"rate({X}[5m])",
        f"max_over_time({X}[5m])",
        f"max_over_time(({X})[5m:1m])",
        f"abs({X})",
        f"timestamp({X})",
        f"hour({X})",
        f"clamp_max({X}, 1)",
        f"predict_linear({X}[5m], 60)",
        f"quantile_over_time(0.9, {X}[5m])",
        f"-{X}",
    ],
)
def test_the_name_goes(text: str) -> None:
    assert said(text, OLDER) == [NAMELESS]
    assert said(text, NEWER) == [NAMELESS_NEWER]


@pytest.mark.parametrize("func", ["avg", "count", "stddev", "stdvar", "sum"])
def test_what_tells_of_a_histogram_leaves_the_labels_that_describe_its_metric(func: str) -> None:
    text = f"histogram_{func}({X})"
    assert said(text, OLDER) == said(text, NEWER) == [NAMELESS]


@pytest.mark.parametrize(
    "text",
    [
        f"sort({X})",
        f"sort_desc({X})",
        f'sort_by_label({X}, "a")',
        f"last_over_time({X}[5m])",
        f"last_over_time(({X})[5m:1m])",
        f"+{X}",
        f"({X})",
        f"{X} @ 100",
    ],
)
def test_the_name_stays(text: str) -> None:
    assert said(text, OLDER) == said(text, NEWER) == [NAMED]


@pytest.mark.parametrize("text", ["vector(1)", "hour()", "day_of_month()", "vector(scalar(x))"])
def test_what_is_made_of_a_number_has_no_labels(text: str) -> None:
    assert said(text) == [""]


@pytest.mark.parametrize("text", ["1", "time()", "pi()", "scalar(x)", "1 + time()", "-1"])
def test_numbers_have_no_series(text: str) -> None:
    result = analysed(text).result
    assert (result.type, result.branches) == ("scalar", ())


def test_every_function_that_the_language_knows_has_a_law() -> None:
    known = {
        *functions.NAME_DROPPING,
        *functions.KEEPING,
        *functions.SCALARS,
        *functions.ABSENCE,
        *("vector", "label_replace", "label_join", "info"),
        *("histogram_quantile", "histogram_fraction"),
    }
    assert set(language.FUNCTIONS) <= known


@pytest.mark.parametrize(
    ("text", "older", "newer"),
    [
        ('absent(x{a="1",b!="2",c=~"x"})', "a=1", "a=1"),
        ('absent((x{a="1"}))', "a=1", "a=1"),
        ('absent(x{a="1"} offset 5m)', "a=1", "a=1"),
        ('absent(x{a="1"} @ 100)', "a=1", "a=1"),
        ('absent({__name__="x",a="1"})', "a=1", "a=1"),
        ('absent(x{a="",b="3"})', "b=3", "b=3"),
        ('absent(x{a="1",a="2",b="3"})', "b=3", "b=3"),
        ('absent(x{a="1",a="1",b="3"})', "b=3", "b=3"),
        ('absent(x{a="1",a="2",a="3"})', "", ""),
        ('absent(x{a="1",a!="2",b="3"})', "b=3", "b=3"),
        ('absent(x{a=~"1",a="2",b="3"})', "a=2 b=3", "a=2 b=3"),
        ('absent(x{a!="1",a="2",b="3"})', "a=2 b=3", "a? b=3"),
        ('absent(x{a="1"} > 0)', "", ""),
        ('absent(+x{a="1"})', "", ""),
        ('absent(sum by (a) (x{a="1"}))', "", ""),
        ('absent_over_time(x{a="1"}[5m])', "a=1", "a=1"),
        ('absent_over_time((x{a="1"}[5m]))', "a=1", "a=1"),
        ('absent_over_time(x{a="1"}[5m:1m])', "", ""),
    ],
)
def test_absent_has_what_the_matchers_fix(text: str, older: str, newer: str) -> None:
    assert said(text, OLDER) == [older]
    assert said(text, NEWER) == [newer]


def test_absent_of_what_cannot_be_there_returns_something() -> None:
    assert said('absent(x{a="1",a="2",b="3"})') == ["b=3"]


@pytest.mark.parametrize(
    ("text", "older", "newer"),
    [
        ("histogram_quantile(0.9, sum by (le, job) (x))", "job?", "job?"),
        ('histogram_quantile(0.9, x_bucket{le="1"})', "!__name__ !le …", None),
        ("histogram_fraction(0, 1, sum by (le, job) (x))", "job? le?", "job?"),
        ("histogram_fraction(0, 1, sum by (job) (x))", "job?", "job?"),
    ],
)
def test_le_goes_with_its_buckets(text: str, older: str, newer: str | None) -> None:
    assert said(text, OLDER) == [older]
    assert said(text, NEWER) == [newer or "!__name__ !__type__ !__unit__ !le …"]


def test_info_may_add_any_label_and_takes_none() -> None:
    assert said('info(sum by (a, b) (x{a="1"}))') == ["!__name__ a=1 …"]
    assert said('info(x{a="1"}, {data=~".+"})') == [NAMED]
    assert said('info(x{a=""})') == ["__name__=x …"]
