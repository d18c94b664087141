"""A query reads a metric that nothing shows, declares or records.

A name that is misspelled, or of another version of an exporter, selects nothing, and the alert
stays silent and the panel empty. A metric is looked up in what its job is known to show: the
catalogue that the job names, and what its service declares. Those that rules record are known, and
so are Prometheus' own (`up`, `ALERTS`). Of a job whose service declares nothing and which names no
catalogue, nothing is said; nor of a selector without a job, unless all jobs are known.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    depth = metric.Gauge("orders_queue_depth", help="Orders waiting to be confirmed")
    waiting = Record("job:orders_waiting:sum", expr='sum(orders_queue_dept{job="orders"})')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    depth = metric.Gauge("orders_queue_depth", help="Orders waiting to be confirmed")
    waiting = Record("job:orders_waiting:sum", expr='sum(orders_queue_depth{job="orders"})')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import ScrapeJob
from giggamon_compiler.promql.labels.selectors import metric_name
from giggamon_compiler.promql.nodes import VectorSelector
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"
WHOLE = True

_NEAR = 0.8
_FEW = 3
_PARTS = ("_bucket", "_sum", "_count")


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each metric that is read can be there."""
    shown = query.reading.shown
    if not shown.jobs:
        return
    for selector in query.each(VectorSelector):
        name = metric_name(selector)
        if name is None or name in query.reading.recordings:
            continue
        if shown.lacks(name, selector):
            yield _finding(query, selector, name, shown.selected(selector))


def _finding(
    query: ProgramQuery, selector: VectorSelector, name: str, jobs: Mapping[str, ScrapeJob]
) -> Finding:
    is_bare = selector.name is not None and not selector.quoted
    end = selector.start + len(name) if is_bare else selector.bare_end
    if len(jobs) < len(query.reading.shown.jobs):
        whose = f"which {_listed(jobs, 'or')} {'does' if len(jobs) == 1 else 'do'} not show"
    else:
        whose = "which no job shows and no rule records"
    return Finding(
        "unknown-metric",
        f"{query.name} reads {name}, {whose}",
        query.origin(selector.start, end),
        _help(query, name, jobs),
        query.subject,
    )


def _help(query: ProgramQuery, name: str, jobs: Mapping[str, ScrapeJob]) -> str:
    shown = query.reading.shown
    others = sorted({it.job.name for it in shown.of(name) if it.job is not None})
    if others:
        return f"{_listed(others, 'and')} {'shows' if len(others) == 1 else 'show'} it"
    own = list(shown.names(jobs.values()))
    if parts := [f"{name}{end}" for end in _PARTS if f"{name}{end}" in own]:
        return f"did you mean {_listed(parts, 'or')}?"
    near = get_close_matches(name, [*own, *query.reading.recordings], 1, _NEAR)
    if near:
        return f"did you mean {near[0]}?"
    if ":" in name:
        return f'record it: Record("{name}", expr=…)'
    recorded = sorted({job.catalogue for job in jobs.values() if job.catalogue})
    if recorded and len(jobs) == 1:
        return f"where the exporter shows it, record the catalogue {recorded[0]} anew"
    return f'declare it where it is made: metric.Gauge("{name}", help=…)'


def _listed(names: Iterable[str], word: str) -> str:
    """Names in words, and where they are many the first of them."""
    ordered = sorted(names)
    few, left = ordered[:_FEW], len(ordered) - _FEW
    if left > 0:
        few.append(f"{left} other{'s' if left > 1 else ''}")
    return f" {word} ".join(filter(None, (", ".join(few[:-1]), few[-1])))
