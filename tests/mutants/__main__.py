"""`python -m tests.mutants [SERVICE… | SERVICE/ALERT…]`: the mutants that no test notices."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence

from tests.mutants.judging import Judged, judge, read_generated


def report(found: Sequence[Judged]) -> str:
    """What survives, by rule, with its expression; and the figures."""
    lines = []
    for it in found:
        if it.survivors:
            severities = ", ".join(sorted(it.severities))
            count = len(it.killed) + len(it.survivors)  # what is equal cannot be noticed
            lines.append(f"\n{it.name} ({severities}): {len(it.survivors)} of {count} survive")
            lines.append(f"  {' '.join(it.rule.query.text.split())}")
            for mutant in it.survivors:
                lines.append(f"  - {mutant.key}")
                if mutant.rule.query != it.rule.query:
                    lines.append(f"      {mutant.rule.query.text}")
    for name, chosen in (
        ("critical", [it for it in found if "critical" in it.severities]),
        ("all", found),
    ):
        killed = sum(len(it.killed) for it in chosen)
        count = killed + sum(len(it.survivors) for it in chosen)
        share = f"{killed / count:.1%}" if count else "none"
        equal = sum(len(it.equal) for it in chosen)
        lines.append(
            f"{name}: {killed} of {count} mutants are noticed, {share}; {equal} more are equal"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where no mutant survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SERVICE", help="or SERVICE/ALERT")
    parser.add_argument("--without-objectives", action="store_true", help="alerts of our own only")
    parser.add_argument("--quick", action="store_true", help="do not look for equal mutants")
    parser.add_argument("--newer", help="a folder with another promtool")
    options = parser.parse_args(arguments)
    promtool = shutil.which("promtool", path=options.newer)
    if promtool is None:
        parser.error("no promtool; see .ci/install")
    begun = time.monotonic()
    found = judge(
        promtool,
        read_generated(),
        options.names,
        objectives=not options.without_objectives,
        equal=not options.quick,
    )
    print(report(found))  # noqa: T201
    print(f"in {time.monotonic() - begun:.1f} s")  # noqa: T201
    return 1 if any(it.survivors for it in found) else 0


if __name__ == "__main__":
    sys.exit(main())
