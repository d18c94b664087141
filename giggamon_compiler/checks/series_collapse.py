"""Series that a rule tells apart by a label alone become one, because the rule sets that label.

The labels of a rule replace those of its series. Where two series differ in nothing else, they then
have the same labels, and Prometheus fails the whole rule: no alert fires, nothing is recorded. The
compiler sets labels, too: those of the service, the team and the severity.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("RequestsFailing", severity=warning,
        expr='sum by (service) (rate(http_requests_total{code="500"}[5m])) > 1')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    failing = Alert("RequestsFailing", severity=warning,
        expr='sum by (job) (rate(http_requests_total{code="500"}[5m])) > 1')
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Group, Rule
from giggamon_compiler.promql.conditions import COMPARISONS, unwrap
from giggamon_compiler.promql.labels.result import NAME, Branch, Fact
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    Label,
    NumberLiteral,
    VectorSelector,
)
from giggamon_compiler.queries import ProgramQuery, Span

LEVEL: Level = "error"

# They choose among series, which keep their labels.
_CHOOSING = frozenset({"bottomk", "limit_ratio", "limitk", "topk"})
# Functions whose series have none of the labels of their argument's.
_CLOSING = frozenset({"absent", "absent_over_time", "vector"})


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Series that can differ, differ in a label that the rule leaves as it is."""
    rule, group = query.rule, query.group
    if rule is None or group is None:
        return
    put = _put(query, rule, group)
    if not put or not _may_be_closed(query, put):
        return
    if query.analysis is None or _is_one(query.analysis.tree):
        return
    for branch in query.analysis.result.branches:
        if branch.rest.presence != "absent":
            continue
        told = [name for name in sorted(put) if _tells(branch.fact(name))]
        if told and not any(
            _tells(branch.fact(name)) for name in branch.names - put.keys() - {NAME}
        ):
            yield _finding(query, rule, group, told, branch, put)


def _put(query: ProgramQuery, rule: Rule, group: Group) -> Mapping[str, str]:
    """The labels that become the same on all series; an empty one is taken away.

    A recording and an alert have names of their own, whatever the rule says.
    """
    text = query.query.text
    own = {NAME: rule.name if rule.kind == "record" else ""} if NAME in text else {}
    if rule.kind == "alert" and "alertname" in text:
        own["alertname"] = rule.name
    # A value that is a template may repeat what the series has; that of a recording is none.
    labels = {
        label: value
        for label, value in {**group.labels, **rule.labels}.items()
        if rule.kind == "record" or "{{" not in value
    }
    return {**labels, **own}


def _may_be_closed(query: ProgramQuery, put: Mapping[str, str]) -> bool:
    """Whether series may have one of those labels and no others but such; a cheap question."""
    tree = unwrap(query.parsed.tree) if query.parsed.tree is not None else None
    while isinstance(tree, BinaryExpr) and isinstance(tree.rhs, NumberLiteral):
        tree = unwrap(tree.lhs)
    if isinstance(tree, AggregateExpr) and tree.op != "count_values" and tree.op not in _CHOOSING:
        grouping = tree.grouping
        if grouping is None or not grouping.without:
            return grouping is not None and any(it.name in put for it in grouping.labels)
    if any(query.reading.is_known(it.name) for it in query.each(VectorSelector)):
        return True
    if not any(label in query.query.text for label in put):
        return False  # what is closed has only labels that are named somewhere
    return (
        bool(query.each(AggregateExpr))
        or any(it.func in _CLOSING for it in query.each(Call))
        or any(it.matching is not None and it.matching.on for it in query.each(BinaryExpr))
    )


def _tells(fact: Fact) -> bool:
    """Whether two series can differ in a label."""
    if fact.presence == "absent":
        return False
    values = fact.values.finite
    return fact.presence == "possible" or values is None or len(values) > 1


def _finding(
    query: ProgramQuery,
    rule: Rule,
    group: Group,
    told: list[str],
    branch: Branch,
    put: Mapping[str, str],
) -> Finding:
    gets = " and ".join(f"{name}={put[name]}" for name in told if put[name])
    loses = " and ".join(name for name in told if not put[name])
    said = " and ".join([*([f"get {gets}"] if gets else []), *([f"lose {loses}"] if loses else [])])
    labels = " and ".join(told)
    outcome = "no alert fires" if rule.kind == "alert" else "nothing is recorded"
    tree = query.parsed.tree
    assert tree is not None, "it was analysed"
    start, end = (branch.start, branch.end) if branch.start >= 0 else (tree.start, tree.end)
    notes = []
    for name in told:
        value = put[name]
        if name in (NAME, "alertname"):
            kind = "a recording" if rule.kind == "record" else "an alert"
            notes.append(Note(f"{kind} has a name of its own", at(rule.origin, "name")))
        elif name not in rule.labels:
            where = at(group.origin, "labels", name)
            notes.append(Note(f"the group sets {name}={value}", where))
        elif name in _owned(query):
            notes.append(Note(f"the compiler puts {name}={value}", rule.origin))
        else:
            where = at(rule.origin, "labels", name)
            notes.append(Note(f"the rule sets {name}={value}", where))
    return Finding(
        "series-collapse",
        f"{query.name}: its series differ in {labels} alone, and all {said}: "
        f"if there are two, the rule fails and {outcome}",
        query.span(_kept(query, told[0], start, end)),
        f"keep another label that tells them apart, or pin {told[0]} to one value by a matcher",
        query.subject,
        query.level(branch.rest.why),
        tuple(notes),
    )


def _owned(query: ProgramQuery) -> Collection[str]:
    """The labels that the compiler puts: by the policy's names."""
    policy = query.reading.program.policy
    return policy.labels.values() if policy is not None else ()


def _kept(query: ProgramQuery, name: str, start: int, end: int) -> Span:
    """Where a label is grouped by, between two characters; else all that is between them."""
    for node in query.each(AggregateExpr):
        if node.grouping is not None and start <= node.start and node.end <= end:
            for label in node.grouping.labels:
                if label.name == name:
                    return label
    return Label(start, end, name)


def _is_one(tree: Expr) -> bool:
    """Whether an expression has one series at most: the first of some."""
    node = unwrap(tree)
    while isinstance(node, BinaryExpr) and node.op in COMPARISONS:
        node = unwrap(node.lhs)
    if not isinstance(node, AggregateExpr) or node.op not in _CHOOSING:
        return False
    count = node.param
    return (
        node.op != "limit_ratio"
        and node.grouping is None
        and isinstance(count, NumberLiteral)
        and count.value < 2
    )
