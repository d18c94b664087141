"""What a selector asks for, held against what the series that it can select are known to have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from giggamon_compiler.ir import Catalogue
from giggamon_compiler.promql.labels.result import MISSING, NAME, OPEN, Fact
from giggamon_compiler.promql.labels.selectors import Demand, demands, metric_name
from giggamon_compiler.promql.nodes import LabelMatcher, VectorSelector
from giggamon_compiler.queries.reading import Reading
from giggamon_compiler.queries.shown import labels_of, target_labels


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


@dataclass(frozen=True, slots=True)
class _Kind:
    """Series of one origin: their labels, and what holds of those that are not among them.

    stated: the labels that the definitions state whole; None: all of them
    """

    labels: dict[str, Fact]
    rest: Fact
    stated: frozenset[str] | None

    def is_certain(self, label: str, is_there: bool) -> bool:
        """Whether definitions alone say which values a label has, or that it is not there."""
        if self.stated is not None:
            return label in self.stated
        return not is_there or self.labels.get(label, OPEN).presence == "certain"


def misses(reading: Reading, selector: VectorSelector) -> Iterator[Miss]:
    """The matchers with which a selector finds nothing, or that say nothing.

    Nothing is said of a metric that nobody speaks of, or where other series of it may exist.
    """
    name = metric_name(selector)
    if name is None or not reading.shown.jobs or all(it.name == "job" for it in selector.matchers):
        return
    kinds = _kinds(reading, selector, name)
    if not kinds:
        return
    names = frozenset(label for kind in kinds for label in kind.labels) - {NAME}
    for label, demand in demands(selector).items():
        if label in ("job", NAME) or demand.is_contradiction:
            continue
        facts = tuple(kind.labels.get(label, kind.rest) for kind in kinds)
        is_there = any(fact.presence != "absent" for fact in facts)
        if any(_passes(fact, demand) for fact in facts) and (is_there or not _excludes(demand)):
            continue
        is_certain = all(kind.is_certain(label, is_there) for kind in kinds)
        yield Miss(_first(demand), name, facts, names, is_certain)


def _kinds(reading: Reading, selector: VectorSelector, name: str) -> Sequence[_Kind]:
    shown = reading.shown
    if name in reading.recordings:
        branches = reading.seen.get(name) if reading.is_recording_told(name) else None
        return [_Kind(dict(branch.labels), branch.rest, frozenset()) for branch in branches or ()]
    if not shown.is_told(selector):
        return ()
    jobs = {id(job) for job in shown.selected(selector).values()}
    kinds = []
    for series in shown.of(name):
        job = series.job
        if job is not None and id(job) not in jobs:
            continue
        is_open = job is None or job.rest
        stated = None
        if is_open or isinstance(series.source.said_by, Catalogue):
            stated = (
                frozenset(target_labels(job)) if job is not None and not is_open else frozenset()
            )
        kinds.append(_Kind(dict(labels_of(series)), OPEN if is_open else MISSING, stated))
    return kinds


def _passes(fact: Fact, demand: Demand) -> bool:
    if fact.presence == "absent":
        return demand.missing
    if demand.missing and fact.presence == "possible":
        return True
    return not fact.values.meet(demand.values).is_empty


def _excludes(demand: Demand) -> bool:
    """Whether something is to be left out that could be there."""
    return any(it.op in ("!=", "!~") and it.value for it in demand.matchers)


def _first(demand: Demand) -> LabelMatcher:
    """The matcher that says most."""
    return min(demand.matchers, key=lambda it: ("=", "=~", "!=", "!~").index(it.op))
