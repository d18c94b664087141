"""What recorded metrics have: the results of the rules that record them, to a fixpoint.

A rule takes the result of its expression, sets the metric's name and its own labels over it (an
empty one removes the label), and stores that. Several rules may record one metric: its series then
come from any of them. Source: Prometheus documentation, "Recording rules", and the engine
(`RecordingRule.Eval`: the name is set, then the rule's labels, over the sample's).

A metric that is recorded from itself, through however many others, starts without a series and
gets those that its rules make of the ones before: the least fixpoint, from below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from giggamon_compiler.promql.labels.analysis import analyse
from giggamon_compiler.promql.labels.branches import (
    Changed,
    Mapped,
    Stated,
    bound,
    merge,
    open_branch,
)
from giggamon_compiler.promql.labels.result import (
    MISSING,
    NAME,
    OPEN,
    UNMENTIONED,
    Branch,
    Fact,
    Stored,
    Why,
)
from giggamon_compiler.promql.labels.selectors import metric_name
from giggamon_compiler.promql.labels.values import ANYTHING, NOTHING, Values, make_values
from giggamon_compiler.promql.language import NEWEST
from giggamon_compiler.promql.nodes import Expr, VectorSelector
from giggamon_compiler.promql.walk import walk

# A metric with more branches is told as one, which holds for all: what reads it has as many again.
MOST = 32
# After this many rounds values that still grow are given up.
PATIENCE = 3
# After this many, or when so many expressions were read again, nothing is claimed of any of them:
# a longer circle would take too long.
MOST_ROUNDS = 20
MOST_READINGS = 2000


@dataclass(frozen=True, slots=True)
class Recording:
    """A rule that records a metric.

    labels: the rule's own over its group's; an empty value removes the label
    """

    name: str
    tree: Expr
    labels: Mapping[str, str]


class Recorded:
    """The metrics that rules record, and others as they are declared: see `Known`.

    Each is worked out when it is first asked for. A declared metric that is recorded as well has
    the series of both.
    """

    def __init__(
        self,
        recordings: Iterable[Recording],
        declared: Mapping[str, tuple[Branch, ...]] | None = None,
        version: str = NEWEST,
    ) -> None:
        self._declared = {} if declared is None else declared
        self._version = version
        self._recordings: dict[str, list[Recording]] = {}
        for recording in recordings:
            self._recordings.setdefault(recording.name, []).append(recording)
        self._found: dict[str, tuple[Branch, ...]] = {}

    def get(self, name: str) -> tuple[Branch, ...] | None:
        """The branches of a metric; None where nobody says what makes it."""
        if name not in self._recordings:
            return self._declared.get(name)
        if name not in self._found:
            for group in _in_order(name, self._reads):
                self._resolve(group)
        return self._found[name]

    def _reads(self, name: str) -> list[str]:
        """The recorded metrics that the rules of one read, but for those already worked out."""
        reads = {
            read
            for recording in self._recordings[name]
            for node in walk(recording.tree)
            if isinstance(node, VectorSelector) and (read := metric_name(node)) is not None
        }
        return [
            read for read in sorted(reads) if read in self._recordings and read not in self._found
        ]

    def _resolve(self, names: list[str]) -> None:
        """Work out metrics that are recorded from one another; all that they read else is known."""
        if len(names) > 1 or names[0] in self._reads(names[0]):
            self._iterate(names)
        made = {name: self._make(name) for name in names}
        self._found.update(made)

    def _make(self, name: str) -> tuple[Branch, ...]:
        """The branches that the rules of a metric make, given what is found so far."""
        made = list(self._declared.get(name, ()))
        for recording in self._recordings[name]:
            result = analyse(recording.tree, self, self._version).result
            branches = result.branches
            if result.type != "vector":
                branches = (Stated({}, MISSING) if result.type == "scalar" else open_branch(),)
            made += [bound(_record(recording, branch)) for branch in branches]
        return tuple(made) if len(made) <= MOST else (merge(tuple(made)),)

    def _iterate(self, names: list[str]) -> None:
        """From no series upward, one summary a metric, until no round finds more."""
        for name in names:
            self._found[name] = ()
        readings = sum(len(self._recordings[name]) for name in names)
        for rounds in range(min(MOST_ROUNDS, MOST_READINGS // readings)):
            changed = False
            for name in names:
                before = self._found[name]
                after = _summary(self._make(name), before, rounds >= PATIENCE)
                if not _same(before, after):
                    self._found[name] = after
                    changed = True
            if not changed:
                return
        for name in names:
            self._found[name] = (open_branch(),)


def stated(
    labels: Mapping[str, Values | None], name: str, more: bool, why: Why | None = None
) -> Branch:
    """The series of a declared metric.

    labels: those that each series has, with their values (None: not known)
    more: whether series may have others
    """
    facts = {
        label: Fact("certain", ANYTHING if values is None else values, why)
        for label, values in labels.items()
    }
    facts[NAME] = Fact("certain", make_values(frozenset([name])))
    return Stated(facts, OPEN if more else Fact("absent", NOTHING, why))


def _record(recording: Recording, branch: Branch) -> Branch:
    """A branch as the rule stores it; its reasons now lie in the rule's expression."""
    facts = {
        label: Fact("certain", make_values(frozenset([value])), _why_label(recording, label))
        if value
        else Fact("absent", NOTHING, _why_label(recording, label))
        for label, value in recording.labels.items()
    }
    facts[NAME] = Fact("certain", make_values(frozenset([recording.name])))
    step = Stored(recording.name)
    moved = Mapped(branch, lambda _name, fact: _moved(fact, step))
    stored = Changed(moved, frozenset(facts), lambda _below, label: facts[label])
    stored.start = stored.end = -1
    return stored


