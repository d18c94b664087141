"""A run of the tests, and how it went."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from giggamon_compiler import pipeline
from giggamon_compiler.cli import tree
from giggamon_compiler.cli.compilation import Compilation
from giggamon_compiler.cli.terminal import progress
from giggamon_compiler.findings import Finding
from giggamon_compiler.judges import select_tests
from giggamon_compiler.report.text import count

FAILED = "failed-test"


@dataclass(frozen=True, slots=True)
class Tested:
    """What failed or kept the tests from being run, and one line on all of it."""

    findings: Sequence[Finding]
    summary: str


def run(
    compiled: Compilation, names: Sequence[str], output: Path | None, quiet: bool = False
) -> Tested:
    """Run the tests of these names, or all, on the output folder as it is, or on what compiles."""
    build = compiled.build
    if compiled.offline:
        return Tested((), "no test was run: --offline leaves promtool and amtool out")
    if compiled.tools is None:
        return Tested(compiled.missing, "no test was run: promtool and amtool are needed")
    if not build.valid:
        return Tested((), "no test was run: the definitions come first")
    chosen = select_tests(build.program, names)
    if chosen.findings:
        return Tested(chosen.findings, "no test was run: see above")
    try:
        files = build.files if output is None else tree.read(output)
    except tree.OutputError as error:
        return Tested((error.finding,), f"no test was run: {output} cannot be read")
    if output and not files:
        finding = tree.empty_finding(
            output, f"giggamon build{tree.places_text(Path('definitions'), output)}"
        )
        return Tested((finding,), f"no test was run: {output} holds no outputs")
    begun = time.monotonic()
    with progress("running the tests", quiet):
        findings = pipeline.test(build, files, compiled.tools, names).findings
    where = f" on the files in {output}" if output else ""
    took = f" ({time.monotonic() - begun:.1f} s)"
    return Tested(findings, f"{_summary(findings, set(chosen.names))}{where}{took}")


def _summary(findings: Sequence[Finding], tests: set[str]) -> str:
    if any(finding.fatal for finding in findings):
        return "the tests could not be run"
    failed = len(tests & {finding.subject for finding in findings if finding.id == FAILED})
    if findings and not failed:
        return f"{count(len(tests), 'test')} ran, and what is above was found"
    passed = f"{count(len(tests) - failed, 'test')} passed"
    return f"{passed}, {failed} failed" if failed else passed
