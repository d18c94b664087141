"""The whole compiler on one screen: definitions in; a program, files and findings out.

load     imports `definitions/` and keeps the place of every value
lower    turns the values into the program: rules, objectives, the routing tree, boards
targets  writes the program as files, one module a format, and reads such files back
judges   asks schemas and the servers' own tools, and carries what they say back to the definition
checks   looks at the program for what no server would say
report   says findings to people and machines

What only definitions need is imported when there are any: rule files of others want a quick start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from giggamon_compiler import checks, load, targets
from giggamon_compiler.allowances import Calendar, hold_back
from giggamon_compiler.findings import Finding, has_errors
from giggamon_compiler.ir import Environment, Program
from giggamon_compiler.promql.language import NEWEST

if TYPE_CHECKING:
    from giggamon_compiler.judges import Toolbox

# A program without routes is for no Alertmanager; any version that is known says nothing of it.
_NO_ALERTMANAGER = "0.25"
_NO_DAY = Calendar()


@dataclass(frozen=True, slots=True)
class Build:
    """What a definitions folder compiles to.

    files: the output tree, path below `generated/` → text; findings: placed, sorted by place;
    valid: whether the files are fit to be written: loaded whole and accepted by every judge
    judged_by: the judges that spoke ("promtool 2.42.0")
    unread: the errors of loading: what they speak of is in neither the program nor the files
    """

    program: Program
    files: Mapping[str, str]
    findings: Sequence[Finding]
    valid: bool
    judged_by: Sequence[str] = ()
    unread: Sequence[Finding] = ()


def build(folder: Path, tools: Toolbox | None, calendar: Calendar = _NO_DAY) -> Build:
    """Compile a folder; `tools` are the external judges, None leaves them out."""
    from giggamon_compiler import judges, lower

    definitions, loading = load.read_definitions(folder)
    program = lower.lower(definitions)
    files = targets.emit(program)
    judged = judges.check_schemas(program, files)
    refused = judges.check_files(program, files, tools) if tools else ()
    invalid = has_errors([*loading, *judged, *refused])
    whole = definitions.complete
    found = checks.run(program, whole)
    checked = hold_back(program.allowances, found, checks.names(), calendar, whole)
    said = [*loading, *judges.not_said_better(judged, checked), *checked]
    findings = load.place_findings([*said, *judges.not_yet_said(refused, judged, said)])
    spoke = tools.names_for(files) if tools and not any(it.fatal for it in refused) else ()
    unread = tuple(finding for finding in loading if finding.level == "error")
    return Build(program, files, findings, not invalid, spoke, unread)


@dataclass(frozen=True, slots=True)
class Lint:
    """What rule files that others wrote say, and what is wrong with them.

    files: how many; findings: placed, sorted by place
    """

    program: Program
    files: int
    findings: Sequence[Finding]


def lint_rules(files: Mapping[str, bytes], version: str | None) -> Lint:
    """Read rule files, name → content, as Prometheus of a version ("3.5") does, and check them.

    Without a version the newest is meant, and nothing is an error for being unknown to it.
    """
    read = targets.read_files(files, version or NEWEST)
    groups = tuple(group for file in read for group in file.groups)
    # Their rules are all there is: of the installation only the version counts.
    environment = Environment("", "Prometheus", version, _NO_ALERTMANAGER, "") if version else None
    program = Program(groups, environment=environment)
    refused = [finding for file in read for finding in file.findings]
    checked = checks.run(program, whole=not has_errors(refused))
    placed = targets.place_files([*refused, *checked])
    return Lint(program, len(files), load.place_findings(placed))


def test(build: Build, files: Mapping[str, str], tools: Toolbox, names: Sequence[str]) -> Build:
    """Run the tests of alerts and routes against an output tree; no names means all tests."""
    from giggamon_compiler import judges

    failures = judges.run_tests(build.program, files, tools, names)
    return replace(build, findings=load.place_findings(failures))
