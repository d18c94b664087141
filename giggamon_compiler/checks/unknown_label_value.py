"""A matcher wants a value that the label of none of the series is known to have.

It selects nothing, and the alert is silent and the panel empty. A value of `job`, `instance` or
another label that the scrape puts is looked up among the jobs, which is an error, where every
service has one. Where a service has none, somebody else may scrape it: a `job` that is not there is
a warning then. The `alertname` of `ALERTS` is looked up among the alerts. A value of a metric's
label is looked up among those that it is declared with or that were recorded of its exporter: what
was recorded is one machine's, so that is a warning.

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

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.promql.labels.selectors import demands, metric_name
from giggamon_compiler.promql.labels.values import Values
from giggamon_compiler.promql.nodes import LabelMatcher, VectorSelector
from giggamon_compiler.queries import ProgramQuery
from giggamon_compiler.queries.lookups import Miss

LEVEL: Level = "error"
WHOLE = True

_NEAR = 0.6
_OF_ALERTS = ("ALERTS", "ALERTS_FOR_STATE")


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each value that is wanted can be there."""
    if not query.reading.shown.jobs:
        return
    for selector in query.each(VectorSelector):
        name = metric_name(selector)
        if name in _OF_ALERTS:
            matcher = _passed_by_none(selector, "alertname", query.reading.alerts)
            if matcher is not None and query.reading.is_whole:
                yield _finding(query, matcher, "no alert", sorted(query.reading.alerts))
        elif name is not None and name not in query.reading.recordings:
            matcher = _passed_by_none(selector, "job", query.reading.shown.jobs)
            if matcher is not None:
                level: Level = "error" if query.reading.shown.is_closed else "warning"
                known = sorted(query.reading.shown.jobs)
                yield _finding(query, matcher, "no scrape job", known, level)
    for miss in query.misses:
        if not miss.is_of_label:
            yield _missed(query, miss)


def _passed_by_none(
    selector: VectorSelector, label: str, values: Collection[str]
) -> LabelMatcher | None:
    """The first matcher on a label where they let none of all its values through."""
    matcher = next((it for it in selector.matchers if it.name == label), None)
    if matcher is None or (matcher.op == "=" and matcher.value in values):
        return None
    demand = demands(selector)[label]
    if demand.missing or demand.is_contradiction or any(map(demand.values.admits, values)):
        return None
    return matcher


def _finding(
    query: ProgramQuery,
    matcher: LabelMatcher,
    what: str,
    known: Sequence[str],
    level: Level = LEVEL,
) -> Finding:
    return Finding(
        "unknown-label-value",
        f"{query.name} selects {query.text(matcher)}, and {what} is called so",
        query.span(matcher),
        _help(matcher, known),
        query.subject,
        level,
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
