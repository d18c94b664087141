"""A label that `group_left` or `group_right` takes from a side that cannot have it.

The label is taken from the side of which each series matches several. If that side cannot have it,
the result cannot have it either: where the other side has it, it is taken away. A label that both
sides match on is equal on both, so taking it over changes nothing, which is a warning.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    slow = Record("instance:load_by_version:ratio", expr='''
        node_load1 * on (instance) group_left (version)
          max by (instance) (node_uname_info)''')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    slow = Record("instance:load_by_version:ratio", expr='''
        node_load1 * on (instance) group_left (version)
          max by (instance, version) (node_uname_info)''')
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note, Origin
from giggamon_compiler.promql.labels.result import NAME, Fact
from giggamon_compiler.promql.nodes import BinaryExpr, Label, Matching
from giggamon_compiler.queries import ProgramQuery

LEVEL: Level = "error"


def check_query(query: ProgramQuery) -> Iterator[Finding]:
    """Each label that is taken over can be there, and is not the same already."""
    for node in query.each(BinaryExpr):
        matching = node.matching
        if matching is None or not matching.include or query.analysis is None:
            continue
        left, right = query.analysis.of(node.lhs), query.analysis.of(node.rhs)
        many, one = (left, right) if matching.card == "many-to-one" else (right, left)
        side = "right" if matching.card == "many-to-one" else "left"
        for label in matching.include:
            given, had = one.facts(label.name), many.facts(label.name)
            if not given or not had:
                continue
            if all(fact.presence == "absent" for fact in given):
                lost = any(fact.presence != "absent" for fact in had) and label.name != NAME
                yield _impossible(query, matching, label, side, given[0], lost)
            elif _is_matched(matching, label) or _is_equal(given, had):
                yield _redundant(query, matching, label, _is_matched(matching, label))


def _is_matched(matching: Matching, label: Label) -> bool:
    """Whether the two sides are matched on the label, too, as on all that are not ignored."""
    return (label.name in {it.name for it in matching.labels}) == matching.on


def _is_equal(given: tuple[Fact, ...], had: tuple[Fact, ...]) -> bool:
    """Whether both sides always have one and the same value."""
    facts = (*given, *had)
    values = {fact.values.finite for fact in facts}
    only = values.pop()
    certain = all(fact.presence == "certain" for fact in facts)
    return certain and not values and only is not None and len(only) == 1


def _impossible(
    query: ProgramQuery, matching: Matching, label: Label, side: str, fact: Fact, lost: bool
) -> Finding:
    effect = "so it is taken away" if lost else "so the result has none"
    return Finding(
        "group-label",
        f"{query.name} takes {label.name} from the {side} side, which cannot have it, {effect}",
        query.span(label),
        f"keep {label.name} on the {side} side, or leave it out here: {_without(matching, label)}",
        query.subject,
        # The operator would drop the name as well.
        "warning" if label.name == NAME else query.level(fact.why),
        query.notes(fact.why),
    )


def _redundant(query: ProgramQuery, matching: Matching, label: Label, matched: bool) -> Finding:
    why = "the two sides are matched on it" if matched else "both sides have that one value"
    notes: tuple[Note, ...] = ()
    place: Origin = query.span(matching) if matching.labels else None
    if matched and place is not None:
        notes = (Note(f"matched on every label but these, so on {label.name}", place),)
    return Finding(
        "group-label",
        f"{query.name} takes over {label.name}, which is the same already: {why}",
        query.span(label),
        f"leave it out: {_without(matching, label)}",
        query.subject,
        "warning",
        notes,
    )


def _without(matching: Matching, label: Label) -> str:
    """The group clause without a label."""
    word = "group_left" if matching.card == "many-to-one" else "group_right"
    rest = ", ".join(it.name for it in matching.include if it is not label)
    return f"{word} ({rest})" if rest else word
