"""One compilation for a command: the build, who judged it, and how all of it is said."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from giggamon_compiler import checks, pipeline
from giggamon_compiler.allowances import Calendar
from giggamon_compiler.cli.terminal import colours, progress, remark, say
from giggamon_compiler.findings import Finding, Origin, Place
from giggamon_compiler.load import place_findings
from giggamon_compiler.report import json, text

if TYPE_CHECKING:
    from giggamon_compiler.judges import Toolbox

# The folders of files that promtool and amtool look at.
_JUDGED = ("prometheus/", "alertmanager/")
_FEW = 10


@dataclass(frozen=True, slots=True)
class Compilation:
    """A build and who could judge it.

    missing: why the external judges cannot judge; offline: whether they were left out on purpose
    begun: when the command began, by the monotonic clock; definitions: the folder
    """

    build: pipeline.Build
    tools: Toolbox | None
    missing: Sequence[Finding] = ()
    offline: bool = False
    begun: float = field(default_factory=time.monotonic)
    definitions: Path = Path("definitions")

    @property
    def judges(self) -> str:
        """One line on who judged the outputs."""
        if self.build.judged_by:
            names = ", ".join(self.build.judged_by)
            if not any(path.startswith(_JUDGED) for path in self.build.files):
                return f"judged by nobody: there was nothing to judge for {names}"
            unread = any(it.fatal and it.id != "judge-failed" for it in self.build.findings)
            return f"judged by {names}{', but for what could not be read' if unread else ''}"
        if self.offline:
            return "not judged by promtool and amtool: --offline leaves them out"
        if not self.missing:
            return "not judged by promtool and amtool: what kept them from it is above"
        names = " and ".join(finding.subject for finding in self.missing)
        return f"not judged by promtool and amtool: {names} cannot be used"


def compile_definitions(
    definitions: Path,
    offline: bool,
    quiet: bool = False,
    today: str | None = None,
    scheduled: bool = False,
) -> Compilation:
    """Compile a folder, judged by the external tools where they are there.

    today: the day that is meant; without it, the machine's
    """
    begun = time.monotonic()
    calendar = Calendar(today or date.today().isoformat(), scheduled)
    tools, missing = _find(offline)
    with progress(f"compiling {definitions}", quiet):
        build = pipeline.build(definitions, tools, calendar)
    return Compilation(build, tools, missing, offline, begun, definitions)


def _find(offline: bool) -> tuple[Toolbox | None, Sequence[Finding]]:
    if offline:
        return None, ()
    from giggamon_compiler.judges import Toolbox, find_tools

    tools = find_tools()
    return (tools, ()) if isinstance(tools, Toolbox) else (None, tools)


def compile_to_look(definitions: Path) -> tuple[Compilation, int]:
    """Compile a folder in order to show it; what is left out is said, and makes the code 1 or 2."""
    compiled = compile_definitions(definitions, offline=True)
    unread = compiled.build.unread
    for finding in unread[:_FEW]:
        remark(f"{finding.level}[{finding.id}]: {finding.message}")
    if unread:
        more = len(unread) - _FEW
        remark(f"{f'{more} more; ' if more > 0 else ''}giggamon lint shows where")
    return compiled, exit_code(unread)


def place_text(origin: Origin) -> str:
    """The place of something as file, line and column; empty where nobody wrote it."""
    (placed,) = place_findings([Finding("", "", origin)])
    place = placed.origin
    return f"{place.file}:{place.line}:{place.column}" if isinstance(place, Place) else ""


def say_findings(findings: Sequence[Finding], form: str) -> None:
    """Print findings in the chosen format."""
    if form == "json":
        say(json.render(findings))
    elif findings:
        say(text.render(findings, checks.read_checks(), colours()))


def summary_of(compilation: Compilation, findings: Sequence[Finding], seconds: float) -> str:
    """The line that counts."""
    return text.summarise(findings, len(compilation.build.program.services), seconds)


def say_summary(compilation: Compilation, findings: Sequence[Finding]) -> None:
    """Print the line that counts, and the line on the judges."""
    say(summary_of(compilation, findings, time.monotonic() - compilation.begun))
    say(compilation.judges)
    for finding in compilation.missing:
        remark(f"{finding.message}; {finding.help}")


def exit_code(findings: Sequence[Finding], strict: bool = False) -> int:
    """0 nothing of level error, 1 an error, 2 could not do the job; 2 outranks 1."""
    if any(finding.fatal for finding in findings):
        return 2
    return int(any(strict or finding.level == "error" for finding in findings))
