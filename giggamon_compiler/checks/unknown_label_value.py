"""A matcher wants a value that the label of none of the series is known to have.

It selects nothing, and the alert is silent and the panel empty. A value of `job`, `instance` or
another label that the scrape puts is looked up among the jobs, which is an error, where every
service has one. One of a metric is looked up among those that it is declared with or that were
recorded of its exporter: what was recorded is one machine's, so that is a warning.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    down = Record("job:down:count", expr='count by (job) (up{job="order"} == 0)')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    down = Record("job:down:count", expr='count by (job) (up{job="orders"} == 0)')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.labels.selectors import demands
from giggamon_compiler.promql.labels.values import Values
from giggamon_compiler.promql.nodes import LabelMatcher, VectorSelector
from giggamon_compiler.queries import ProgramQuery
from giggamon_compiler.queries.lookups import Miss

LEVEL: Level = "error"
WHOLE = True

_NEAR = 0.6


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each value that is wanted can be there."""
    if not query.reading.shown.jobs:
        return
    for selector in query.each(VectorSelector):
        job = _job_of_nothing(query, selector)
        if job is not None:
            yield _no_job(query, job)
    for miss in query.misses:
        if not miss.is_of_label:
            yield _missed(query, miss)


def _job_of_nothing(query: ProgramQuery, selector: VectorSelector) -> LabelMatcher | None:
    """The matcher that no scrape job passes, where there are no other jobs."""
    shown = query.reading.shown
    matcher = next((it for it in selector.matchers if it.name == "job"), None)
    if matcher is None or not shown.is_closed or shown.selected(selector):
        return None
    demand = demands(selector)["job"]
    return None if demand.missing or demand.is_contradiction else matcher


def _no_job(query: ProgramQuery, matcher: LabelMatcher) -> Finding:
    jobs = sorted(query.reading.shown.jobs)
    return Finding(
        "unknown-label-value",
        f"{query.name} selects {query.text(matcher)}, and no scrape job is called so",
        query.span(matcher),
        _help(matcher, jobs),
        query.subject,
    )


def _missed(query: ProgramQuery, miss: Miss) -> Finding:
    matcher = miss.matcher
    values = Values(frozenset())
    for fact in miss.facts:
        values = values.join(fact.values)
    known = sorted(values.finite or ())
    return Finding(
        "unknown-label-value",
        f"{query.name} selects {query.text(matcher)}, and {miss.metric} is known with "
        f"{values.text or 'other values'}",
        query.span(matcher),
        _help(matcher, known),
        query.subject,
        "error" if miss.is_certain else "warning",
    )


def _help(matcher: LabelMatcher, known: Sequence[str]) -> str:
    near = get_close_matches(matcher.value, known, 1, _NEAR)
    if near:
        return f'did you mean {matcher.name}="{near[0]}"?'
    if len(known) == 1:
        return f'the only one is {matcher.name}="{known[0]}"'
    return "take one of them, or state the value where the metric is declared or recorded"
