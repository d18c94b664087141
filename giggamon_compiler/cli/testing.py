"""A run of the tests, and how it went."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from giggamon_compiler import pipeline
from giggamon_compiler.cli import tree
from giggamon_compiler.cli.compilation import Compilation
from giggamon_compiler.cli.terminal import progress
from giggamon_compiler.findings import Finding
from giggamon_compiler.judges import select_tests
from giggamon_compiler.report.text import count

FAILED = "failed-test"
_SLOW = 5.0  # seconds, from which on people ask why


@dataclass(frozen=True, slots=True)
class Tested:
    """What failed or kept the tests from being run, and one line on all of it.

    seconds: how long each test took by itself, where that was asked for
    """

    findings: Sequence[Finding]
    summary: str
    seconds: Mapping[str, float] = field(default_factory=dict)


def run(
    compiled: Compilation,
    names: Sequence[str],
    output: Path | None,
    quiet: bool = False,
    singly: bool = False,
) -> Tested:
    """Run the tests of these names, or all, on the output folder as it is, or on what compiles.

    singly: one after the other, in order to learn how long each takes
    """
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
        heal = f"giggamon build{tree.places_text(compiled.definitions, output)}"
        finding = tree.empty_finding(output, heal)
        return Tested((finding,), f"no test was run: {output} holds no outputs")
    begun = time.monotonic()
    seconds: dict[str, float] = {}
    findings: list[Finding] = []
    with progress("running the tests", quiet):
        for part in [(name,) for name in chosen.names] if singly else [tuple(names)]:
            start = time.monotonic()
            findings += pipeline.test(build, files, compiled.tools, part).findings
            if singly:
                seconds[part[0]] = time.monotonic() - start
    took = time.monotonic() - begun
    where = f" on the files in {output}" if output else ""
    slow = "" if singly or took < _SLOW else "; giggamon test -v says which is slow"
    summary = f"{_summary(findings, set(chosen.names))}{where} ({took:.1f} s){slow}"
    return Tested(tuple(dict.fromkeys(findings)), summary, seconds)


def times_text(tested: Tested) -> str:
    """How each test went and how long it took, one a line, the slowest last."""
    failed = {finding.subject for finding in tested.findings if finding.level == "error"}
    return "\n".join(
        f"{'failed' if name in failed else 'passed'}  {seconds:.1f} s  {name}"
        for name, seconds in sorted(tested.seconds.items(), key=lambda it: it[1])
    )


def _summary(findings: Sequence[Finding], tests: set[str]) -> str:
    if any(finding.fatal for finding in findings):
        return "the tests could not be run"
    failed = len(tests & {finding.subject for finding in findings if finding.id == FAILED})
    if findings and not failed:
        return f"{count(len(tests), 'test')} ran, and what is above was found"
    passed = f"{count(len(tests) - failed, 'test')} passed"
    return f"{passed}, {failed} failed" if failed else passed
