"""`giggamon show`: where a thing is written, what it becomes, whom it tells, its tests.

With --query: which labels the result of an expression has.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from giggamon_compiler.cli import options

if TYPE_CHECKING:
    from giggamon_compiler.findings import Finding
    from giggamon_compiler.ir import Program
    from giggamon_compiler.promql.nodes import Problem

# The checks that find the same in a rule.
_CHECKS = {
    "syntax": "promql-syntax",
    "type": "promql-type",
    "version": "promql-newer-than-target",
}


@click.command("show")
@click.argument("name", required=False)
@click.option("--query", metavar="EXPR", help="Show which labels a PromQL expression's result has.")
@options.definitions
@options.form
def command(name: str | None, query: str | None, definitions: Path, form: str) -> int:
    """Show everything that is called NAME: where it is written, and what becomes of it.

    NAME is an identity such as orders/OrdersDown, orders/availability or commerce/critical, or a
    name such as OrdersDown, orders, critical, http_requests_total. `giggamon list` names them.

    With --query, show what a PromQL expression yields and which labels that has, with the reasons.
    It knows the metrics that the definitions record and declare, and needs none.
    """
    if name is not None and query is None:
        return _show_thing(name, definitions, form)
    if query is not None and name is None:
        return _show_query(query, definitions, form)
    raise click.UsageError("name one thing to show: NAME, or --query EXPR")


def _show_thing(name: str, definitions: Path, form: str) -> int:
    import json

    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli.terminal import remark, say
    from giggamon_compiler.report import cards

    compiled, code = cc.compile_to_look(definitions)
    program = compiled.build.program
    found = cards.find(program, name, cc.place_text)
    if not found:
        near = cards.nearest(program, name)
        hint = f"did you mean {' or '.join(near)}?" if near else "giggamon list shows what there is"
        raise click.UsageError(f"nothing is called {name}: {hint}")
    for now in cards.renamed(program, name):
        remark(f"{name} is called {now} now")
    if form == "json":
        document = {"version": 1, "cards": [cards.as_tree(it) for it in found]}
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        say(cards.render(found))
    return code


def _show_query(text: str, definitions: Path, form: str) -> int:
    import json

    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.cli.terminal import say
    from giggamon_compiler.queries import Reading
    from giggamon_compiler.report import query as report

    program, code = _program(definitions)
    reading = Reading(program)
    parsed = reading.parse(text)
    problems = reading.problems(parsed, is_rule=False)
    analysis = reading.analyse(parsed)
    if problems:
        cc.say_findings([_finding(text, it) for it in problems], form)
    if analysis is None:
        return max(code, 1)
    if form == "json" and not problems:
        document = {"version": 1, **report.as_tree(text, analysis.result, reading.version)}
        say(json.dumps(document, ensure_ascii=False, indent=2))
    elif form == "text":
        single = {name: rules[0] for name, rules in reading.recordings.items() if len(rules) == 1}
        recordings = {name: rule.query.text for name, rule in single.items()}
        say(report.render(text, analysis.result, reading.version, recordings))
    return max(code, int(bool(problems)))


def _program(definitions: Path) -> tuple[Program, int]:
    """The program of the definitions, and the exit code of reading them; empty without any."""
    from giggamon_compiler.cli import compilation as cc
    from giggamon_compiler.ir import Program

    context = click.get_current_context()
    by_default = context.get_parameter_source("definitions") is click.core.ParameterSource.DEFAULT
    if by_default and not definitions.exists():
        return Program(), 0
    compiled, code = cc.compile_to_look(definitions)
    return compiled.build.program, code


def _finding(text: str, problem: Problem) -> Finding:
    """What is wrong with a query that was given on the command line, at its characters."""
    from giggamon_compiler.findings import Finding, Place

    before = text[: problem.start]
    line = before.count("\n")
    begin = before.rfind("\n") + 1
    shown = text[begin:].partition("\n")[0]
    stop = min(problem.end - begin, len(shown))
    place = Place("query", line + 1, problem.start - begin + 1, line + 1, stop + 1, shown)
    return Finding(
        _CHECKS[problem.kind], f"the query: {problem.message}", place, problem.help, "query"
    )
