"""Running a whole folder: which files may run, which did, and why the others did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType

from giggamon_compiler.findings import Finding
from giggamon_compiler.load.faults import blocked_notes, check_run
from giggamon_compiler.load.importer import Importer, run_modules
from giggamon_compiler.load.imports import (
    check_imports,
    circle_finding,
    circles_in,
    packages_of,
)
from giggamon_compiler.load.source import Source
from giggamon_compiler.load.syntax import Parsed, parse
from giggamon_compiler.model.value import Value, recording


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder that was read.

    files: by module, what was parsed; namespaces: of those that ran to their end
    ledger: every value that was constructed, in order; findings: by module
    """

    files: Mapping[str, Parsed]
    namespaces: Mapping[str, ModuleType]
    ledger: list[Value]
    findings: dict[str, list[Finding]]


def read_files(sources: Iterable[Source]) -> Reading:
    """Parse, judge and run every file that may run."""
    files = {source.module: parse(source) for source in sources}
    findings = {module: list(parsed.findings) for module, parsed in files.items()}
    refused, circled = _refuse(files, findings)
    codes = {module: None if module in refused else parsed.code for module, parsed in files.items()}
    importer = Importer(codes, packages_of(files))
    with recording() as ledger:
        try:
            namespaces = run_modules(importer)
        except KeyboardInterrupt:
            ran = [files[module].source.file for module in importer.running]
            raise KeyboardInterrupt(*(f"while {file} was read" for file in ran[-1:])) from None
    by_path = {parsed.source.path: parsed.source for parsed in files.values()}
    for module, failure in importer.failures.items():
        findings[module] += check_run(files[module], failure, by_path)
    causes = [module for module in importer.failures if findings[module]]
    unread = set(importer.failures)
    for module, note in blocked_notes(causes, files, unread, {*causes, *circled}):
        first = findings[module][0]
        findings[module][0] = replace(first, notes=(*first.notes, note))
    return Reading(files, namespaces, ledger, findings)


def _refuse(
    files: Mapping[str, Parsed], findings: dict[str, list[Finding]]
) -> tuple[set[str], set[str]]:
    """The files that must not run for what they import, and those among them in a circle.

    Why is added to the findings.
    """
    refused: set[str] = set()
    circled: set[str] = set()
    known = {*files, *packages_of(files)}
    for module, parsed in files.items():
        found = list(check_imports(parsed, files, known))
        if found:
            refused.add(module)
            findings[module] += found
    for circle in circles_in(files):
        circled.update(circle)
        findings[circle[0]].append(circle_finding(circle, files))
    return refused | circled, circled
