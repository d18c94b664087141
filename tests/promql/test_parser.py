from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_node
from giggamon_compiler.promql.walk import children, walk
from tests.promql.trees import meaning, trees


def tree(text: str) -> Expr:
    parsed = parse(text)
    assert parsed.tree is not None, parsed.problem
    return parsed.tree


def test_an_alert_is_read_with_every_place() -> None:
    text = 'sum by (job) (rate(http_total{code=~"5..",job!="x"}[5m] offset 1h)) / 2 > bool 0.05'
    root = tree(text)
    assert isinstance(root, nodes.BinaryExpr)
    assert (root.op, root.bool, text[root.op_start]) == (">", True, ">")
    ratio = root.lhs
    assert isinstance(ratio, nodes.BinaryExpr)
    total = ratio.lhs
    assert isinstance(total, nodes.AggregateExpr)
    assert total.grouping is not None
    assert text[total.grouping.start : total.grouping.end] == "by (job)"
    assert [text[label.start : label.end] for label in total.grouping.labels] == ["job"]
    call = total.expr
    assert isinstance(call, nodes.Call)
    matrix = call.args[0]
    assert isinstance(matrix, nodes.MatrixSelector)
    assert text[matrix.start : matrix.end] == 'http_total{code=~"5..",job!="x"}[5m] offset 1h'
    assert text[matrix.range.start : matrix.range.end] == "5m"
    selector = matrix.selector
    assert text[selector.start : selector.end] == 'http_total{code=~"5..",job!="x"}'
    assert selector.end == selector.bare_end
    assert selector.offset == nodes.Duration(63, 65, 3_600_000, "1h")
    assert [text[m.start : m.end] for m in selector.matchers] == ['code=~"5.."', 'job!="x"']
    assert text[selector.matchers[0].value_start : selector.matchers[0].value_end] == '"5.."'


@given(trees())
def test_the_characters_of_a_node_say_the_node(made: Expr) -> None:
    text = print_node(made)
    for node in walk(tree(text)):
        said = text[node.start : node.end]
        inner = [*children(node)]
        assert all(node.start <= child.start <= child.end <= node.end for child in inner)
        if isinstance(node, nodes.VectorSelector) and node.end == node.bare_end:
            node = dataclasses.replace(node, offset=None, at=None)  # a range's inner selector
        assert meaning(parse(said).tree) == meaning(node)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a + b * c", "a + (b * c)"),
        ("a * b + c", "(a * b) + c"),
        ("a - b - c", "(a - b) - c"),
        ("a ^ b ^ c", "a ^ (b ^ c)"),
        ("-a ^ b", "-(a ^ b)"),
        ("-a * b", "(-a) * b"),
        ("a ^ -b ^ c * d", "(a ^ (-(b ^ c))) * d"),
        ("- - -1", "-1"),
        ("a or b and c unless d", "a or ((b and c) unless d)"),
        ("a == b > c", "(a == b) > c"),
        ("a > b + c atan2 d", "a > (b + (c atan2 d))"),
        ("-a[5m:]", "-(a[5m:])"),
        ("a + b offset 5m", "a + (b offset 5m)"),
        ("sum(a) by (x)", "sum by (x) (a)"),
        ("SUM by (x,) (a)", "sum by (x) (a)"),
        ("a AND ON (x) b", "a and on (x) b"),
        ("a @ start() [5m]", "a[5m] @ start()"),
        ("a # one\n+ # two\nb", "a + b"),
        ("(((a)))", "a"),
    ],
)
def test_what_holds_tighter(text: str, same: str) -> None:
    assert meaning(tree(text)) == meaning(tree(same))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5), ("5.", 5), (".5", 0.5), ("1e3", 1000), ("0x1F", 31), ("017", 15), ("08", 8),
        ("1_000.5", 1000.5), ("-5", -5), ("- 5", -5), ("+5", 5), ("Inf", math.inf),
        ("-inf", -math.inf), ("5m", 300), ("1h30m", 5400), ("-1ms", -0.001), ("0s", 0),
        ("99999999999999999999", 1e20), ("1e5_0", 1e50),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float) -> None:
    node = tree(text)
    assert isinstance(node, nodes.NumberLiteral)
    assert node.value == value
    assert (node.start, node.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("5m", 300_000), ("-5m", -300_000), ("- 5m", -300_000), ("--5m", 300_000), ("+5m", 300_000),
        ("1y2w3d4h5m6s7ms", 33_019_506_007), ("300", 300_000), ("1.5", 1500), ("0x10", 16_000),
        ("-0.0019", -1), ("0s", 0),
    ],
)  # fmt: skip
def test_durations(text: str, milliseconds: int) -> None:
    node = tree(f"x offset {text}")
    assert isinstance(node, nodes.VectorSelector)
    assert node.offset == nodes.Duration(9, 9 + len(text), milliseconds, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a"', "a"), ("'a\"b'", 'a"b'), ("`a\\d`", "a\\d"), ('"\\n\\t\\""', '\n\t"'),
        ('"\\x41\\101\\u00e9\\U0001f600"', "AAé\U0001f600"), ('"\\xff"', "\udcff"),
        ('"\\xc3\\xa9"', "é"), ("`a\nb`", "a\nb"), ('"#"', "#"),
    ],
)  # fmt: skip
def test_strings(text: str, value: str) -> None:
    node = tree(text)
    assert isinstance(node, nodes.StringLiteral)
    assert node.value == value


@pytest.mark.parametrize("name", ["sum", "by", "and", "offset", "start", "a:b", ":", "infinity"])
def test_words_of_the_language_that_name_metrics_too(name: str) -> None:
    node = tree(name)
    assert isinstance(node, nodes.VectorSelector)
    assert node.name == name


def test_names_in_quotes() -> None:
    node = tree('{"a.b", "c d"="e"}')
    assert isinstance(node, nodes.VectorSelector)
    assert (node.name, node.quoted) == ("a.b", True)
    assert [(m.name, m.value) for m in node.matchers] == [("c d", "e")]


def test_a_group_clause_has_its_own_place() -> None:
    text = "a * on (job) group_left (x, y) b"
    node = tree(text)
    assert isinstance(node, nodes.BinaryExpr)
    matching = node.matching
    assert matching is not None
    assert text[matching.start : matching.end] == "on (job)"
    assert text[matching.include_start : matching.include_end] == "group_left (x, y)"
    assert matching.card == "many-to-one"


def test_comments_are_kept() -> None:
    parsed = parse('# one\nx{a="#no"} # two\r\n> 5#three')
    assert [comment.text for comment in parsed.comments] == ["# one", "# two", "#three"]
    assert all(parsed.text[c.start : c.end] == c.text for c in parsed.comments)


def test_nodes_are_frozen_and_equal() -> None:
    node = tree("x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        node.start = 1  # type: ignore[misc]
    assert node == tree("x")
    assert hash(node) == hash(tree("x"))
    assert type(node) is nodes.VectorSelector


def test_walking_gives_each_node_before_what_it_holds() -> None:
    text = "topk(5, x) + -y"
    assert [text[node.start : node.end] for node in walk(tree(text))] == [
        "topk(5, x) + -y", "topk(5, x)", "5", "x", "-y", "y",
    ]  # fmt: skip
