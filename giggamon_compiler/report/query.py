"""What a query is, and which labels its result has: for people, and for machines.

For people each reason stands below the characters that it speaks of:

    vector, read as Prometheus 3.5 does

      sum by (job) (rate(requests_total{job="orders"}[5m]))

      job: certain, "orders"
        sum by (job) (rate(requests_total{job="orders"}[5m]))
            ^^^^^^^^ …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from giggamon_compiler.promql.labels.result import Branch, Fact, Result, Why
from giggamon_compiler.report.characters import brief, underlined

_SHOWN = 12  # lines of a query
_METADATA = ("__type__", "__unit__")


def render(
    text: str, result: Result, version: str, recordings: Mapping[str, str] | None = None
) -> str:
    """For people; recordings: the expressions in which reasons of recorded metrics lie, by name."""
    texts: dict[str | None, str] = {None: text}
    texts.update((recordings or {}).items())
    lines = [f"{_kind(result)}, read as Prometheus {version} does", ""]
    lines += _indented(text)
    if result.type in ("vector", "matrix") and not result.branches:
        lines += ["", "  returns nothing:", *_reasons(result.why_empty, texts)]
    for number, branch in enumerate(result.branches, 1):
        if len(result.branches) > 1:
            lines += ["", f"  branch {number} of {len(result.branches)}:", *_origin(text, branch)]
        for names, fact in _alike(branch, text):
            lines += ["", f"  {names}: {_said(fact)}", *_reasons(fact.why, texts)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_tree(text: str, result: Result, version: str) -> dict[str, Any]:
    """For machines; the characters of spans are counted from 0, their ends are exclusive."""
    return {
        "query": text,
        "prometheus": version,
        "type": result.type,
        "why_empty": [_why_tree(why) for why in result.why_empty],
        "branches": [
            {
                "start": branch.start,
                "end": branch.end,
                "labels": {name: _fact_tree(fact) for name, fact in branch.labels.items()},
                "others": _fact_tree(branch.rest),
            }
            for branch in result.branches
        ],
    }


def _kind(result: Result) -> str:
    if result.type in ("vector", "matrix"):
        kind = "instant vector" if result.type == "vector" else "range vector"
        count = len(result.branches)
        return f"{kind} of {count} branches" if count > 1 else kind
    return result.type


def _indented(text: str) -> list[str]:
    lines = text.strip("\n").split("\n")
    more = [f"  … {len(lines) - _SHOWN} lines more"] if len(lines) > _SHOWN else []
    return [f"  {underlined(line, 0, 0)[0]}" for line in lines[:_SHOWN]] + more


def _origin(text: str, branch: Branch) -> Iterator[str]:
    if branch.start >= 0:
        yield from (f"    {line}" for line in _excerpt(text, branch.start, branch.end))


def _alike(branch: Branch, text: str) -> Iterator[tuple[str, Fact]]:
    """The labels of which the same is known for the same reasons, with what is known.

    That the labels which describe the metric go with its name is told where the query names them.
    """
    found: dict[tuple[Fact, tuple[Why, ...]], list[str]] = {}
    for name, fact in branch.labels.items():
        if name in _METADATA and fact.presence == "absent" and name not in text:
            continue
        found.setdefault((fact, fact.why), []).append(name)
    rest = branch.rest
    found.setdefault((rest, rest.why), []).append("every other label")
    order = ("certain", "possible", "absent")
    for (fact, _), names in sorted(found.items(), key=lambda it: order.index(it[0][0].presence)):
        yield ", ".join(names), fact


def _said(fact: Fact) -> str:
    values = "" if fact.presence == "absent" else fact.values.text
    return f"{fact.presence}, {brief(values)}" if values else fact.presence


def _reasons(steps: tuple[Why, ...], texts: Mapping[str | None, str]) -> Iterator[str]:
    """Each reason below the characters that it speaks of; a line that stays is not repeated."""
    above = None
    for why in steps:
        text = texts.get(why.query)
        where = f"in {why.query}: " if why.query and why.query not in why.text else ""
        said = brief(f"{where}{why.text}")
        if text is None or why.start < 0:
            yield f"    {said}"
            above = None
            continue
        line, carets = _excerpt(text, why.start, why.end)
        if (why.query, line) != above:
            yield f"    {line}"
        yield f"    {carets} {said}"
        above = (why.query, line)


def _excerpt(text: str, start: int, end: int) -> tuple[str, str]:
    """The first line of a span, and carets below it."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    line = text[begin:] if stop < 0 else text[begin:stop]
    return underlined(line, start - begin, min(end - begin, len(line)))


def _fact_tree(fact: Fact) -> dict[str, Any]:
    values = fact.values
    return {
        "presence": fact.presence,
        "values": None if values.finite is None else sorted(values.finite),
        "values_text": values.text,
        "why": [_why_tree(why) for why in fact.why],
    }


def _why_tree(why: Why) -> dict[str, Any]:
    return {"text": why.text, "start": why.start, "end": why.end, "query": why.query}
