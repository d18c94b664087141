"""A text of an alert is a template that cannot be read, or that fails whenever it is run.

Annotations, and the values of labels, are templates of Go's text/template. Prometheus refuses a
whole rule file for one that it cannot read, because of its form or of a function that this version
does not know. One that it can read may still fail when an alert fires: an argument too many, a
comparison of the value with a whole number (`gt $value 5`; Go wants 5.0), a field that nothing
has, a `query` that is no PromQL. In place of the text everybody who is told then reads an error.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    queued = Alert("OrdersQueued", expr="orders_queued > 100", severity=critical,
        summary="{{ $value | humanise }} orders wait")

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    queued = Alert("OrdersQueued", expr="orders_queued > 100", severity=critical,
        summary="{{ $value | humanize }} orders wait")
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, within
from giggamon_compiler.gotemplate.judgement import problems
from giggamon_compiler.queries import ProgramQuery, TemplateText

LEVEL: Level = "error"


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each text of an alert can be read, and can be run."""
    for text in query.templates:
        found = problems(text.template, query.version)
        for problem in found:
            yield Finding(
                "template-syntax",
                f"{query.name}: its {_named(text)} cannot be read: {problem.message}",
                text.span(problem),
                problem.help or "a template is written as Go's text/template has it",
                query.subject,
            )
        for fault in () if found else text.run.faults:
            yield Finding(
                "template-syntax",
                f"{query.name}: its {_named(text)} fails whenever it is run: {fault.message}",
                text.span(fault),
                fault.help or "give it what it takes; the message is an error until then",
                query.subject,
            )
        yield from _queries(query, text)


def _queries(query: ProgramQuery, text: TemplateText) -> Iterator[Finding]:
    """Queries that the text asks itself; one that it puts together is not known."""
    for read in text.run.reads:
        asked = read.what == "query" and read.name
        problem = query.reading.parse(read.name).problem if asked else None
        if problem is None:
            continue
        place = text.span(read)
        if read.exact:
            start, end = read.start + problem.start, read.start + problem.end
            place = within(text.origin, text.template.text, start, max(end, start + 1))
        yield Finding(
            "template-syntax",
            f"{query.name}: its {_named(text)} asks a query that cannot be read: {problem.message}",
            place,
            problem.help or "write it as you would in an expression",
            query.subject,
        )


def _named(text: TemplateText) -> str:
    kind, name = text.key
    if kind == "labels":
        return f"label {name}"
    return name if name in ("summary", "description") else f"annotation {name}"
