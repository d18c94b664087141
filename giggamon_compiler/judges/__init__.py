"""Those who judge: our own schemas always, promtool and amtool where they are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from giggamon_compiler.findings import Finding
from giggamon_compiler.ir import Program
from giggamon_compiler.judges import amtool, promtool
from giggamon_compiler.judges.placing import without_echoes
from giggamon_compiler.judges.process import Said, hear, written
from giggamon_compiler.judges.schemas import check_schemas
from giggamon_compiler.judges.tools import Toolbox, find_tools

__all__ = ["Toolbox", "check_files", "check_schemas", "find_tools"]

Judge = Callable[[Said, Program, Mapping[str, str]], Iterator[Finding]]


def check_files(program: Program, files: Mapping[str, str], tools: Toolbox) -> Sequence[Finding]:
    """What promtool and amtool find in the files, each run once, all at one time."""
    asked: list[tuple[tuple[str, ...], Judge]] = []
    if any(path.startswith(promtool.RULES) for path in files):
        asked.append((promtool.rules_command(tools.promtool, files), promtool.judge_rules))
    if promtool.CONFIG in files:
        asked.append((promtool.config_command(tools.promtool), promtool.judge_config))
    if amtool.CONFIG in files:
        asked.append((amtool.command(tools.amtool), amtool.judge))
    served = {path: text for path, text in files.items() if not path.startswith("grafana/")}
    with written(served) as folder:
        heard = hear([command for command, _ in asked], tools.seconds, folder)
    return without_echoes(
        [
            finding
            for (_, judge), said in zip(asked, heard, strict=True)
            for finding in judge(said, program, files)
        ]
    )
