"""A text reads a label that what the alert's query returns cannot have.

`$labels` holds the labels of the alert's series: those that the query's aggregations and matchings
leave, and not those that the rule adds. A label that is not there is read as an empty text, and
nobody notices until an alert fires: "Instance  is down".

Where the query is an `or` and only some of its series lack the label, it is a warning. Nothing is
said of a text that thinks of that, by `{{ if $labels.x }}`, `with` or `or`; of a condition on a
label that can never be there it is a warning too, for what it guards is never shown.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=critical,
        expr='sum by (job) (rate(http_requests_total{code="500"}[5m])) > 1',
        summary="{{ $labels.instance }} answers with errors")

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("OrdersFailing", severity=critical,
        expr='sum by (job, instance) (rate(http_requests_total{code="500"}[5m])) > 1',
        summary="{{ $labels.instance }} answers with errors")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, Note
from giggamon_compiler.gotemplate.reads import Read
from giggamon_compiler.promql.labels.result import NAME, Branch, Why
from giggamon_compiler.promql.nodes import AggregateExpr, BinaryExpr
from giggamon_compiler.queries import ProgramQuery, TemplateText

LEVEL: Level = "error"
_MOST_CAUSES = 4
_MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """A read of a label in a text."""

    text: TemplateText
    read: Read

    @property
    def named(self) -> str:
        """The text, as people call it: "summary", "label team"."""
        kind, name = self.text.key
        if kind == "labels":
            return f"label {name}"
        return name if name in ("summary", "description") else f"annotation {name}"


@dataclass(frozen=True, slots=True)
class _Missing:
    """A label that is read and not there; never: that no series has it, not only some.

    why: what took it away, nearest to the result first; branch: the operand of `or` without it
    """

    label: str
    never: bool
    why: Sequence[Why]
    branch: Branch | None


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """What the texts of an alert read can be there."""
    reads: dict[str, list[_Place]] = {}
    for text in query.templates:
        for read in text.run.reads:
            if read.what == "label":
                reads.setdefault(read.name, []).append(_Place(text, read))
    if not reads or query.analysis is None:
        return
    for label, places in reads.items():
        missing = _missing(query, label)
        if missing is None:
            continue
        shown = [it for it in places if not it.read.tested and not it.read.guarded]
        tested = [it for it in places if it.read.tested]
        if shown:
            yield _empty(query, missing, shown)
        elif tested and missing.never:
            yield _needless(query, missing, tested)


def _missing(query: ProgramQuery, label: str) -> _Missing | None:
    assert query.analysis is not None, "the caller has looked"
    result = query.analysis.result
    if result.type == "scalar":
        return _Missing(label, True, (), None)
    lacking = [it for it in result.branches if it.fact(label).presence == "absent"]
    if not lacking:
        return None
    never = len(lacking) == len(result.branches)
    why = tuple(why for it in (lacking if never else lacking[:1]) for why in it.fact(label).why)
    return _Missing(label, never, why, None if never else lacking[0])


def _empty(query: ProgramQuery, missing: _Missing, places: Sequence[_Place]) -> Finding:
    first, *others = places
    label = missing.label
    whose = "no series of its query has" if missing.never else "some series of its query never have"
    notes = [Note(f"it is read in {it.named} too", it.text.span(it.read)) for it in others]
    return Finding(
        "template-label",
        f"{query.name} reads {label} in its {first.named}, and {whose} that label",
        first.text.span(first.read),
        _help(query, missing),
        query.subject,
        query.level(missing.why) if missing.never else "warning",
        (*_causes(query, missing), *notes),
    )


def _needless(query: ProgramQuery, missing: _Missing, places: Sequence[_Place]) -> Finding:
    first = places[0]
    return Finding(
        "template-label",
        f"{query.name} asks for {missing.label} in its {first.named}, "
        "and no series of its query has that label",
        first.text.span(first.read),
        _help(query, missing),
        query.subject,
        "warning",
        _causes(query, missing),
    )


def _causes(query: ProgramQuery, missing: _Missing) -> tuple[Note, ...]:
    notes = query.notes(missing.why)[:_MOST_CAUSES]
    branch = missing.branch
    if branch is not None and branch.start >= 0:
        message = f"these series have no {missing.label}"
        notes = (Note(message, query.origin(branch.start, branch.end)), *notes)
    return notes


def _help(query: ProgramQuery, missing: _Missing) -> str:
    label, rule, group = missing.label, query.rule, query.group
    stated = {**(group.labels if group else {}), **(rule.labels if rule else {})}
    if label == "alertname":
        return f"$labels holds no alertname: write {query.name} itself"
    if label in stated:
        said = "" if "{{" in stated[label] else f": write {stated[label]} itself"
        return f"$labels holds what the query returns, and {label} is put on by the rule{said}"
    server = query.reading.program.prometheus
    if server is not None and label in server.external_labels:
        return f"{label} is an external label: write $externalLabels.{label}"
    kept = _kept(query, label)
    near = get_close_matches(label, kept, 1, 0.75)
    advice = [f"read {near[0]}, which the query keeps"] if near else []
    way = _way(query, missing)
    advice += [way] if way else []
    if not missing.never:
        advice.append(f"write it only where it is: {{{{ with $labels.{label} }}}}…{{{{ end }}}}")
    elif not near:
        advice.append("take it out of the text")
    return ", or ".join(advice)


def _kept(query: ProgramQuery, label: str) -> list[str]:
    """The labels that the query is known to return."""
    assert query.analysis is not None, "the caller has looked"
    branches = query.analysis.result.branches
    names = {name for it in branches for name in it.names if it.fact(name).presence != "absent"}
    return sorted(names - {NAME, label})


def _way(query: ProgramQuery, missing: _Missing) -> str:
    """What to change in the query, at each place that drops the label; empty where none can."""
    ways: list[str] = []
    for why in dict.fromkeys(missing.why):
        if why.query is None and _is_copied(query, why):
            continue
        way = _step(query, missing.label, why)
        if not way:
            return ""
        ways += [way] if way not in ways else []
    if len(ways) > _MOST_WAYS:
        return f"keep {missing.label} in all that is between the metric and the result"
    return " and ".join(ways)


def _is_copied(query: ProgramQuery, why: Why) -> bool:
    """Whether a reason only says that group_left takes the label from the other side."""
    return any(
        (label.start, label.end) == (why.start, why.end)
        for node in query.each(BinaryExpr)
        if node.matching is not None
        for label in node.matching.include
    )


def _step(query: ProgramQuery, label: str, why: Why) -> str:
    """What to change at one place, so that it keeps the label."""
    if why.query is not None and why.query not in query.reading.recordings:
        return f"add {label} to the labels that {why.query} is declared with"
    if why.query is not None:
        return f"keep {label} in {why.query}"
    for node in query.each(AggregateExpr):
        clause = node.grouping
        if clause is None and (why.start, why.end) == (node.start, node.start + len(node.op)):
            return f"keep it: {node.op} by ({label})"
        if clause is None or (why.start, why.end) != (clause.start, clause.end):
            continue
        listed = ", ".join(it.name for it in clause.labels)
        if clause.without:
            return f"take {label} out of without ({listed})"
        return f"add {label} to by ({listed})"
    for match in query.each(BinaryExpr):
        matching = match.matching
        if matching is not None and (why.start, why.end) == (matching.start, matching.end):
            listed = ", ".join(it.name for it in matching.labels)
            if matching.on:
                return f"add {label} to on ({listed})"
            return f"take {label} out of ignoring ({listed})"
    return ""
