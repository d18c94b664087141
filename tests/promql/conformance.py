r"""Any list of expressions, judged by both generations of the real engine and by us.

    python -m tests.promql.conformance [--mutations N] [--seed S] FILE...

A FILE holds JSON Lines with the field "expr" (and, where it is there, "substituted"), a JSON list
of texts, or plain text with one expression a line. Grafana variables outside of strings are
replaced (`tests.promql.grafana`); the expression as it is written is judged too. Prints how many
expressions each generation takes, and every difference; ends with 1 where there is one that is not
in `data/known-differences.json`. The older generation is the one on PATH, the newer one is in the
folder that GIGGAMON_NEWER_TOOLS names.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.promql.engine import Generation, find_generation, find_newer
from tests.promql.grafana import substitute
from tests.promql.judging import Difference, differences, judge, span_differences
from tests.promql.mutations import mutate

KNOWN = Path(__file__).parent / "data" / "known-differences.json"


def read_list(text: str) -> list[str]:
    """The expressions of a file, variables replaced, each once, in their order."""
    found: dict[str, None] = {}
    for written in _exprs(text):
        # Half a character of JSON is no text that a file can hold.
        expr = written.encode("utf-8", "replace").decode()
        found.setdefault(expr)
        found.setdefault(substitute(expr))
    return list(found)


def _exprs(text: str) -> Iterator[str]:
    if text.lstrip().startswith("["):
        rows = json.loads(text)
    else:
        lines = [line for line in text.split("\n") if line.strip()]
        rows = [
            json.loads(line) if line.startswith("{") and ":" in line else line for line in lines
        ]
    for row in rows:
        if isinstance(row, str):
            yield row
        else:
            yield row["expr"]
            if "substituted" in row:
                yield row["substituted"]


def generations() -> list[Generation]:
    """Those that are here; raises SystemExit where there is none."""
    found = [generation for generation in (find_generation(), find_newer()) if generation]
    if not found:
        raise SystemExit("prometheus, promtool: not on PATH; .ci/install puts them there")
    return found


def explained(difference: Difference) -> str | None:
    """Why ours is right, where that difference is known."""
    for known in json.loads(KNOWN.read_text(encoding="utf-8")):
        same = difference.version in known["versions"] and difference.kind in known["kinds"]
        said = re.search(known.get("ours", ""), difference.ours)
        if same and said and re.search(known["pattern"], difference.expr):
            return str(known["reason"])
    return None


def run(name: str, exprs: Sequence[str], spans: bool) -> list[Difference]:
    """Judge a list, print the counts, and give back what differs."""
    found: list[Difference] = list(span_differences(exprs)) if spans else []
    for generation in generations():
        start = time.monotonic()
        with (
            tempfile.TemporaryDirectory() as folder,
            judge(generation, Path(folder)) as judging,
        ):
            verdicts = judging.verdicts(exprs)
            taken = sum(verdict.refusal is None for verdict in verdicts)
            differing = differences(judging, exprs)
        counts = dict(Counter(difference.kind for difference in differing))
        took = time.monotonic() - start
        sys.stdout.write(
            f"{name}, Prometheus {generation.version}: {len(exprs)} expressions,"
            f" {taken} accepted; differences: {counts or 'none'}; {took:.1f} s\n"
        )
        found += differing
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0 where nothing differs but what is explained."""
    parser = argparse.ArgumentParser(prog="python -m tests.promql.conformance")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--mutations", type=int, default=20_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    options = parser.parse_args(arguments)
    sys.setrecursionlimit(20_000)  # the engine's trees are as deep as the expressions are
    lists = {str(path): read_list(path.read_text(encoding="utf-8")) for path in options.files}
    found = []
    for name, exprs in lists.items():
        found += run(name, exprs, spans=True)
    if options.mutations:
        sources = [expr for exprs in lists.values() for expr in exprs]
        mutations = mutate(sources, options.mutations, options.seed)
        texts = list(dict.fromkeys(mutation.text for mutation in mutations))
        found += run(f"mutations (seed {options.seed})", texts, spans=False)
    reasons = [explained(difference) for difference in found]
    for difference, reason in zip(found, reasons, strict=True):
        told = {"version": difference.version, "kind": difference.kind, "expr": difference.expr}
        told |= {"ours": difference.ours, "theirs": difference.theirs}
        told |= {"reason": reason} if reason else {}
        sys.stdout.write(json.dumps(told, ensure_ascii=True) + "\n")
    explanations = sum(reason is not None for reason in reasons)
    sys.stdout.write(f"{len(found)} differences, {explanations} explained\n")
    return 1 if None in reasons else 0


if __name__ == "__main__":
    sys.exit(main())
