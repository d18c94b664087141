"""A query speaks of a label that the series which it reads are not known to have.

A matcher on a label that is not there selects nothing, or excludes nothing; `by`, `on` and
`group_left` of it keep, match and copy nothing, and a text that reads it stays empty. A label is
looked up where the metric is known: among those of its declaration and those that its scrape puts,
which is an error, and those that were recorded of an exporter, which is a warning, because with
another configuration there may be more.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    requests = metric.Counter("requests_total", help="Requests", labels={"code": ["200", "500"]})
    failed = Record("job:failed:rate5m", expr='''
        sum by (job) (rate(requests_total{job="orders",status="500"}[5m]))''')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    requests = metric.Counter("requests_total", help="Requests", labels={"code": ["200", "500"]})
    failed = Record("job:failed:rate5m", expr='''
        sum by (job) (rate(requests_total{job="orders",code="500"}[5m]))''')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, Origin
from giggamon_compiler.promql.labels.result import NAME, Result
from giggamon_compiler.promql.nodes import AggregateExpr, BinaryExpr, Expr, Label
from giggamon_compiler.queries import ProgramQuery
from giggamon_compiler.queries.lookups import Miss

LEVEL: Level = "error"
WHOLE = True

_NEAR = 0.7
_FEW = 8


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each label that is spoken of can be there."""
    if not query.reading.shown.jobs:
        return
    for miss in query.misses:
        if miss.is_of_label:
            yield _missed(query, miss)
    for label, sides, what in _listed(query):
        lacking = [side for side in sides if _lacks(query, side, label.name)]
        if lacking and (len(lacking) == len(sides) or what == "is matched on"):
            yield _unseen(query, label.name, lacking[0], what, query.span(label))
    tree = query.parsed.tree
    chosen = query.offered
    if chosen is not None and tree is not None and _is_never_there(query, tree, chosen.name):
        yield _unseen(query, chosen.name, tree, "offers values of", query.span(chosen))
    for text in query.templates:
        for read in text.run.reads:
            is_plain = read.what == "label" and not read.tested and not read.guarded
            if is_plain and tree is not None and _lacks(query, tree, read.name):
                what = f"reads in its {text.key[1]}"
                yield _unseen(query, read.name, tree, what, text.span(read))


def _missed(query: ProgramQuery, miss: Miss) -> Finding:
    matcher = miss.matcher
    effect = "which excludes nothing" if matcher.op in ("!=", "!~") else "which selects nothing"
    return Finding(
        "unknown-label",
        f"{query.name} asks {miss.metric} for {matcher.name}, a label that it is not known to "
        f"have, {effect}",
        query.origin(matcher.start, matcher.start + len(matcher.name)),
        _help(matcher.name, sorted(miss.names)),
        query.subject,
        "error" if miss.is_certain else "warning",
        query.notes(miss.facts[0].why),
    )


def _listed(query: ProgramQuery) -> Iterator[tuple[Label, Sequence[Expr], str]]:
    """Each label of a clause, the expressions of which one has to have it, and what is done."""
    for node in query.each(AggregateExpr):
        clause = node.grouping
        for label in clause.labels if clause is not None else ():
            word = "without" if clause is not None and clause.without else "by"
            yield label, (node.expr,), f"groups {word}"
    for match in query.each(BinaryExpr):
        matching = match.matching
        if matching is None or match.op == "or":
            continue
        for label in matching.labels:
            yield label, (match.lhs, match.rhs), "is matched on" if matching.on else "ignores"
        one = match.rhs if matching.card == "many-to-one" else match.lhs
        for label in matching.include:
            yield label, (one,), "takes over"


def _lacks(query: ProgramQuery, node: Expr, label: str) -> bool:
    """Whether no series was seen with it, though series may have it."""
    if query.seen is None or query.analysis is None:
        return False
    seen, may = query.seen.of(node), query.analysis.of(node)
    return _is_absent(seen, label) and not _is_absent(may, label)


def _is_never_there(query: ProgramQuery, node: Expr, label: str) -> bool:
    """Whether no series was seen with it, or can have it."""
    result = query.seen or query.analysis
    return result is not None and _is_absent(result.of(node), label)


def _is_absent(result: Result, label: str) -> bool:
    facts = result.facts(label)
    return bool(facts) and all(fact.presence == "absent" for fact in facts)


def _unseen(query: ProgramQuery, label: str, side: Expr, what: str, place: Origin) -> Finding:
    analysis = query.seen or query.analysis
    assert analysis is not None, "the caller has looked"
    result = analysis.of(side)
    fact = result.facts(label)[0]
    names = {name for branch in result.branches for name in branch.names}
    kept = {it for it in names if not _is_absent(result, it)} - {NAME}
    return Finding(
        "unknown-label",
        f"{query.name} {what} {label}, a label that the series are not known to have",
        place,
        _help(label, sorted(kept)),
        query.subject,
        "warning",
        query.notes(fact.why),
    )


def _help(label: str, names: Sequence[str]) -> str:
    near = get_close_matches(label, names, 1, _NEAR)
    if near:
        return f"did you mean {near[0]}?"
    if not names:
        return "leave it out"
    few, left = names[:_FEW], len(names) - _FEW
    more = f" and {left} other{'s' if left > 1 else ''}" if left > 0 else ""
    return f"they have {', '.join(few)}{more}: take one of them, or leave it out"
