"""Those who judge: our own schemas always, the servers' own tools where they are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from giggamon_compiler.findings import Finding
from giggamon_compiler.ir import Program
from giggamon_compiler.judges import amtool, blackbox, boards, promtool
from giggamon_compiler.judges.alert_tests import run_alert_tests
from giggamon_compiler.judges.messages import check_messages
from giggamon_compiler.judges.placing import not_said_better, not_yet_said, without_echoes
from giggamon_compiler.judges.process import Said, hear
from giggamon_compiler.judges.route_tests import run_route_tests
from giggamon_compiler.judges.schemas import check_schemas
from giggamon_compiler.judges.selection import Selection, select_tests
from giggamon_compiler.judges.tools import Toolbox, find_tools

__all__ = [
    "Selection",
    "Toolbox",
    "check_files",
    "check_schemas",
    "find_tools",
    "not_said_better",
    "not_yet_said",
    "run_tests",
    "select_tests",
]

Judge = Callable[[Said, Program, Mapping[str, str]], Iterator[Finding]]


def check_files(program: Program, files: Mapping[str, str], tools: Toolbox) -> Sequence[Finding]:
    """What the tools find in the files, in queries of boards and in messages.

    Each is run once over all files, and those that read files at one time.
    """
    queries = boards.queries_as_rules(program)
    program = replace(program, groups=(*program.groups, *queries))
    files = {**files, **boards.rule_files(queries)}
    asked: list[tuple[tuple[str, ...], Judge]] = []
    if any(path.startswith(promtool.RULES) for path in files):
        asked.append((promtool.rules_command(tools.promtool, files), promtool.judge_rules))
    if promtool.CONFIG in files:
        asked.append((promtool.config_command(tools.promtool), promtool.judge_config))
    if amtool.CONFIG in files:
        asked.append((amtool.command(tools.amtool), amtool.judge))
    if tools.blackbox and blackbox.CONFIG in files:
        judge = partial(blackbox.judge, exporter=tools.blackbox, seconds=tools.seconds)
        asked.append((blackbox.command(tools.blackbox), judge))
    served = {path: text for path, text in files.items() if not path.startswith("grafana/")}
    heard = hear([command for command, _ in asked], tools.seconds, served)
    found = [
        finding
        for (_, judge), said in zip(asked, heard, strict=True)
        for finding in judge(said, program, files)
    ]
    return without_echoes([*found, *check_messages(program, files, tools)])


def run_tests(
    program: Program, files: Mapping[str, str], tools: Toolbox, names: Sequence[str] = ()
) -> Sequence[Finding]:
    """What fails of the tests of these names, or of all tests, on an output tree.

    The program says what is expected, the files what there is. A name that means nothing is
    a finding, and then nothing is run.
    """
    chosen = select_tests(program, names)
    if chosen.findings:
        return chosen.findings
    return [
        *run_alert_tests(program, files, tools, chosen.alert_tests),
        *run_route_tests(program, files, tools, chosen.route_tests),
    ]
