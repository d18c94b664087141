"""What aggregations leave of the labels."""

from __future__ import annotations

import pytest

from tests.promql.labels.saying import NEWER, OLDER, analysed, said

PLAIN = ["sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "quantile"]


def aggregation(op: str, clause: str, inner: str = 'x{a="1"}') -> str:
    param = {"quantile": "0.9, ", "count_values": '"v", ', "limit_ratio": "0.5, "}.get(op, "")
    if op in ("topk", "bottomk", "limitk"):
        param = "3, "
    return f"{op} {clause} ({param}{inner})"


@pytest.mark.parametrize("op", PLAIN)
@pytest.mark.parametrize("version", [OLDER, NEWER])
def test_grouping(op: str, version: str) -> None:
    for clause, expected in [
        ("", ""),
        ("by ()", ""),
        ("by (a)", "a=1"),
        ("by (a, b)", "a=1 b?"),
        ("by (a, __name__)", "__name__=x a=1"),
        ("without (b)", "!__name__ a=1 !b …"),
        ("without (a)", "!__name__ !a …"),
        ("without ()", "!__name__ a=1 …"),
    ]:
        assert said(aggregation(op, clause), version) == [expected], clause


@pytest.mark.parametrize("op", ["topk", "bottomk", "limitk", "limit_ratio"])
@pytest.mark.parametrize("clause", ["", "by (b)", "without (a)"])
def test_those_that_select_series_keep_all_their_labels(op: str, clause: str) -> None:
    assert said(aggregation(op, clause)) == ["__name__=x a=1 …"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('count_values("v", x)', "v"),
        ('count_values(("v"), x)', "v"),
        ('count_values by (a) ("v", x{a="1"})', "a=1 v"),
        ('count_values by (a) ("a", x{a="1"})', "a"),
        ('count_values without (b) ("a", x{a="1"})', "!__name__ a !b …"),
        ('count_values without (v) ("v", x)', "!__name__ !v …"),
        ('count_values("__name__", x)', "__name__"),
        ('count_values without (a) ("__name__", x)', "!__name__ !a …"),
    ],
)
def test_count_values_sets_its_label_before_it_groups(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_label_that_cannot_be_there_stays_absent_in_by() -> None:
    assert said("sum by (b) (sum by (a) (x))") == [""]


def test_reasons_name_the_clause_nearest_the_result_first() -> None:
    text = "sum by (a, b) (avg without (c) (x))"
    (fact,) = analysed(text).result.facts("c")
    assert [(why.text, text[why.start : why.end]) for why in fact.why] == [
        ("by (a, b) keeps only a, b", "by (a, b)"),
        ("without (c) drops c", "without (c)"),
    ]
    (fact,) = analysed("max(x)").result.facts("c")
    assert [(why.text, why.start, why.end) for why in fact.why] == [
        ("max without by keeps no label", 0, 3)
    ]
