"""What no server would say: one file a check, and the folder is the list of checks.

A check's id is its file's name with hyphens, its docstring is what `giggamon explain` prints, and
the examples in it are run as tests. A module has

    LEVEL        "error" or "warning"; a finding of a check of errors may say "warning" of itself
    WHOLE        optional, True where it speaks of what is missing: it is left out while some file
                 cannot be read, because what is missing may stand there
    check        Program → findings; each carries the check's id, and a message that begins with a
                 name
    check_query  in place of check: ProgramQuery → findings, called for each query of the program
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from inspect import cleandoc
from pkgutil import iter_modules

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program
from giggamon_compiler.queries import ProgramQuery, read_queries


@dataclass(frozen=True, slots=True)
class Check:
    """A check as its file states it: of a whole program, or of one query after the other."""

    id: str
    level: Level
    whole: bool
    explanation: str
    check: Callable[[Program], Iterator[Finding]] | None
    check_query: Callable[[ProgramQuery], Iterator[Finding]] | None

    @property
    def summary(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]


def read_checks() -> Mapping[str, Check]:
    """Every check by its id, in the order of the ids."""
    names = sorted(module.name for module in iter_modules(__path__))
    checks = (_read_check(name) for name in names if not name.startswith("_"))
    return {check.id: check for check in checks}


def names() -> Sequence[str]:
    """The ids of all checks."""
    return list(read_checks())


def _read_check(name: str) -> Check:
    module = import_module(f"{__name__}.{name}")
    check_query = getattr(module, "check_query", None)
    return Check(
        name.replace("_", "-"),
        module.LEVEL,
        getattr(module, "WHOLE", False),
        cleandoc(module.__doc__ or ""),
        getattr(module, "check", None) if check_query else module.check,
        check_query,
    )


def run(program: Program, whole: bool) -> Sequence[Finding]:
    """What all checks find; without `whole`, those that speak of what is missing are left out."""
    program = _without_twins(program)
    wanted = [check for check in read_checks().values() if whole or not check.whole]
    found: list[Finding] = []
    for check in wanted:
        if check.check is not None:
            found += (_levelled(finding, check) for finding in check.check(program))
    judges = [(check, check.check_query) for check in wanted if check.check_query is not None]
    judged: set[object] = set()
    # One query after the other, so that what is known of its parts can be forgotten.
    for query in read_queries(program) if judges else ():
        # A panel that is drawn on several boards is spoken of once.
        drawn, origin = query.drawn, query.query.origin
        if drawn is not None and (drawn in judged or (drawn, origin) in judged):
            continue
        before = len(found)
        for check, judge in judges:
            for finding in judge(query):
                found.append(_levelled(finding, check))
        if drawn is not None and len(found) == before:
            judged.add(drawn)
        elif drawn is not None and origin is not None:
            judged.add((drawn, origin))
    return found


def _levelled(finding: Finding, check: Check) -> Finding:
    """A finding at its check's level, or below it where it says so of itself."""
    if check.level == finding.level or finding.level == "warning":
        return finding
    return replace(finding, level=check.level)


def _without_twins(program: Program) -> Program:
    """The program without what is in the file of a service whose name another one has already.

    That both have one name is the finding. Of what they hold, it would be said again of each thing.
    """
    first: dict[str, str] = {}
    for service in program.services:
        first.setdefault(service.name, service.file)
    twins = {it.file for it in program.services if first[it.name] != it.file}
    if not twins:
        return program
    server = program.prometheus
    if server is not None:
        named = {job.owner: job for job in reversed(server.jobs)}
        jobs = (job for job in server.jobs if job.owner is None or named[job.owner] is job)
        server = replace(server, jobs=tuple(jobs))
    return replace(
        program,
        groups=tuple(it for it in program.groups if it.file not in twins),
        objectives=tuple(it for it in program.objectives if it.file not in twins),
        metrics=tuple(it for it in program.metrics if it.file not in twins),
        dashboards=tuple(it for it in program.dashboards if it.file not in twins),
        prometheus=server,
    )
