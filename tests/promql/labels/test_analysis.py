"""The walk over a tree: every node has a result, however deep the tree is."""

from __future__ import annotations

import sys

import pytest

from giggamon_compiler.promql.labels.analysis import version_number
from giggamon_compiler.promql.labels.result import NAME
from giggamon_compiler.promql.nodes import VectorSelector
from giggamon_compiler.promql.walk import walk
from tests.promql.labels.saying import analysed, line, said

EXPR = 'sum by (a) (rate(x{a="1"}[5m])) / on (a) group_left () vector(1) or -(y > 1)'


def test_every_node_has_a_result() -> None:
    analysis = analysed(EXPR)
    for node in walk(analysis.tree):
        assert analysis.of(node).type in ("vector", "scalar", "matrix")
    selectors = [node for node in walk(analysis.tree) if isinstance(node, VectorSelector)]
    assert [line(analysis.of(node).branches[0]) for node in selectors] == [
        "__name__=x a=1 …",
        "__name__=y …",
    ]


def test_nothing_is_claimed_of_a_tree_that_is_too_deep() -> None:
    text = "sum by (a) (" * 40 + "x" + ")" * 40
    assert said(text) == ["a?"]
    many = "label_replace(" * 64 + "x" + ', "a", "$1", "b", "(.+)")' * 64
    for deep in ("x" + " + x" * 160, "-" * 160 + "x", "x and " * 160 + "x", many):
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(1000)
        try:
            (branch,) = analysed(deep).result.branches
            assert branch.fact("a").presence == "possible"
            assert branch.fact(NAME).presence in ("possible", "absent", "certain")
        finally:
            sys.setrecursionlimit(before)


@pytest.mark.parametrize(
    ("text", "number"), [("2.42", (2, 42)), ("2.42.0", (2, 42)), ("3.5.3", (3, 5)), ("3", (3, 0))]
)
def test_versions(text: str, number: tuple[int, int]) -> None:
    assert version_number(text) == number
