"""Which parts of the language runs have met: counted once a run, where the whole had a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk
from tests.promql.labels import oracle_vocabulary as vocabulary
from tests.promql.labels.oracle_judge import Run

ENOUGH = 20


def wanted(*, newer: bool) -> list[str]:
    """Every function, aggregation with its clauses, operator, and way of matching."""
    return [
        *(f"function:{name}" for name in vocabulary.functions(newer=newer)),
        *(
            f"aggregation:{op}{clause}"
            for op in vocabulary.aggregations(newer=newer)
            for clause in ("", " by", " without")
        ),
        *(f"operator:{op}" for op in vocabulary.OPERATORS),
        *(f"matching:{card}" for card in vocabulary.CARDS if card),
        *(f"matcher:{op}" for op in ("=", "!=", "=~", "!~")),
        *(f"unary:{op}" for op in "+-"),
        *("bool", "subquery", "offset", "@"),
    ]


def met(runs: Iterable[Run]) -> Counter[str]:
    """In how many runs each was met."""
    counts: Counter[str] = Counter()
    for run in runs:
        if run.is_answered:
            texts = (run.text, *(it.text for it in run.recordings))
            trees = [tree for text in texts if (tree := parse(text).tree) is not None]
            counts.update({name for tree in trees for node in walk(tree) for name in _names(node)})
    return counts


def missed(runs: Sequence[Run], *, newer: bool, enough: int = ENOUGH) -> dict[str, int]:
    """What was met too rarely, and how often."""
    counts = met(runs)
    return {name: counts[name] for name in wanted(newer=newer) if counts[name] < enough}


def _names(node: Expr) -> Iterator[str]:
    match node:
        case nodes.Call():
            yield f"function:{node.func}"
        case nodes.AggregateExpr():
            clause = ("" if node.grouping is None else
                      " without" if node.grouping.without else " by")  # fmt: skip
            yield f"aggregation:{node.op}{clause}"
        case nodes.BinaryExpr():
            yield f"operator:{node.op}"
            if node.bool:
                yield "bool"
            if node.matching:
                yield f"matching:{_card(node.matching)}"
        case nodes.UnaryExpr():
            yield f"unary:{node.op}"
        case nodes.SubqueryExpr():
            yield "subquery"
        case nodes.VectorSelector():
            yield from (f"matcher:{it.op}" for it in node.matchers)
            yield from (["offset"] if node.offset else [])
            yield from (["@"] if node.at else [])


def _card(matching: nodes.Matching) -> str:
    how = "on" if matching.on else "ignoring"
    group = {"many-to-one": " group_left", "one-to-many": " group_right"}.get(matching.card, "")
    return how + group
