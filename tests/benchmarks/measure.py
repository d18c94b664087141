"""Times each part of a build of a synthetic organisation, beside promtool on the same rules.

`python -m tests.benchmarks.measure --services 1000` prints a table in Markdown; with `--rules N`,
of rule files that others wrote, which are linted. Each part runs in turn in one process; the peak
of its memory is that process's. `--help` is timed beside a bare interpreter. Ratios hold when the
machine's speed drifts; single seconds do not.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from giggamon_compiler import checks, judges, lower, targets
from giggamon_compiler.cli import rule_files
from giggamon_compiler.ir import Program
from giggamon_compiler.load import read_definitions
from tests.benchmarks.organisation import write_organisation
from tests.benchmarks.rule_files import write_rules


def measure_parts(folder: Path) -> dict[str, float]:
    """Seconds of each part of a build without external tools, in the pipeline's order."""
    gc.disable()  # as the command does
    seconds: dict[str, float] = {}
    start = time.perf_counter()

    def lap(part: str) -> None:
        nonlocal start
        now = time.perf_counter()
        seconds[part] = now - start
        start = now

    definitions, findings = read_definitions(folder)
    lap("load")
    program = lower.lower(definitions)
    lap("lower")
    files = targets.emit(program)
    lap("emit")
    judged = judges.check_schemas(program, files)
    lap("schemas")
    checked = checks.run(program, whole=definitions.complete)
    lap("checks")
    wrong = [it for it in (*findings, *judged, *checked) if it.level == "error"]
    assert not wrong, wrong[0]
    seconds["all parts"] = sum(seconds.values())
    seconds["MiB at the peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds


def time_command(command: list[str], folder: Path, runs: int = 5) -> float:
    """The median of the seconds that a whole process takes, after one run that does not count."""
    return time_both(command, folder, runs)[0]


def time_both(
    command: list[str], folder: Path, runs: int, environment: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """The medians of the seconds that a process takes, and of those that processors work for it."""
    times, works = [], []
    for _ in range(runs + 1):
        start, before = time.perf_counter(), _worked()
        subprocess.run(
            command, cwd=folder, check=False, capture_output=True, timeout=600, env=environment
        )
        times.append(time.perf_counter() - start)
        works.append(_worked() - before)
    return statistics.median(times[1:]), statistics.median(works[1:])


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare(services: int) -> dict[str, float]:
    """All figures of one organisation, in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_organisation(folder / "definitions", services)
        here = [sys.executable, "-m", "tests.benchmarks.measure", "--parts", name]
        done = subprocess.run(here, check=True, capture_output=True, text=True, timeout=600)
        figures: dict[str, float] = json.loads(done.stdout)
        build = [sys.executable, "-m", "giggamon_compiler", "build", "--offline"]
        start = time.perf_counter()
        subprocess.run(build, cwd=folder, check=True, capture_output=True, timeout=600)
        figures["giggamon build --offline, first"] = time.perf_counter() - start
        rules = sorted(str(it) for it in (folder / "generated/prometheus/rules").rglob("*.yml"))
        if promtool := shutil.which("promtool"):
            peer = [promtool, "check", "rules", *rules]
            figures["promtool check rules, same files"] = time_command(peer, folder, runs=3)
    bare = time_command([sys.executable, "-c", "pass"], Path.cwd(), 20)
    helped = time_command([sys.executable, "-m", "giggamon_compiler", "--help"], Path.cwd(), 20)
    figures["--help by a bare interpreter"] = helped / bare
    return figures


def measure_rules(folder: Path) -> dict[str, float]:
    """Seconds of each part of a lint of rule files, in the pipeline's order."""
    gc.disable()  # as the command does
    names = sorted(str(path) for path in folder.rglob("*.yml"))
    start = time.perf_counter()
    found = rule_files.read(names)
    files = targets.read_files(found.files, "3.5")
    read = time.perf_counter()
    program = Program(tuple(group for file in files for group in file.groups))
    checked = checks.run(program, whole=True)
    seconds = {"files to rules": read - start, "checks": time.perf_counter() - read}
    assert not found.findings, found.findings[0]
    seconds["findings"] = len(checked) + sum(len(file.findings) for file in files)
    seconds["MiB at the peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds


def compare_rules(rules: int) -> dict[str, float]:
    """All figures of a lint of rule files, in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "rules"
        write_rules(folder, rules)
        here = [sys.executable, "-m", "tests.benchmarks.measure", "--rules-in", str(folder)]
        done = subprocess.run(here, check=True, capture_output=True, text=True, timeout=600)
        figures: dict[str, float] = json.loads(done.stdout)
        lint = [sys.executable, "-m", "giggamon_compiler", "lint", "--rules", "rules/**/*.yml"]
        # With the bytecode that an installation has; the run that does not count writes it.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(name) / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = time_both(lint, folder.parent, 3, environment)
        figures["giggamon lint --rules"], figures["the same, of processors"] = ours
        if promtool := shutil.which("promtool"):
            names = sorted(str(path) for path in folder.rglob("*.yml"))
            peer = time_both([promtool, "check", "rules", "--lint=none", *names], folder, runs=3)
            figures["promtool check rules --lint=none, same files"] = peer[0]
            figures["the same, of its processors"] = peer[1]
            figures["by promtool"] = ours[0] / peer[0]
            figures["by promtool, of processors"] = ours[1] / peer[1]
    return figures


def main() -> None:
    """Print the table, or, for one process, the parts as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=100)
    parser.add_argument("--rules", type=int)
    parser.add_argument("--parts", type=Path)
    parser.add_argument("--rules-in", type=Path)
    given = parser.parse_args()
    if given.parts or given.rules_in:
        parts = given.parts and measure_parts(given.parts / "definitions")
        json.dump(parts or measure_rules(given.rules_in), sys.stdout)
        return
    what = f"{given.rules} rules" if given.rules else f"{given.services} services"
    figures = compare_rules(given.rules) if given.rules else compare(given.services)
    lines = [f"| {what} | |", "| --- | ---: |"]
    lines += [f"| {name} | {figure:.2f} |" for name, figure in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
