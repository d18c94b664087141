"""A selector's matchers let nothing through.

A series passes when it passes every matcher. Two that no value passes, or one that the recorded or
declared metric cannot pass, select nothing, today and later, and nobody is told of it.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=warning,
        expr='rate(http_requests_total{job="orders",code=~"5..",code="404"}[5m]) > 1')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=warning,
        expr='rate(http_requests_total{job="orders",code=~"5..|404"}[5m]) > 1')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from giggamon_compiler.findings import Finding, Level, Note
from giggamon_compiler.promql.labels.selectors import Demand, demands
from giggamon_compiler.promql.labels.values import matched_values
from giggamon_compiler.promql.nodes import LabelMatcher, VectorSelector
from giggamon_compiler.queries import ProgramQuery
from giggamon_compiler.queries.lookups import can_pass

LEVEL: Level = "error"

# Values and patterns that can stand in a pattern as they are.
_PLAIN = re.compile(r"[\w .*+|:/-]+")


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Some series can pass the matchers of each selector."""
    for selector in query.each(VectorSelector):
        matchers = selector.matchers
        if not matchers:
            continue
        if _may_contradict(matchers):
            refused = [it for it in demands(selector).values() if it.is_contradiction]
            if refused:
                yield _contradiction(query, refused[0])
                continue
        if selector.name in query.reading.recordings:
            yield from _unknown_to_metric(query, selector)


def _may_contradict(matchers: tuple[LabelMatcher, ...]) -> bool:
    """Whether two are of one label, or one may refuse everything; a cheap question."""
    if len(matchers) > 1 and len({it.name for it in matchers}) < len(matchers):
        return True
    return any(it.op == "!~" for it in matchers)


def _contradiction(query: ProgramQuery, demand: Demand) -> Finding:
    matchers = _fewest(demand.matchers)
    last = matchers[-1]
    if len(matchers) == 1:
        message = f"{query.name} selects nothing: no series passes {query.text(last)}"
        advice = f"leave out {query.text(last)}, or say which values are meant"
    else:
        both = " and ".join(query.text(it) for it in matchers)
        message = f"{query.name} selects nothing: no series passes {both} at once"
        advice = "leave one of them out"
        if all(it.op in ("=", "=~") and _PLAIN.fullmatch(it.value) for it in matchers):
            either = "|".join(it.value for it in matchers)
            advice += f', or take what passes either: {last.name}=~"{either}"'
    return Finding(
        "matchers-contradict",
        message,
        query.span(last),
        advice,
        query.subject,
        notes=tuple(Note(f"{query.text(it)} is here", query.span(it)) for it in matchers[:-1]),
    )


def _fewest(matchers: tuple[LabelMatcher, ...]) -> tuple[LabelMatcher, ...]:
    """Two of the matchers that contradict one another, if two do; else all."""
    for first, last in combinations(matchers, 2):
        values, missing = matched_values(first.op, first.value)
        others, absent = matched_values(last.op, last.value)
        if values.meet(others).is_empty and not (missing and absent):
            return first, last
    return matchers


def _unknown_to_metric(query: ProgramQuery, selector: VectorSelector) -> Iterator[Finding]:
    """A matcher that nothing passes of what is recorded under that name."""
    if can_pass(query.reading.known.get(selector.name or ""), selector) or query.analysis is None:
        return
    result = query.analysis.of(selector)
    if result.branches or not result.why_empty:
        return
    first = result.why_empty[0]
    if first.query is not None or not selector.start < first.start < selector.end:
        return  # the metric itself is never there, whatever the matchers are
    matcher = next((it for it in selector.matchers if it.start == first.start), None)
    if matcher is None:
        return
    level: Level = "error" if query.reading.is_whole else "warning"
    yield Finding(
        "matchers-contradict",
        f"{query.name} selects nothing: {selector.name} cannot pass {query.text(matcher)}",
        query.span(matcher),
        f"leave out {matcher.name}, or have {selector.name} keep it",
        query.subject,
        level,
        query.notes(result.why_empty[1:]),
    )
