"""`python -m tests.mutants [SERVICE… | SERVICE/ALERT…]`: the mutants that no test notices."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence

from giggamon_compiler.ir import Rule
from tests.mutants.judging import Judged, judge, read_generated, share
from tests.mutants.listing import listed_anew, read_list, write_list


def report(found: Sequence[Judged]) -> str:
    """What survives, by rule, with its expression; and the figures."""
    lines = []
    for it in found:
        if it.survivors:
            severities = ", ".join(sorted(it.severities))
            count = len(it.killed) + len(it.survivors)
            lines.append(f"\n{it.name} ({severities}): {len(it.survivors)} of {count} survive")
            lines.append(f"  {' '.join(it.rule.query.text.split())}")
            for mutant in it.survivors:
                lines.append(f"  - {mutant.key}")
                if mutant.rule.query != it.rule.query:
                    lines.append(f"      {mutant.rule.query.text}")
    critical = [it for it in found if "critical" in it.severities]
    for name, chosen in (("critical", critical), ("all", found)):
        killed, count, equal = share(chosen)
        percent = f"{killed / count:.1%}" if count else "none"
        lines.append(f"{name}: {killed} of {count} mutants noticed, {percent}; {equal} more equal")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where no mutant survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SERVICE", help="or SERVICE/ALERT")
    parser.add_argument("--without-objectives", action="store_true", help="alerts of our own only")
    parser.add_argument("--quick", action="store_true", help="do not look for equal mutants")
    parser.add_argument("--update", action="store_true", help="write the list of survivors anew")
    parser.add_argument("--newer", help="a folder with another promtool")
    options = parser.parse_args(arguments)
    promtool = shutil.which("promtool", path=options.newer)
    if promtool is None:
        parser.error("no promtool; see .ci/install")
    if options.update and options.quick:
        parser.error("--update wants to know which mutants are equal")

    def wanted(rule: Rule) -> bool:
        named = not options.names or {rule.owner, rule.identity} & {*options.names}
        return bool(named) and not (options.without_objectives and rule.objective)

    begun = time.monotonic()
    found = judge(promtool, read_generated(), wanted, equal=not options.quick)
    if options.update:
        write_list(listed_anew(read_list(), found))
    print(report(found))  # noqa: T201
    print(f"in {time.monotonic() - begun:.1f} s")  # noqa: T201
    return 1 if any(it.survivors for it in found) else 0


if __name__ == "__main__":
    sys.exit(main())
