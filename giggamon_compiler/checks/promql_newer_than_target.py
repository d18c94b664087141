"""A query uses what the declared Prometheus does not know, or knows no longer.

Prometheus refuses the whole rule file for it. The version stands in `Environment`, and for rule
files of somebody else behind `--prometheus`: without it the newest is meant, and it is a warning.
What is experimental is refused by every version whose flag is not set. Whether somebody else sets
it is not known: there it is a warning too.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    longest = Alert("OrdersBacklog", severity=warning,
        expr='sum(sort_by_label(orders_queue_depth, "instance")) > 5')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    longest = Alert("OrdersBacklog", severity=warning,
        expr='sum(orders_queue_depth) > 5')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.promql.language import FLAG
from giggamon_compiler.promql.nodes import Problem
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """The declared version has each function, operator and notation."""
    for problem in query.problems:
        if problem.kind == "version":
            environment = query.reading.program.environment
            notes: tuple[Note, ...] = ()
            place = at(environment.origin, "prometheus") if environment is not None else None
            if environment is not None and place is not None:
                notes = (Note(f"{environment.name} runs {environment.prometheus}", place),)
            yield Finding(
                "promql-newer-than-target",
                f"{query.name}: {problem.message}",
                query.span(problem),
                problem.help or "write it without, or declare another version",
                query.subject,
                _level(query, problem),
                notes,
            )


def _level(query: ProgramQuery, problem: Problem) -> Level:
    if query.reading.is_whole:
        return "error"
    stated = query.reading.program.environment is not None
    return "error" if stated and FLAG not in problem.help else "warning"
