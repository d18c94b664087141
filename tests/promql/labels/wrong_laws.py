"""Laws of the label analysis, each made wrong in one way: what the judge has to notice.

A wrong law replaces names of the modules in which the analysis states its laws, for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from giggamon_compiler.promql.labels import (
    absence,
    aggregations,
    analysis,
    functions,
    matching,
    recordings,
    selectors,
)
from giggamon_compiler.promql.labels.branches import Changed, Dropped, Kept
from giggamon_compiler.promql.labels.result import MISSING, NAME, Branch, Fact, Result, Why
from giggamon_compiler.promql.labels.values import ANYTHING, Values, matched_values
from giggamon_compiler.promql.nodes import MatchOp

_WHY = Why("a wrong law", -1, -1)
_SET = Fact("certain", ANYTHING)


@dataclass(frozen=True, slots=True)
class WrongLaw:
    """What is wrong, and what stands in its place: (module, name, value).

    newer: whether only the newer generation can tell
    """

    name: str
    changes: tuple[tuple[Any, str, Any], ...]
    newer: bool = False

    @contextmanager
    def applied(self) -> Iterator[None]:
        """The analysis with the wrong law."""
        with ExitStack() as stack:
            for module, name, value in self.changes:
                stack.enter_context(patch.object(module, name, value))
            yield


_law_of = aggregations._law


def _law(change: Callable[..., Branch]) -> Callable[..., Callable[[Branch], Branch]]:
    """An aggregation's law: change(branch, labels of the clause, without)."""

    def law(node: Any) -> Callable[[Branch], Branch]:
        grouping = node.grouping
        if node.op == "count_values":
            return _law_of(node)
        names = frozenset(label.name for label in grouping.labels) if grouping else frozenset()
        without = grouping is not None and grouping.without
        return lambda branch: change(branch, names, without)

    return law


