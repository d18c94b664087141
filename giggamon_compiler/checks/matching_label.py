"""Two sides of an operator are matched on a label that one of them cannot have.

Series of two sides match when the labels of `on`, or all that `ignoring` leaves, are equal. Where
one side always has the label and the other cannot have it, or has other values, no two ever match:
an arithmetic operator, a comparison and `and` then return nothing, and `unless` takes nothing away.
Where a side only may have it, those series match that lack it, which is a warning.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failed = Record("job:requests_failed:ratio", expr='''
        sum by (job) (rate(http_requests_total{code="500"}[5m]))
          / on (job, code) sum by (job, code) (rate(http_requests_total{code="500"}[5m]))''')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failed = Record("job:requests_failed:ratio", expr='''
        sum by (job) (rate(http_requests_total{code="500"}[5m]))
          / on (job) sum by (job) (rate(http_requests_total[5m]))''')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.labels.matching import Conflict
from giggamon_compiler.promql.labels.result import Fact, Result
from giggamon_compiler.promql.nodes import BinaryExpr, Label, NumberLiteral
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Both sides of each operator can have what they are matched on."""
    for node in query.each(BinaryExpr):
        if node.op == "or" or isinstance(node.rhs, NumberLiteral):
            continue  # of `or`, series that do not match are what is wanted
        if query.analysis is None:
            return
        pairs = query.analysis.pairs(node)
        if not pairs:
            continue  # a number, or nothing at all, which is said of what is inside
        conflict = pairs[0].conflict
        if conflict is not None and all(pair.conflict is not None for pair in pairs):
            yield _impossible(query, node, conflict)
        elif node.matching is not None and node.matching.on:
            left, right = query.analysis.of(node.lhs), query.analysis.of(node.rhs)
            for listed in node.matching.labels:
                yield from _missing(query, listed, left, right)


def _impossible(query: ProgramQuery, node: BinaryExpr, conflict: Conflict) -> Finding:
    label = conflict.label
    place = query.origin(node.op_start, node.op_start + len(node.op))
    matched = "the two sides are matched on every label"
    if node.matching is not None:
        listed = next((it for it in node.matching.labels if it.name == label), None)
        place = query.span(listed or node.matching)
        if listed is not None:
            matched = f"the two sides are matched on {label}"
        elif node.matching.labels:
            matched = "the two sides are matched on every label but those ignored"
    effect = "takes nothing away" if node.op == "unless" else "returns nothing"
    operator = f"the operator {node.op}" if node.op.isalpha() else node.op
    facts = {"left": conflict.lhs, "right": conflict.rhs}
    said = " and ".join(f"the {side} one {_told(fact, label)}" for side, fact in facts.items())
    lacking = next((it for it, fact in facts.items() if fact.presence == "absent"), None)
    advice = f"match without it: {_rewritten(node, label)}"
    if lacking:
        advice = f"keep {label} on the {lacking} side, or {advice}"
    return Finding(
        "matching-label",
        f"{query.name}: {operator} {effect}: {matched}, {said}",
        place,
        advice,
        query.subject,
        query.level([why for it in facts.values() if it.presence == "absent" for why in it.why]),
        notes=query.notes(tuple(why for fact in facts.values() for why in fact.why[:2])),
    )


def _told(fact: Fact, label: str) -> str:
    if fact.presence == "absent":
        return f"cannot have {label}"
    values = fact.values.text
    if not values:
        return f"always has {label}"
    has = "has" if fact.presence == "certain" else "may have"
    if fact.values.finite:
        return f"{has} {label}={values}"
    return f"{has} {label} that {'is ' if values.startswith('not ') else ''}{values}"


def _rewritten(node: BinaryExpr, label: str) -> str:
    matching = node.matching
    kept = [it.name for it in matching.labels if it.name != label] if matching is not None else []
    if matching is not None and matching.on:
        return f"on ({', '.join(kept)})"
    return f"ignoring ({', '.join([*kept, label])})"


def _missing(query: ProgramQuery, label: Label, left: Result, right: Result) -> Iterator[Finding]:
    """A label of `on` that one side, or both, cannot have, where series may match all the same."""
    lacks = [_lacks(side, label.name) for side in (left, right)]
    if not any(lacks):
        return
    if all(lacks):
        said = "neither side can have it, so it tells nothing apart"
        advice = "leave it out"
    else:
        side, other = ("left", "right") if lacks[0] else ("right", "left")
        said = f"the {side} side cannot have it, so only series of the {other} one without it match"
        advice = f"keep {label.name} on the {side} side, or leave it out"
    facts = (left if lacks[0] else right).facts(label.name)
    yield Finding(
        "matching-label",
        f"{query.name} is matched on {label.name}: {said}",
        query.span(label),
        advice,
        query.subject,
        "warning",
        query.notes(facts[0].why),
    )


def _lacks(side: Result, label: str) -> bool:
    return all(fact.presence == "absent" for fact in side.facts(label))
