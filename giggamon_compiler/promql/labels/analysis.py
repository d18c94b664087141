"""What labels each node of an expression yields: one walk from the leaves up.

Shapes: see `result`. A type error in the tree does not stop the analysis; what it then says of
that part is of no use. `promql/labels` reads trees only: no files, no rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from giggamon_compiler.promql.labels.aggregations import aggregate
from giggamon_compiler.promql.labels.branches import Dropped, bound
from giggamon_compiler.promql.labels.functions import Version, call, gone_with_name
from giggamon_compiler.promql.labels.matching import Pair, combine, pairs
from giggamon_compiler.promql.labels.result import Known, Result, make_result, make_why
from giggamon_compiler.promql.labels.selectors import select
from giggamon_compiler.promql.language import NEWEST
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    StringLiteral,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.walk import walk


class Analysis:
    """The results of all nodes of one tree."""

    __slots__ = ("_pairs", "_results", "tree")

    def __init__(
        self, tree: Expr, results: Mapping[int, Result], met: dict[int, tuple[Pair, ...]]
    ) -> None:
        self.tree = tree
        self._results = results
        self._pairs = met

    @property
    def result(self) -> Result:
        """What the whole expression yields."""
        return self._results[id(self.tree)]

    def of(self, node: Expr) -> Result:
        """What a node of this very tree yields, however deep it stands."""
        return self._results[id(node)]

    def pairs(self, node: BinaryExpr) -> tuple[Pair, ...]:
        """The pairs of branches that an operator between two vectors brings together.

        Those that can never meet are among them, with their conflict; the operator yields nothing
        where all are (`unless` and `or` aside). Empty where a side is a number or yields nothing.
        """
        found = self._pairs.get(id(node))
        if found is None:
            lhs, rhs = self.of(node.lhs), self.of(node.rhs)
            is_met = lhs.type == rhs.type == "vector" and node.op != "or"
            found = self._pairs[id(node)] = pairs(node, lhs, rhs) if is_met else ()
        return found


def analyse(
    tree: Expr,
    known: Known | None = None,
    version: str = NEWEST,
    nodes: list[Expr] | None = None,
) -> Analysis:
    """What labels each node yields on a version ("2.42", "3.5.3"), given what is known.

    nodes: all of the tree, each before what it holds, for one that has them already
    """
    number = version_number(version)
    results: dict[int, Result] = {}
    analysis = Analysis(tree, results, {})
    for node in reversed(walk(tree) if nodes is None else nodes):
        results[id(node)] = _result(node, analysis, results, known, number)
    return analysis


@lru_cache(maxsize=64)
def version_number(version: str) -> Version:
    """Major and minor number: (2, 42) of "2.42.0"."""
    major, _, rest = version.partition(".")
    return int(major), int(rest.partition(".")[0] or 0)


def _result(
    node: Expr,
    analysis: Analysis,
    results: Mapping[int, Result],
    known: Known | None,
    version: Version,
) -> Result:
    match node:
        case VectorSelector():
            return select(node, known)
        case Call():
            return call(node, [results[id(arg)] for arg in node.args], version)
        case AggregateExpr():
            return aggregate(node, results[id(node.expr)])
        case BinaryExpr():
            lhs, rhs = results[id(node.lhs)], results[id(node.rhs)]
            return combine(node, lhs, rhs, version, analysis.pairs)
        case NumberLiteral():
            return NUMBER
        case MatrixSelector():
            return _as_matrix(results[id(node.selector)])
        case SubqueryExpr():
            return _as_matrix(results[id(node.expr)])
        case ParenExpr():
            return results[id(node.expr)]
        case UnaryExpr():
            return _negate(node, results[id(node.expr)], version)
        case StringLiteral():
            return STRING


NUMBER = make_result("scalar")
STRING = make_result("string")


def _as_matrix(result: Result) -> Result:
    return make_result("matrix", result.branches, result.why_empty)


def _negate(node: UnaryExpr, inner: Result, version: Version) -> Result:
    """A minus drops the metric's name, a plus changes nothing (asked of both engines)."""
    if node.op == "+" or inner.type != "vector":
        return inner
    why = make_why("- drops the metric's name", node.start, node.start + 1)
    gone = gone_with_name(version)
    branches = tuple([bound(Dropped(branch, gone, why)) for branch in inner.branches])
    return make_result("vector", branches, inner.why_empty)
