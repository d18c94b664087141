"""label_replace and label_join, as both engines answered when they were asked."""

from __future__ import annotations

import pytest

from giggamon_compiler.promql.labels.relabelling import read_replacement
from tests.promql.labels.saying import analysed, said


def replaced(
    target: str, replacement: str, source: str, regex: str, inner: str = 'x{a=~"1|3",b="2"}'
) -> list[str]:
    return said(f'label_replace({inner}, "{target}", "{replacement}", "{source}", "{regex}")')


BASE = "__name__=x a=1|3 b=2"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        # A finite source is mapped value by value.
        (("n", "$1", "a", "(.*)"), f"{BASE} n=1|3 …"),
        (("n", "${1}-$1", "a", "(.*)"), f"{BASE} n=1-1|3-3 …"),
        (("n", "p-$1", "a", "(.+)"), f"{BASE} n=p-1|p-3 …"),
        (("n", "v", "a", "1|3"), f"{BASE} n=v …"),
        # Where it does not match, the label stays as it was.
        (("n", "v", "a", "1"), f"{BASE} …"),
        (("b", "v", "a", "1"), "__name__=x a=1|3 b=2|v …"),
        (("a", "9", "a", "1"), "__name__=x a=3|9 b=2 …"),
        # An empty text removes it.
        (("b", "", "a", "1"), "__name__=x a=1|3 b?=2 …"),
        (("b", "", "a", "1|3"), "__name__=x a=1|3 !b …"),
        (("b", "$1", "a", "1|3|(9)"), "__name__=x a=1|3 !b …"),
        (("b", "$2", "a", "(.*)"), "__name__=x a=1|3 !b …"),
        (("b", "$1x", "a", "(.*)"), "__name__=x a=1|3 !b …"),
        # A missing source is the empty text.
        (("n", "v", "c", ""), f"{BASE} …"),
        (("n", "pre-$1", "c", "(.*)"), f'{BASE} n<begins with "pre-"> …'),
        (("b", "$1", "c", "(.*)"), "__name__=x a=1|3 …"),
        # The name is a label like others.
        (("__name__", "new", "a", ".*"), "__name__=new a=1|3 b=2 …"),
        (("__name__", "", "a", ".*"), "!__name__ a=1|3 b=2 …"),
        (("n", "$1", "__name__", "(.*)"), f"{BASE} n=x …"),
        (("n", "${1}x$$", "a", "(.*)"), f"{BASE} n=1x$|3x$ …"),
        (("n", "$-x", "a", "(.*)"), f"{BASE} n=$-x …"),
        (("n", "$foo", "a", "(?P<foo>.*)"), f"{BASE} n=1|3 …"),
    ],
)
def test_label_replace(args: tuple[str, str, str, str], expected: str) -> None:
    assert replaced(*args) == [expected]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("n", "v", "c", ""), "a? b? n=v"),
        (("n", "v", "c", "nope"), "a? b?"),
        (("n", "v", "c", ".*"), "a? b? n=v"),
        (("n", "v", "a", "1"), "a? b? n?=v"),
        (("n", "$1", "c", "(.*)"), "a? b?"),
        (("n", "$1", "a", "(.*)"), "a? b? n?"),
        (("n", "$1", "a", "(.*)-.*"), "a? b? n?"),
        (("a", "$1", "c", "(.*)"), "b?"),
        (("a", "$1", "c", "(.+)"), "a? b?"),
        (("a", "", "a", ".*"), "b?"),
        (("a", "1", "a", ""), "a b?"),
    ],
)
def test_label_replace_where_no_other_label_can_be(
    args: tuple[str, str, str, str], expected: str
) -> None:
    assert replaced(*args, inner="sum by (a, b) (x)") == [expected]


def test_label_replace_keeps_the_reason() -> None:
    text = 'label_replace(sum(x), "b", "", "a", ".*")'
    (fact,) = analysed(text).result.facts("b")
    assert [(why.text, text[why.start : why.end]) for why in fact.why] == [
        ("label_replace writes b", '"b"'),
        ("sum without by keeps no label", "sum"),
    ]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ('"n", "-", "a", "b"', "__name__=x a=1|3 b=2 n=1-2|3-2 …"),
        ('"n", "-", "a"', "__name__=x a=1|3 b=2 n=1|3 …"),
        ('"n", "-", "c", "d"', "__name__=x a=1|3 b=2 n …"),
        ('"n", "", "c"', "__name__=x a=1|3 b=2 …"),
        ('"b", "-"', "__name__=x a=1|3 !b …"),
        ('"n", "-", "a", "c"', "__name__=x a=1|3 b=2 n …"),
        ('"n", "", "a", "c"', "__name__=x a=1|3 b=2 n …"),
    ],
)
def test_label_join(args: str, expected: str) -> None:
    assert said(f'label_join(x{{a=~"1|3",b="2"}}, {args})') == [expected]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ('"n", "-", "c", "d"', "a? n=-"),
        ('"n", "", "c", "d"', "a?"),
        ('"a", "", "c"', ""),
        ('"n", "", "a", "c"', "a? n?"),
    ],
)
def test_label_join_of_labels_that_cannot_be_there(args: str, expected: str) -> None:
    assert said(f"label_join(sum by (a) (x), {args})") == [expected]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("a", ["a"]),
        ("$1", [(1,)]),
        ("a$1b", ["a", ("1b",)]),
        ("a${1}b", ["a", (1,), "b"]),
        ("$$1", ["$1"]),
        ("$", ["$"]),
        ("a$-b", ["a$-b"]),
        ("${1", ["${1"]),
        ("${}z", ["${}z"]),
        ("${01}z", [("01",), "z"]),
        ("$1$0", [(1,), (0,)]),
        ("$é", [("é",)]),
    ],
)
def test_a_replacement_is_read_as_go_reads_it(text: str, pieces: list[object]) -> None:
    assert read_replacement(text) == pieces
