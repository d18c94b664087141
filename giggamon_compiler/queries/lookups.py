"""What a selector asks for, held against what the series that it can select are known to have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from giggamon_compiler.promql.labels.result import NAME, Branch, Fact
from giggamon_compiler.promql.labels.selectors import Demand, demands, metric_name
from giggamon_compiler.promql.nodes import LabelMatcher, VectorSelector
from giggamon_compiler.queries.reading import Reading
from giggamon_compiler.queries.series import Kind


@dataclass(frozen=True, slots=True)
class Miss:
    """A matcher that none of the series passes, or that tells none of them apart.

    metric: what is selected; facts: what is known of the label in each kind of series
    names: the labels that they have
    is_certain: whether definitions say so, and not only what was recorded of an exporter
    """

    matcher: LabelMatcher
    metric: str
    facts: tuple[Fact, ...]
    names: frozenset[str]
    is_certain: bool

    @property
    def is_of_label(self) -> bool:
        """Whether no series has the label, whatever its value."""
        return all(fact.presence == "absent" for fact in self.facts)


def misses(reading: Reading, selector: VectorSelector) -> Sequence[Miss]:
    """The matchers with which a selector finds nothing, or that say nothing.

    Nothing is said of a metric that nobody speaks of, or where other series of it may exist.
    """
    name = metric_name(selector)
    if not selector.matchers or name is None or not reading.shown.jobs:
        return ()
    if name not in reading.recordings:
        if all(it.name == "job" for it in selector.matchers):
            return ()  # a job that shows nothing of it is said of the metric
        return list(_missed(selector, name, reading.shown.kinds(name, selector), {"job"}))
    branches = reading.seen.get(name) or ()
    if can_pass(branches, selector) and not any(it.op in ("!=", "!~") for it in selector.matchers):
        return ()
    kinds = [Kind(branch.labels, branch.rest, frozenset()) for branch in branches]
    found = list(_missed(selector, name, kinds, frozenset()))
    return found if found and reading.is_recording_told(name) else ()


def can_pass(branches: Iterable[Branch] | None, selector: VectorSelector) -> bool:
    """Whether series of a metric can pass its matchers; branches: None where nothing is known."""
    if branches is None:
        return True
    wanted = demands(selector)
    return any(
        all(_passes(branch.fact(label), demand) for label, demand in wanted.items())
        for branch in branches
    )


def _missed(
    selector: VectorSelector, name: str, kinds: Sequence[Kind], but: Collection[str]
) -> Iterator[Miss]:
    if not kinds:
        return
    for label, demand in demands(selector).items():
        if label in but or label == NAME or demand.is_contradiction:
            continue
        facts = tuple([kind.labels.get(label, kind.rest) for kind in kinds])
        is_there = any(fact.presence != "absent" for fact in facts)
        if any(_passes(fact, demand) for fact in facts) and (is_there or not _excludes(demand)):
            continue
        names = frozenset(label for kind in kinds for label in kind.labels) - {NAME}
        is_certain = all(kind.is_certain(label, is_there) for kind in kinds)
        yield Miss(_first(demand), name, facts, names, is_certain)


def _passes(fact: Fact, demand: Demand) -> bool:
    if fact.presence == "absent":
        return demand.missing
    if demand.missing and fact.presence == "possible":
        return True
    return not fact.values.meet(demand.values).is_empty


def _excludes(demand: Demand) -> bool:
    """Whether something is to be left out that could be there."""
    return any(it.op in ("!=", "!~") for it in demand.matchers)


def _first(demand: Demand) -> LabelMatcher:
    """The matcher that says most."""
    return min(demand.matchers, key=lambda it: ("=", "=~", "!=", "!~").index(it.op))