def _why_label(recording: Recording, label: str) -> Why:
    return Why(f"the rule sets {label}", -1, -1, recording.name)


def _moved(fact: Fact, recording: Stored) -> Fact:
    """The fact with its reasons as those of a recording."""
    if fact.step is None and fact.cause is None:
        return fact
    return Fact(fact.presence, fact.values, recording, fact)


def _summary(
    made: tuple[Branch, ...], before: tuple[Branch, ...], widen: bool
) -> tuple[Branch, ...]:
    """One branch that holds for all, in a table of its own; values that still grow are dropped."""
    if not made:
        return before
    merged = merge((*before, *made))
    facts = {name: merged.fact(name) for name in merged.names | {NAME}}
    rest = merged.fact(UNMENTIONED)
    if widen and before:
        facts = {name: _widened(before[0].fact(name), fact) for name, fact in facts.items()}
        rest = _widened(before[0].rest, rest)
    return (Stated(facts, rest),)


def _widened(before: Fact, after: Fact) -> Fact:
    if before.values == after.values or after.presence == "absent":
        return after
    return Fact(after.presence, ANYTHING, after.step, after.cause)


def _same(before: tuple[Branch, ...], after: tuple[Branch, ...]) -> bool:
    if not before or not after:
        return len(before) == len(after)
    one, other = before[0], after[0]
    return (
        one.names == other.names
        and one.rest == other.rest
        and all(one.fact(name) == other.fact(name) for name in one.names)
    )


def _in_order(root: str, reads: Callable[[str], list[str]]) -> list[list[str]]:
    """The metrics that one is made of, itself last; those made of one another in one group.

    Within a group what is read comes before what reads it, as far as that can be.

    Tarjan's strongly connected components, without recursion.
    """
    index: dict[str, int] = {root: 0}
    low: dict[str, int] = {root: 0}
    waiting = [root]
    on_stack = {root}
    work = [(root, iter(reads(root)))]
    groups: list[list[str]] = []
    while work:
        name, others = work[-1]
        for other in others:
            if other not in index:
                index[other] = low[other] = len(index)
                waiting.append(other)
                on_stack.add(other)
                work.append((other, iter(reads(other))))
                break
            if other in on_stack:
                low[name] = min(low[name], index[other])
        else:
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[name])
            if low[name] == index[name]:
                group: list[str] = []
                while not group or group[-1] != name:
                    group.append(waiting.pop())
                    on_stack.discard(group[-1])
                groups.append(group)
    return groups
