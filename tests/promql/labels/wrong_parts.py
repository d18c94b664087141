"""What stands in the place of a law of the label analysis where it is made wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from giggamon_compiler.promql.labels import (
    aggregations,
    branches,
    functions,
    matching,
    recordings,
    relabelling,
)
from giggamon_compiler.promql.labels.branches import Changed, Dropped, Kept
from giggamon_compiler.promql.labels.result import NAME, Branch, Fact, Result, Why
from giggamon_compiler.promql.labels.values import ANYTHING, Values, matched_values
from giggamon_compiler.promql.nodes import MatchOp

WHY = Why("a wrong law", -1, -1)
SET = Fact("certain", ANYTHING)


law_of = aggregations._law


def law(change: Callable[..., Branch]) -> Callable[..., Callable[[Branch], Branch]]:
    """An aggregation's law: change(branch, labels of the clause, without)."""

    def law(node: Any) -> Callable[[Branch], Branch]:
        grouping = node.grouping
        if node.op == "count_values":
            return law_of(node)
        names = frozenset(label.name for label in grouping.labels) if grouping else frozenset()
        without = grouping is not None and grouping.without
        return lambda branch: change(branch, names, without)

    return law


def grouped(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return Dropped(branch, names | {NAME}, WHY) if without else Kept(branch, names, WHY)


def name_kept_by(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return grouped(branch, names, without) if without else Kept(branch, names | {NAME}, WHY)


def name_kept_without(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return Dropped(branch, names, WHY) if without else Kept(branch, names, WHY)


def all_kept_without(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return Dropped(branch, frozenset({NAME}), WHY) if without else Kept(branch, names, WHY)


def all_kept_bare(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return grouped(branch, names, without) if names or without else branch


def by_made_certain(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    if without:
        return grouped(branch, names, without)
    return Changed(Kept(branch, names, WHY), names, lambda _below, _name: SET)


shape = matching._shape
of_call = functions.call
combine = matching.combine


def include_never_deletes(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    if match.card == "one-to-one" or not match.include:
        return shape(node, match, many, one)

    def include(below: Branch, name: str) -> Fact:
        fact = one.fact(name)
        return fact if fact.presence == "certain" else below.fact(name)

    return Changed(many, frozenset(label.name for label in match.include), include)


def include_ignored(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    return many if match.card != "one-to-one" else shape(node, match, many, one)


def on_keeps_all(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    return many if match.on and match.card == "one-to-one" else shape(node, match, many, one)


def ignoring_keeps_all(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    bare = not match.on and match.card == "one-to-one"
    return many if bare else shape(node, match, many, one)


def group_like_on(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    return shape(node, replace(match, card="one-to-one"), many, one)


def many_always_left(node: Any, lhs: Branch, rhs: Branch, version: Any) -> Branch:
    if node.matching is None or node.matching.card != "one-to-many":
        return meet(node, lhs, rhs, version)
    return meet(node, rhs, lhs, version)


meet = matching._meet


def or_forgets_right(node: Any, lhs: Result, rhs: Result, *rest: Any) -> Result:
    result = combine(node, lhs, rhs, *rest)
    return lhs if node.op == "or" and lhs.branches else result


def unless_takes_right(node: Any, lhs: Result, rhs: Result, *rest: Any) -> Result:
    return rhs if node.op == "unless" else combine(node, lhs, rhs, *rest)


def and_takes_right(node: Any, lhs: Result, rhs: Result, *rest: Any) -> Result:
    return rhs if node.op == "and" else combine(node, lhs, rhs, *rest)


def any_makes_certain(op: MatchOp, value: str) -> tuple[Values, bool]:
    return matched_values(op, value)[0], False


def regex_makes_certain(op: MatchOp, value: str) -> tuple[Values, bool]:
    values, missing = matched_values(op, value)
    return values, missing and op != "=~"


def calls(func: str, law: Callable[[Branch], Branch]) -> Callable[..., Result]:
    """The law of functions, but for one: its branches as `law` makes them of its argument's."""

    def call(node: Any, args: list[Result], version: Any) -> Result:
        if not node.func.startswith(func):
            return of_call(node, args, version)
        inner = next((it for it in args if it.type in ("vector", "matrix")), args[0])
        return Result("vector", tuple(law(it) for it in inner.branches), inner.why_empty)

    return call


def record_without_labels(recording: Any, branch: Branch) -> Branch:
    return record(replace(recording, labels={}), branch)


def record_without_name(recording: Any, branch: Branch) -> Branch:
    stored = record(recording, branch)
    return Changed(stored, frozenset({NAME}), lambda _below, _name: branch.fact(NAME))


record = recordings._record


def first_word(op: MatchOp, value: str) -> tuple[Values, bool]:
    values, missing = matched_values(op, value)
    if op == "=~" and values.finite and len(values.finite) > 1:
        values = Values(frozenset([min(values.finite)]))
    return values, missing


def equal_to_excluded(op: MatchOp, value: str) -> tuple[Values, bool]:
    values, missing = matched_values(op, value)
    return (Values(frozenset([value])), False) if op == "!=" and value else (values, missing)


def writing(fact: Fact) -> Callable[[Any, Branch], Branch]:
    """label_replace and label_join, with what they write."""
    return lambda node, branch: Changed(
        branch, frozenset({node.args[1].value}), lambda _below, _name: fact
    )


def never_missing(fact: Fact, other: Fact) -> bool:
    return "absent" not in (fact.presence, other.presence) or fact.presence == other.presence


def all(branch: Branch) -> Branch:
    return branch


def nameless(branch: Branch) -> Branch:
    return Dropped(branch, frozenset({NAME}), WHY)


def counting_nothing(node: Any, listed: frozenset[str], why: Why) -> Callable[[Branch], Branch]:
    without = node.grouping is not None and node.grouping.without
    return lambda branch: grouped(branch, listed, without)


NEVER = (99, 0)
pieces = relabelling.read_replacement


def agreed_in_all(agreed: Any, name: str) -> Fact:
    return branches.meet_facts(agreed._below.fact(name), agreed._other.fact(name), WHY)


def no_round(recorded: Any, names: list[str]) -> None:
    recorded._found.update(dict.fromkeys(names, ()))


def first(facts: Iterable[Fact]) -> Fact:
    return next(iter(facts))


def first_digit(text: str) -> list[Any]:
    return pieces(text.replace("$1x", "${1}x"))
