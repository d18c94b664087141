"""The committed expressions, and what the real engine said of them.

`data/expressions.jsonl` are real ones, chosen to hold every construct that people write (their
licences stand in `data/LICENCES.md`); `data/constructs.json` are made for what the language allows
and refuses. `data/recorded.jsonl` has for each the verdict of both versions and the tree of
`/api/v1/parse_query`, in the words of `tests.promql.neutral`. It is written by

    GIGGAMON_NEWER_TOOLS=DIR python -m tests.promql.sample

from the servers themselves; a person reads the difference before it is committed.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.promql.engine import find_generation, find_newer
from tests.promql.judging import judge
from tests.promql.neutral import of_answer

DATA = Path(__file__).parent / "data"
RECORDED = DATA / "recorded.jsonl"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the real engine said: refusals by version, None where it takes the expression.

    flagged: the newer one's with experimental functions on; tree: neutral, as JSON has it (lists),
    of the newer one, or None
    """

    expr: str
    older: str | None
    newer: str | None
    flagged: str | None
    tree: Any


def real() -> list[str]:
    """Expressions from other people's files."""
    lines = (DATA / "expressions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["expr"] for line in lines]


def constructs() -> list[str]:
    """Expressions made for one construct each, right and wrong."""
    groups = json.loads((DATA / "constructs.json").read_text(encoding="utf-8"))
    return list(dict.fromkeys(expr for group in groups.values() for expr in group))


def recorded() -> list[Recorded]:
    """What was recorded, in the order of `constructs` and `real`."""
    lines = RECORDED.read_text(encoding="utf-8").split("\n")
    return [Recorded(**json.loads(line)) for line in lines if line]


def record() -> None:
    """Ask both generations and write down what they say."""
    older, newer = find_generation(), find_newer()
    if older is None or newer is None or older.is_newer or not newer.is_newer:
        raise SystemExit("needs 2.42 on PATH and 3.5 in GIGGAMON_NEWER_TOOLS; see .ci/newer-tools")
    exprs = [*constructs(), *real()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with judge(older, folder) as judging:
            before = judging.verdicts(exprs)
        with judge(newer, folder) as judging:
            after = judging.verdicts(exprs)
    rows = [
        {
            "expr": expr,
            "older": old.refusal,
            "newer": new.refusal,
            "flagged": new.flagged,
            "tree": of_answer(new.said) if new.said else None,
        }
        for expr, old, new in zip(exprs, before, after, strict=True)
    ]
    lines = [json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows]
    RECORDED.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
