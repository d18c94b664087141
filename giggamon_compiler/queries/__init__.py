"""Every query of a program, read once: what a check of single queries gets.

Queries are those of rules, the selectors of objectives, and those of boards, unless variables of
Grafana leave open what they say. The rules that an objective becomes are read only for what they
record: checks speak about the selectors that were written. Spans count characters of the query's
text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import at
from giggamon_compiler.ir import Dashboard, Panel, Program, Query, Variable
from giggamon_compiler.queries.query import ProgramQuery, Span, TemplateText
from giggamon_compiler.queries.reading import Reading
from giggamon_compiler.queries.variables import expression_of, has_variables

__all__ = ["ProgramQuery", "Reading", "Span", "TemplateText", "read_queries"]


def read_queries(program: Program) -> Iterator[ProgramQuery]:
    """The queries of a program, those of rules first; what was read of one goes with it."""
    reading = Reading(program)
    for read in (_of_rules, _of_objectives, _of_boards):
        yield from read(program, reading)


def _of_rules(program: Program, reading: Reading) -> Iterator[ProgramQuery]:
    for group in program.groups:
        for rule in group.rules:
            if rule.objective is None:
                query = rule.query
                if query.origin is None and rule.origin is not None:
                    query = Query(query.text, at(rule.origin, "expr"))
                yield ProgramQuery(query, rule.name, rule.identity, reading, rule, group)


def _of_objectives(program: Program, reading: Reading) -> Iterator[ProgramQuery]:
    for objective in program.objectives:
        for query in (objective.bad, objective.total):
            name = objective.identity
            yield ProgramQuery(query, name, name, reading, objective=objective)


def _of_boards(program: Program, reading: Reading) -> Iterator[ProgramQuery]:
    # A figure of an objective whose window is no duration: that is said of the window.
    unreadable = [
        f":increase{it.window}{{" for it in program.objectives if milliseconds(it.window) is None
    ]
    for board in program.dashboards:
        for variable in board.variables:
            yield from _of_variable(variable, board, reading)
        for panel in _panels(board.panels):
            name = f"{board.identity}/{panel.key or panel.title}"
            for target in panel.targets:
                text = target.query.text
                if any(it in text for it in unreadable):
                    continue
                read = reading.read_variables(text) if has_variables(text) else None
                if read is None and has_variables(text):
                    continue
                yield ProgramQuery(
                    target.query,
                    name,
                    name,
                    reading,
                    board=board,
                    panel=panel,
                    target=target,
                    given=read.parsed if read is not None else None,
                    is_open=read is not None and read.is_open,
                )


def _of_variable(variable: Variable, board: Dashboard, reading: Reading) -> Iterator[ProgramQuery]:
    expression = expression_of(variable.query.text) if variable.kind == "query" else None
    read = reading.read_variables(expression[0]) if expression is not None else None
    if expression is None or read is None:
        return
    name = f"{board.identity}/{variable.name}"
    yield ProgramQuery(
        variable.query,
        name,
        name,
        reading,
        board=board,
        given=replace(read.parsed, text=variable.query.text),
        is_open=read.is_open,
        offered=expression[1],
    )


def _panels(panels: tuple[Panel, ...]) -> Iterator[Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)
