"""What the analysis says, as a line of text that a table of expectations can hold.

`said("sum by (job) (up)")` is ["job?"]: one text for each branch. `job` is certain, `job?` is
possible, `!job` is absent, `job=a|b` and `job?=a|b` have these values only, "…" stands for any
other label. The metric's name is `__name__`; what no series can have is left out where there is
no "…".
"""

from __future__ import annotations

from giggamon_compiler.promql.labels.analysis import Analysis, analyse
from giggamon_compiler.promql.labels.recordings import Recorded, Recording
from giggamon_compiler.promql.labels.result import Branch, Fact, Known
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse

OLDER = "2.42"
NEWER = "3.5"


def tree(text: str) -> Expr:
    parsed = parse(text)
    assert parsed.tree is not None, (text, parsed.problem)
    return parsed.tree


def analysed(text: str, version: str = NEWER, known: Known | None = None) -> Analysis:
    return analyse(tree(text), known, version)


def said(text: str, version: str = NEWER, known: Known | None = None) -> list[str]:
    return [line(branch) for branch in analysed(text, version, known).result.branches]


def line(branch: Branch) -> str:
    is_open = branch.rest.presence != "absent"
    parts = [
        part
        for name, fact in branch.labels.items()
        if (part := _part(name, fact, is_open, branch.rest))
    ]
    return " ".join([*parts, "…"] if is_open else parts)


def _part(name: str, fact: Fact, is_open: bool, rest: Fact) -> str:
    if fact == rest:
        return ""
    if fact.presence == "absent":
        return f"!{name}" if is_open else ""
    mark = "?" if fact.presence == "possible" else ""
    values = fact.values
    if values.finite is not None:
        return f"{name}{mark}={'|'.join(sorted(values.finite))}"
    return f"{name}{mark}" + (f"<{values.text}>" if values.text else "")


def recorded(version: str = NEWER, **rules: str | list[str]) -> Recorded:
    """Metrics by name, with the expression or expressions that record them."""
    return Recorded(
        [
            Recording(name, tree(text), {})
            for name, texts in rules.items()
            for text in ([texts] if isinstance(texts, str) else texts)
        ],
        version=version,
    )