def _grouped(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return Dropped(branch, names | {NAME}, _WHY) if without else Kept(branch, names, _WHY)


def _name_kept_by(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return _grouped(branch, names, without) if without else Kept(branch, names | {NAME}, _WHY)


def _name_kept_without(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return Dropped(branch, names, _WHY) if without else Kept(branch, names, _WHY)


def _all_kept_without(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return Dropped(branch, frozenset({NAME}), _WHY) if without else Kept(branch, names, _WHY)


def _all_kept_bare(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    return _grouped(branch, names, without) if names or without else branch


def _by_made_certain(branch: Branch, names: frozenset[str], without: bool) -> Branch:
    if without:
        return _grouped(branch, names, without)
    return Changed(Kept(branch, names, _WHY), names, lambda _below, _name: _SET)


_shape = matching._shape
_of_call = functions.call
_combine = matching.combine


def _include_never_deletes(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    if match.card == "one-to-one" or not match.include:
        return _shape(node, match, many, one)

    def include(below: Branch, name: str) -> Fact:
        fact = one.fact(name)
        return fact if fact.presence == "certain" else below.fact(name)

    return Changed(many, frozenset(label.name for label in match.include), include)


def _include_ignored(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    return many if match.card != "one-to-one" else _shape(node, match, many, one)


def _on_keeps_all(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    return many if match.on and match.card == "one-to-one" else _shape(node, match, many, one)


def _ignoring_keeps_all(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    bare = not match.on and match.card == "one-to-one"
    return many if bare else _shape(node, match, many, one)


def _group_like_on(node: Any, match: Any, many: Branch, one: Branch) -> Branch:
    return _shape(node, replace(match, card="one-to-one"), many, one)


def _many_always_left(node: Any, lhs: Branch, rhs: Branch, version: Any) -> Branch:
    if node.matching is None or node.matching.card != "one-to-many":
        return _meet(node, lhs, rhs, version)
    return _meet(node, rhs, lhs, version)


_meet = matching._meet


def _or_forgets_right(node: Any, lhs: Result, rhs: Result, *rest: Any) -> Result:
    result = _combine(node, lhs, rhs, *rest)
    return lhs if node.op == "or" and lhs.branches else result


def _unless_takes_right(node: Any, lhs: Result, rhs: Result, *rest: Any) -> Result:
    return rhs if node.op == "unless" else _combine(node, lhs, rhs, *rest)


def _and_takes_right(node: Any, lhs: Result, rhs: Result, *rest: Any) -> Result:
    return rhs if node.op == "and" else _combine(node, lhs, rhs, *rest)


def _any_makes_certain(op: MatchOp, value: str) -> tuple[Values, bool]:
    return matched_values(op, value)[0], False


def _regex_makes_certain(op: MatchOp, value: str) -> tuple[Values, bool]:
    values, missing = matched_values(op, value)
    return values, missing and op != "=~"


def _calls(func: str, law: Callable[[Branch], Branch]) -> Callable[..., Result]:
    """The law of functions, but for one: its branches as `law` makes them of its argument's."""

    def call(node: Any, args: list[Result], version: Any) -> Result:
        if not node.func.startswith(func):
            return _of_call(node, args, version)
        inner = next((it for it in args if it.type in ("vector", "matrix")), args[0])
        return Result("vector", tuple(law(it) for it in inner.branches), inner.why_empty)

    return call


def _record_without_labels(recording: Any, branch: Branch) -> Branch:
    return _record(replace(recording, labels={}), branch)


def _record_without_name(recording: Any, branch: Branch) -> Branch:
    stored = _record(recording, branch)
    return Changed(stored, frozenset({NAME}), lambda _below, _name: branch.fact(NAME))


_record = recordings._record


def _first_word(op: MatchOp, value: str) -> tuple[Values, bool]:
    values, missing = matched_values(op, value)
    if op == "=~" and values.finite and len(values.finite) > 1:
        values = Values(frozenset([min(values.finite)]))
    return values, missing


def _equal_to_excluded(op: MatchOp, value: str) -> tuple[Values, bool]:
    values, missing = matched_values(op, value)
    return (Values(frozenset([value])), False) if op == "!=" and value else (values, missing)


def _writing(fact: Fact) -> Callable[[Any, Branch], Branch]:
    """label_replace and label_join, with what they write."""
    return lambda node, branch: Changed(
        branch, frozenset({node.args[1].value}), lambda _below, _name: fact
    )


def _never_missing(fact: Fact, other: Fact) -> bool:
    return "absent" not in (fact.presence, other.presence) or fact.presence == other.presence


def _all(branch: Branch) -> Branch:
    return branch


def _nameless(branch: Branch) -> Branch:
    return Dropped(branch, frozenset({NAME}), _WHY)


def _counting_nothing(node: Any, listed: frozenset[str], why: Why) -> Callable[[Branch], Branch]:
    without = node.grouping is not None and node.grouping.without
    return lambda branch: _grouped(branch, listed, without)


_AGGREGATION_LAWS: Mapping[str, Callable[..., Branch]] = {
    "by keeps the name": _name_kept_by,
    "without keeps the name": _name_kept_without,
    "without drops no label": _all_kept_without,
    "an aggregation without a clause keeps all labels": _all_kept_bare,
    "by makes its labels certain": _by_made_certain,
}
_SHAPES = {
    "group_left never deletes": _include_never_deletes,
    "group_left takes nothing": _include_ignored,
    "on keeps all labels": _on_keeps_all,
    "ignoring keeps what it ignores": _ignoring_keeps_all,
    "group_left keeps the matching labels only": _group_like_on,
}
_CALLS: Mapping[str, tuple[str, Callable[[Branch], Branch]]] = {
    "histogram_quantile keeps le": ("histogram_quantile", _nameless),
    "vector functions keep the name": ("abs", _all),
    "rate keeps the name": ("rate", _all),
    "last_over_time drops the name": ("last_over_time", _nameless),
    "sort drops the name": ("sort", _nameless),
    "absent has the labels of its argument": ("absent", _nameless),
    "label_join changes nothing": ("label_join", _all),
    "label_replace drops the name": ("label_replace", _nameless),
}

_MATCHERS = {
    "every matcher makes a label certain": _any_makes_certain,
    "=~ always makes a label certain": _regex_makes_certain,
    "a regex has its first word only": _first_word,
    "!= is =": _equal_to_excluded,
}
_COMBINED = {
    "or forgets its right side": _or_forgets_right,
    "unless takes the right side": _unless_takes_right,
    "and takes the right side": _and_takes_right,
}
_REPLACED = {
    "label_replace always sets": _writing(_SET),
    "label_replace always removes": _writing(MISSING),
    "label_replace changes nothing": lambda _node, branch: branch,
}
_RECORDED = {
    "a recording sets no labels": _record_without_labels,
    "a recording keeps the name": _record_without_name,
}


def _each(module: Any, attribute: str, laws: Mapping[str, Any]) -> Iterator[WrongLaw]:
    for name, value in laws.items():
        yield WrongLaw(name, ((module, attribute, value),))


def _one(name: str, module: Any, attribute: str, value: Any, *, newer: bool = False) -> WrongLaw:
    return WrongLaw(name, ((module, attribute, value),), newer)


LAWS: tuple[WrongLaw, ...] = (
    *_each(aggregations, "_law", {name: _law(it) for name, it in _AGGREGATION_LAWS.items()}),
    *_each(matching, "_shape", _SHAPES),
    *_each(analysis, "call", {name: _calls(*it) for name, it in _CALLS.items()}),
    *_each(selectors, "matched_values", _MATCHERS),
    *_each(analysis, "combine", _COMBINED),
    *_each(functions, "replace_label", _REPLACED),
    *_each(recordings, "_record", _RECORDED),
    _one("label_join always sets", functions, "join_labels", _writing(_SET)),
    _one("count_values sets no label", aggregations, "_counting", _counting_nothing),
    _one("topk drops labels", aggregations, "SELECTING", aggregations.SELECTING - {"topk"}),
    _one(
        "limitk drops labels",
        aggregations,
        "SELECTING",
        aggregations.SELECTING - {"limitk"},
        newer=True,
    ),
    _one("info adds nothing", functions, "_enrich", lambda _name, fact: fact, newer=True),
    _one("unary minus keeps the name", analysis, "_negate", lambda _node, inner, _version: inner),
    _one("filtering drops the name", matching, "COMPARISONS", frozenset()),
    _one("arithmetic keeps the name", matching, "_drops_name", lambda _node, _version: False),
    _one("group_right is group_left", matching, "_meet", _many_always_left),
    _one("absent keeps all matchers", absence, "_fixed", lambda matchers: matchers[-1]),
    _one("absent keeps no matcher", absence, "_fact", lambda *_: MISSING),
    _one("a label that can be missing equals none", matching, "can_be_equal", _never_missing),
)
