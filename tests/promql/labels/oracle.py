"""The judge of the label analysis: a real Prometheus, over series drawn at random.

    python -m tests.promql.labels.oracle FILE… --runs 10000 --seed 1 [--newer]

Each expression is put into worlds (series that carry the labels that it names, or some of them),
and every series that Prometheus answers with must be one that the analysis admits: no label that it
calls absent, every label that it calls certain, no value that it excludes, nothing where it says
that nothing is returned. FILEs hold an expression a line as JSON, {"expr": …}; random expressions
over the whole language are added.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.promql.engine import Generation, engine, find_generation, find_newer
from tests.promql.grafana import substitute
from tests.promql.labels import oracle_coverage as coverage
from tests.promql.labels import oracle_grammar as grammar
from tests.promql.labels.oracle_judge import Verdict, judge
from tests.promql.labels.oracle_run import FLAGS, Collection, collect
from tests.promql.labels.oracle_world import target_info
from tests.promql.labels.oracle_write import write

_SHOWN = 10
_MOST_MORE = 6
_OFTEN = (
    *("function:label_replace",) * 6,
    *("function:label_join", "function:absent", "operator:and", "matching:on group_left") * 2,
)


def gather(
    generation: Generation,
    folder: Path,
    exprs: Sequence[str],
    runs: int,
    seed: int,
    *,
    cover: bool = False,
) -> Collection:
    """Runs on a Prometheus of its own; cover: go on until all of the language was met enough."""
    newer = generation.is_newer
    with engine(generation, folder, *FLAGS) as running:
        write(running.address, target_info())
        found = collect(running, exprs, runs, str(seed))
        for number in range(_MOST_MORE if cover else 0):
            missed = list(coverage.missed(found.runs, newer=newer))
            if not missed:
                break
            more = grammar.draw(60 * len(missed), seed + number + 1, newer=newer, features=missed)
            found += collect(running, more, 40 * len(missed), f"{seed}.{number}")
        return found


def drawn(count: int, seed: int, *, newer: bool) -> list[str]:
    """Random expressions over the whole language, most of what writes labels."""
    features = [*coverage.wanted(newer=newer), *_OFTEN]
    return grammar.draw(count, seed, newer=newer, features=features)


def report(collection: Collection, verdict: Verdict, *, newer: bool) -> str:
    """The figures, for people."""
    answered = sum(count > 0 for count in collection.answered.values())
    errors = sorted(collection.errors.items(), key=lambda it: -it[1])
    missed = coverage.missed(collection.runs, newer=newer)
    counts = coverage.met(collection.runs)
    lines = [
        f"{verdict.runs} runs judged, {verdict.parts} results, of {len(collection.answered)} "
        f"expressions {answered} with a result; {collection.empty} runs without a result",
        f"{len(verdict.violations)} violations",
        f"errors of the engine: {sum(collection.errors.values())}, "
        + "; ".join(f"{text} × {count}" for text, count in errors[:6]),
        *(
            f"{mode}: {counted.total()} label questions, unknown {verdict.unknown(mode):.1%}, "
            f"certain {counted['certain']}, absent {counted['absent']}"
            for mode, counted in (("open", verdict.open), ("closed", verdict.closed))
        ),
        f"met: {len(counts)} parts of the language; met less than {coverage.ENOUGH} times: "
        + (", ".join(f"{name} ({count})" for name, count in missed.items()) or "none"),
        *(f"\n{violation}" for violation in verdict.violations[:_SHOWN]),
    ]
    return "\n".join(lines) + "\n"


def read_expressions(paths: Sequence[str]) -> list[str]:
    """The expressions of files of JSON lines, Grafana's variables replaced."""
    lines = [line for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    return list(dict.fromkeys(substitute(json.loads(line)["expr"]) for line in lines if line))


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where the engine agrees with the analysis and has met enough of the language."""
    parser = argparse.ArgumentParser(prog="python -m tests.promql.labels.oracle")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drawn", type=int, default=2000, help="random expressions to add")
    parser.add_argument("--newer", action="store_true", help="on the newer generation")
    options = parser.parse_args(arguments)
    generation = find_newer() if options.newer else find_generation()
    if generation is None:
        parser.error("no prometheus and promtool; see .ci/install and .ci/newer-tools")
    newer = generation.is_newer
    exprs = [*read_expressions(options.files), *drawn(options.drawn, options.seed, newer=newer)]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        collection = gather(generation, Path(folder), exprs, options.runs, options.seed, cover=True)
    asked = time.monotonic()
    verdict = judge(collection.runs)
    print(report(collection, verdict, newer=newer))  # noqa: T201
    print(  # noqa: T201
        f"asked in {asked - begun:.1f} s, judged in {time.monotonic() - asked:.1f} s, "
        f"Prometheus {generation.version}"
    )
    missed = coverage.missed(collection.runs, newer=newer)
    return 1 if verdict.violations or missed else 0


if __name__ == "__main__":
    sys.exit(main())
