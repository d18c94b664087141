"""What a selector's series have: what its matchers let through of what its metric can have.

A label is certain where the matchers on it together let no series without it through, absent where
they let only those through. A selector whose matchers let nothing through returns nothing.
Source: Prometheus documentation, "Time series selectors" ("Label matchers that match empty label
values also select all time series that do not have the specific label set at all").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from giggamon_compiler.promql.labels.branches import Changed, Stated, bound, named
from giggamon_compiler.promql.labels.result import (
    NAME,
    OPEN,
    Branch,
    Fact,
    Known,
    Result,
    Why,
    make_fact,
    make_result,
    make_why,
)
from giggamon_compiler.promql.labels.values import NOTHING, Values, make_values, matched_values
from giggamon_compiler.promql.nodes import LabelMatcher, VectorSelector, maker


@dataclass(frozen=True, slots=True)
class Demand:
    """What the matchers on one label let through together.

    missing: whether they let a series without it through; matchers: those, in their order
    """

    values: Values
    missing: bool
    matchers: tuple[LabelMatcher, ...]

    @property
    def is_contradiction(self) -> bool:
        """Whether they let nothing through."""
        return self.values.is_empty and not self.missing

    @property
    def why(self) -> Why:
        """The first matcher that decides whether the label is there."""
        ordered = sorted(self.matchers, key=lambda one: matched_values(one.op, one.value)[1])
        return why_matcher(ordered[0])


_Demand = maker(Demand)


def demands(selector: VectorSelector) -> dict[str, Demand]:
    """What a selector's matchers demand, by label; its name is no matcher."""
    found: dict[str, Demand] = {}
    for matcher in selector.matchers:
        values, missing = matched_values(matcher.op, matcher.value)
        before = found.get(matcher.name)
        if before is not None:
            values = before.values.meet(values)
            missing = missing and before.missing
        matchers = (*before.matchers, matcher) if before else (matcher,)
        found[matcher.name] = _Demand(values, missing, matchers)
    return found


def metric_name(selector: VectorSelector) -> str | None:
    """The one metric that it selects, if it says so."""
    if selector.name is not None:
        return selector.name
    for matcher in selector.matchers:
        if matcher.name == NAME and matcher.op == "=" and matcher.value:
            return matcher.value
    return None


def select(selector: VectorSelector, known: Known | None) -> Result:
    """The result of a selector; known: the metrics of which one knows."""
    name = metric_name(selector)
    made = known.get(name) if known is not None and name is not None else None
    if made is None and not selector.matchers:
        return make_result("vector", (Stated({NAME: _name_fact(name)}, OPEN),))
    wanted = demands(selector)
    for demand in wanted.values():
        if demand.is_contradiction:
            return make_result("vector", (), (_why_contradiction(demand),))
    if made is not None:
        return _filter(selector, made, wanted)
    facts = {label: _claim(OPEN, demand) for label, demand in wanted.items()}
    if selector.name is not None:
        given = _name_fact(selector.name)
        claimed = _claim(given, wanted[NAME]) if NAME in wanted else given
        if claimed.presence == "absent":
            return make_result("vector", (), (wanted[NAME].why,))
        facts = named(facts, claimed)
    return make_result("vector", (Stated(facts, OPEN),))


def _name_fact(name: str | None) -> Fact:
    return OPEN if name is None else make_fact("certain", make_values(frozenset([name])))


def _filter(
    selector: VectorSelector, made: tuple[Branch, ...], wanted: Mapping[str, Demand]
) -> Result:
    """The branches of a known metric, less those that the matchers let no series of through."""
    if not wanted:
        return make_result("vector", made, () if made else (_why_unmade(selector),))
    changed = frozenset(wanted)

    def claim(below: Branch, label: str) -> Fact:
        return _claim(below.fact(label), wanted[label])

    passed = []
    whys: list[Why] = []
    for branch in made:
        refused = next(
            (label for label in wanted if not _passes(branch.fact(label), wanted[label])), None
        )
        if refused is None:
            passed.append(bound(Changed(branch, changed, claim)))
        elif not whys:
            whys = [wanted[refused].why, *branch.fact(refused).why]
    if not passed and not whys:
        whys = [_why_unmade(selector)]
    return make_result("vector", tuple(passed), () if passed else tuple(whys))


def _passes(fact: Fact, demand: Demand) -> bool:
    if fact.presence == "absent":
        return demand.missing
    if demand.missing and fact.presence == "possible":
        return True
    return not fact.values.meet(demand.values).is_empty


def _claim(fact: Fact, demand: Demand) -> Fact:
    """What holds of the series that pass; the fact itself where the matchers add nothing."""
    if fact.presence == "absent":
        return fact
    values = fact.values.meet(demand.values)
    if values.is_empty:
        return make_fact("absent", NOTHING, demand.why, fact)
    presence = fact.presence if demand.missing else "certain"
    if presence == fact.presence and values == fact.values:
        return fact
    return make_fact(presence, values, demand.why, fact)


def why_matcher(matcher: LabelMatcher) -> Why:
    """A step that points at a matcher."""
    return make_why(
        f'{matcher.name}{matcher.op}"{matcher.value}" selects', matcher.start, matcher.end
    )


def _why_contradiction(demand: Demand) -> Why:
    first, last = demand.matchers[0], demand.matchers[-1]
    return make_why(f"no series passes all matchers on {first.name}", first.start, last.end)


def _why_unmade(selector: VectorSelector) -> Why:
    return make_why(
        f"{metric_name(selector)} is recorded only from what returns nothing",
        selector.start,
        selector.bare_end,
    )
