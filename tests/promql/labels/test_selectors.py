"""What matchers say of a selector's series."""

from __future__ import annotations

import pytest

from tests.promql.labels.saying import analysed, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", "__name__=x …"),
        ('{__name__="x"}', "__name__=x …"),
        ('{job="a"}', "job=a …"),
        ('x{a="1"}', "__name__=x a=1 …"),
        ('x{a=""}', "__name__=x !a …"),
        ('x{a!=""}', "__name__=x a …"),
        ('x{a!="1"}', '__name__=x a?<not "1"> …'),
        ('x{a!="1",a!=""}', '__name__=x a<not "1"> …'),
        ('x{a=~"1|2"}', "__name__=x a=1|2 …"),
        ('x{a=~"1|2|"}', "__name__=x a?=1|2 …"),
        ('x{a=~"(a|b)c?"}', "__name__=x a=a|ac|b|bc …"),
        ('x{a=~"1|2",a!="1"}', "__name__=x a=2 …"),
        ('x{a=~"1|2|3",a!~"[12]"}', "__name__=x a=3 …"),
        ('x{a=~".*"}', "__name__=x …"),
        ('x{a=~".+"}', "__name__=x a …"),
        ('x{a!~".+"}', "__name__=x !a …"),
        ('x{a!~""}', "__name__=x a …"),
        ('x{a=~"|"}', "__name__=x !a …"),
        ('x{a=~"5.."}', '__name__=x a<matches "5.."> …'),
        ('x{a=~".*-db"}', '__name__=x a<matches ".*-db"> …'),
        ('x{a=~"^web$"}', "__name__=x a=web …"),
        ('x{a=~"(?i)web"}', '__name__=x a<matches "(?i)web"> …'),
        ('x{a=~"(?i)(web)?"}', '__name__=x a?<matches "(?i)(web)?"> …'),
        ('{__name__=~"x|y"}', "__name__=x|y …"),
    ],
)
def test_matchers_together_say_whether_a_label_is_there(text: str, expected: str) -> None:
    assert said(text) == [expected]
    assert said(f"{text} offset 5m") == [expected]
    assert said(f"last_over_time({text}[5m] @ 100)") == [expected]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ('x{a="1",b="z",a="2"}', 'a="1",b="z",a="2"'),
        ('x{a="1",a!="1"}', 'a="1",a!="1"'),
        ('x{a=~"1|2",a=~"3.*"}', 'a=~"1|2",a=~"3.*"'),
        ('x{a=~"b.*",a!~"b.*"}', 'a=~"b.*",a!~"b.*"'),
        ('x{a=~"b.*",a=~"c.*"}', 'a=~"b.*",a=~"c.*"'),
        ('x{a=~".*b",a=~".*c"}', 'a=~".*b",a=~".*c"'),
        ('x{a="",a!=""}', 'a="",a!=""'),
        ('x{a!~".*"}', 'a!~".*"'),
        ('x{a!~".+|"}', 'a!~".+|"'),
    ],
)
def test_contradicting_matchers_select_nothing(text: str, span: str) -> None:
    result = analysed(text).result
    assert result.branches == ()
    assert text[result.why_empty[0].start : result.why_empty[0].end] == span
    for outer in (f"sum({text})", f"rate({text}[5m])", f"{text} > 1", f"up and {text}"):
        assert said(outer) == []
    assert said(f"up unless {text}") == ["__name__=up …"]
    assert said(f"up or {text}") == ["__name__=up …"]


@pytest.mark.parametrize(
    "text", ['x{a="1",a=~"1.*"}', 'x{a!="1",a!="2"}', 'x{a=~".*b",a=~"a.*"}', 'x{a=~"a{2}"}']
)
def test_matchers_that_can_agree_select_something(text: str) -> None:
    assert len(said(text)) == 1


def test_a_reason_points_at_the_matcher_that_decides() -> None:
    text = 'sum by (a) (x{a!="1",a!=""})'
    (fact,) = analysed(text).result.facts("a")
    assert [text[why.start : why.end] for why in fact.why] == ['a!=""']
