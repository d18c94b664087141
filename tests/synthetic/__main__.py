"""`python -m tests.synthetic [--newer]`: every generated query, asked of a real Prometheus."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.judging import GENERATED, read_files, read_generated
from tests.promql.engine import find_generation, find_newer
from tests.synthetic.asking import all_queries, ask, world
from tests.synthetic.shown import read_catalogues


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every query has data and none an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthetic", description=__doc__)
    parser.add_argument("--newer", action="store_true", help="on the newer generation")
    options = parser.parse_args(arguments)
    generation = find_newer() if options.newer else find_generation()
    if generation is None:
        parser.error("no prometheus and promtool; see .ci/install and .ci/newer-tools")
    begun = time.monotonic()
    program, files = read_generated(), read_files(GENERATED)
    asked = all_queries(program, files)
    with (
        tempfile.TemporaryDirectory() as folder,
        world(generation, Path(folder), program, read_catalogues(), asked) as running,
    ):
        written = time.monotonic()
        answers = ask(running, asked)
    wrong = [it for it in answers if it.problem]
    for it in wrong:
        part = f" ({it.asked.part})" if it.asked.part else ""
        print(f"{it.asked.where}{part}: {it.problem}\n    {' '.join(it.asked.text.split())}")  # noqa: T201
    print(  # noqa: T201
        f"{len(answers)} queries, {len(wrong)} without data or with an error; "
        f"written in {written - begun:.1f} s, asked in {time.monotonic() - written:.1f} s, "
        f"Prometheus {generation.version}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
