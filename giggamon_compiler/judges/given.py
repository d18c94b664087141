"""The output files that tests are run on, as far as they are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler import targets
from giggamon_compiler.findings import Finding
from giggamon_compiler.ir import Alertmanager, AlertTest, Group, RouteTest
from giggamon_compiler.judges.promtool import RULES
from giggamon_compiler.judges.rulebook import Rulebook, make_rulebook


@dataclass(frozen=True, slots=True)
class Given:
    """The rules of some files; unreadable: the paths of those that say none, with what is wrong."""

    book: Rulebook
    unreadable: frozenset[str]
    findings: Sequence[Finding]


def name_of(test: AlertTest | RouteTest) -> str:
    """A test's name on the command line: "services/orders_test.growing"."""
    return f"{test.file}.{test.name}"


def rules_path(file: str) -> str:
    """The rule file of a definition file."""
    return f"{RULES}{file}.yml"


def read_rules(files: Mapping[str, str], paths: Sequence[str]) -> Given:
    """The rules of the files at these paths; one that is not there says none."""
    groups: list[Group] = []
    findings: list[Finding] = []
    for path in paths:
        if path in files:
            try:
                groups += targets.read({path: files[path]}).groups
            except targets.TargetError as error:
                findings.append(_unreadable(error))
    unreadable = frozenset(finding.subject for finding in findings)
    return Given(make_rulebook(groups), unreadable, findings)


def read_alertmanager(files: Mapping[str, str], path: str) -> Alertmanager | Finding:
    """What the configuration says, or why there is none."""
    if path not in files:
        return Finding(
            "failed-test",
            f"{path} is missing, and the tests of routes need it",
            help="write the files: giggamon build",
            subject=path,
        )
    try:
        found = targets.read({path: files[path]}).alertmanager
    except targets.TargetError as error:
        return _unreadable(error)
    assert found is not None, "the file is there"
    return found


def _unreadable(error: targets.TargetError) -> Finding:
    where = f"{error.path}, line {error.line}" if error.line else error.path
    return Finding(
        "failed-test",
        f"{where}: {error.message}",
        help="write the file again: giggamon build",
        subject=error.path,
    )
