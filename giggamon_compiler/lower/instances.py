"""A choice of instances above a board: every selector of a job with several targets obeys it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from giggamon_compiler.lower.metric_panels import one_of
from giggamon_compiler.model.dashboard import Row, Variable
from giggamon_compiler.model.panel import Panel, Query, Text
from giggamon_compiler.model.value import standing_at
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import equalities, metric_of, selectors

CHOSEN = 'instance=~"$instance"'
_READ = re.compile(r"\$instance\b|\$\{instance[}:.]|\[\[instance[\]:]")
# What Grafana puts a time in for; one of the same length stands for it while a query is read.
_TIME = re.compile(r"\$\{__\w+\}|\$__\w+")


def choice_of(jobs: Sequence[str]) -> Variable:
    """The choice among the instances of some jobs."""
    query = f"label_values(up{{{one_of('job', jobs)}}}, instance)"
    return Variable("instance", query=query, label="Instance")


def reads_choice(row: Row) -> bool:
    """Whether anything of a row reads the choice: a query, a legend, a text."""
    return any(_READ.search(text) for text in _texts(row))


def _texts(row: Row) -> Iterator[str]:
    yield row.title
    for panel in row.panels:
        yield from (panel.title, panel.description or "")
        if isinstance(panel, Text):
            yield panel.content
            continue
        for query in panel.queries:
            yield from (query.legend or "", query.expr if isinstance(query.expr, str) else "")


def with_choice(row: Row, jobs: Collection[str], recorded: Collection[str]) -> Row:
    """A row whose queries obey the choice; recorded: the metrics that rules record."""
    panels = [_choosing(panel, jobs, recorded) for panel in row.panels]
    if all(one is other for one, other in zip(panels, row.panels, strict=True)):
        return row
    with standing_at(row, as_written=True):
        return replace(row, panels=panels)


def _choosing(panel: Panel, jobs: Collection[str], recorded: Collection[str]) -> Panel:
    if isinstance(panel, Text):
        return panel
    queries = [_asking(query, jobs, recorded) for query in panel.queries]
    if all(one is other for one, other in zip(queries, panel.queries, strict=True)):
        return panel
    with standing_at(panel, as_written=True):
        return replace(panel, queries=queries)


def _asking(query: Query, jobs: Collection[str], recorded: Collection[str]) -> Query:
    if not isinstance(query.expr, str):
        return query
    text = choose(query.expr, jobs, recorded)
    if text == query.expr:
        return query
    with standing_at(query, as_written=True):
        return replace(query, expr=text)


def metrics_of(panel: Panel) -> set[str]:
    """The metrics that a panel reads."""
    found: set[str] = set()
    for query in () if isinstance(panel, Text) else panel.queries:
        tree = _read(query.expr) if isinstance(query.expr, str) else None
        found |= {metric_of(it) or "" for it in selectors(tree)} if tree is not None else set()
    return found


def _read(text: str) -> Expr | None:
    """The tree of a query with Grafana's times in it, each node where it stands in the text."""
    return parse(_TIME.sub(lambda match: "5m".ljust(len(match[0])), text)).tree


def choose(text: str, jobs: Collection[str], recorded: Collection[str]) -> str:
    """A query of which each selector of one of the jobs obeys the choice.

    What is recorded may be of no instance, and a selector that names instances has chosen.
    """
    tree = _read(text)
    if tree is None:
        return text
    parts, done = [], 0
    for it in selectors(tree):
        ours = equalities(it).get("job") in jobs and metric_of(it) not in recorded
        if ours and all(matcher.name != "instance" for matcher in it.matchers):
            last = it.matchers[-1].end
            parts += [text[done:last], ",", CHOSEN]
            done = last
    return "".join([*parts, text[done:]])
