from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_expr, print_node
from tests.promql.trees import meaning, trees


def printed(text: str) -> str:
    parsed = parse(text)
    assert parsed.problem is None
    return print_expr(parsed)


@settings(max_examples=300)
@given(trees())
def test_whatever_is_printed_reads_as_the_same_tree(tree: Expr) -> None:
    text = print_node(tree)
    parsed = parse(text)
    assert parsed.problem is None, text
    assert meaning(parsed.tree) == meaning(tree)
    assert parsed.tree is not None
    assert print_node(parsed.tree) == text


@given(trees(), st.data())
def test_layout_keeps_tree_and_comments_and_is_stable(tree: Expr, data: st.DataObject) -> None:
    text = print_node(tree)
    for word in ("# one", "  # two"):
        blanks = [place for place, sign in enumerate(text) if sign == " "]
        if blanks:
            place = data.draw(st.sampled_from(blanks))
            text = f"{text[:place]} {word}\n{text[place:]}"
    parsed = parse(text)
    if parsed.tree is None:  # the comment went into a string, or where none may stand
        return
    laid = print_expr(parsed)
    again = parse(laid)
    assert meaning(again.tree) == meaning(parsed.tree)
    assert [comment.text for comment in again.comments] == [c.text for c in parsed.comments]
    assert print_expr(again) == laid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum( rate(x [5m]) )by(job)", "sum by (job) (rate(x[5m]))"),
        ("SUM(x) WITHOUT (a,b,)", "sum without (a, b) (x)"),
        ("x AND on(a)y", "x and on (a) y"),
        ("a/on(job)group_left b", "a / on (job) group_left () b"),
        ("x>bool 10m", "x > bool 10m"),
        ("x{a='b',c=`d\\e`}", 'x{a="b",c="d\\\\e"}'),
        ('{"a.b",job="x"}', '{"a.b",job="x"}'),
        ("x[1h:] @ start() offset -5m", "x[1h:] offset -5m @ start()"),
        ("1_000 + 0x1F + - 5 + +Inf", "1_000 + 0x1F + -5 + +Inf"),
        ("(x)", "(x)"),
        ("-x^2", "-x ^ 2"),
        ("a-b-c", "a - b - c"),
        ("a^b^c", "a ^ b ^ c"),
        ('"\\x41\\xff"', '"A\\xff"'),
        ("x # why", "x\n# why"),
        ("# a\nx > # b\n5", "# a\n  x\n>\n  # b\n  5"),
    ],
)
def test_in_one_line(text: str, expected: str) -> None:
    assert printed(text) == expected


LONG = "http_request_duration_seconds_bucket"


def test_a_long_one_is_broken_at_operators_and_arguments() -> None:
    text = (
        f'histogram_quantile(0.99,sum by(le)(rate({LONG}{{job="api",handler=~"/api/.*"}}[5m])))'
        " > 1 and on(job) up == 1"
    )
    assert printed(text) == (
        "    histogram_quantile(\n"
        "      0.99,\n"
        f'      sum by (le) (rate({LONG}{{job="api",handler=~"/api/.*"}}[5m]))\n'
        "    )\n"
        "  >\n"
        "    1\n"
        "and on (job)\n"
        "  up == 1"
    )


def test_operators_that_hold_equally_tight_stand_below_each_other() -> None:
    assert printed(f"{LONG}_a + {LONG}_b - {LONG}_c") == (
        f"  {LONG}_a\n+\n  {LONG}_b\n-\n  {LONG}_c"
    )
    assert printed(f"{LONG}_a ^ {LONG}_b ^ {LONG}_c") == (
        f"  {LONG}_a\n^\n  {LONG}_b\n^\n  {LONG}_c"
    )


def test_a_tree_gets_the_brackets_that_it_needs() -> None:
    x = nodes.VectorSelector(0, 0, "x", (), None, None, quoted=False, bare_end=0)
    added = nodes.BinaryExpr(0, 0, "+", 0, x, x, False, None)
    assert print_node(nodes.BinaryExpr(0, 0, "*", 0, added, added, False, None)) == (
        "(x + x) * (x + x)"
    )
    assert print_node(nodes.BinaryExpr(0, 0, "-", 0, added, added, False, None)) == (
        "x + x - (x + x)"
    )
    power = nodes.BinaryExpr(0, 0, "^", 0, x, x, False, None)
    assert print_node(nodes.BinaryExpr(0, 0, "^", 0, power, power, False, None)) == (
        "(x ^ x) ^ x ^ x"
    )
    number = nodes.NumberLiteral(0, 0, 5.0)
    assert print_node(nodes.UnaryExpr(0, 0, "-", number)) == "-(5)"
    five = nodes.Duration(0, 0, 300_000, "5m")
    assert print_node(nodes.SubqueryExpr(0, 0, added, five, None, None, None)) == "(x + x)[5m:]"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"), (-0.25, "-0.25"), (1e20, "1e+20"), (float("inf"), "Inf"),
        (float("-inf"), "-Inf"), (float("nan"), "NaN"),
    ],
)  # fmt: skip
def test_numbers_that_have_no_spelling_of_their_own(value: float, text: str) -> None:
    assert print_node(nodes.NumberLiteral(0, 0, value)) == text


def test_what_cannot_be_read_stays_as_it_is() -> None:
    assert print_expr(parse("sum(  ")) == "sum(  "
