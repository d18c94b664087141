"""The kinds of branches: each states one law over the branches below it.

A branch holds no table of labels. It answers a question by asking those below it, and remembers
the answer: most labels of most nodes are never asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from giggamon_compiler.promql.labels.result import MISSING, NAME, OPEN, Branch, Fact, Why, make_fact
from giggamon_compiler.promql.labels.values import NOTHING

# Deeper than this nothing is claimed, so that no question goes too deep for Python's stack.
DEEPEST = 150
NO_NAMES: frozenset[str] = frozenset()


class Stated(Branch):
    """Labels as somebody states them; of all others `rest` holds."""

    __slots__ = ("_rest",)

    def __init__(self, labels: Mapping[str, Fact], rest: Fact = MISSING, depth: int = 0) -> None:
        super().__init__(frozenset(labels), depth)
        self._facts.update(labels)
        self._rest = rest

    def _find(self, name: str) -> Fact:
        return self._rest


class Kept(Branch):
    """Some labels as they are below, and no others."""

    __slots__ = ("_below", "_kept", "_why")

    def __init__(self, below: Branch, kept: frozenset[str], why: Why) -> None:
        Branch.__init__(self, below.names | kept, below.depth + 1, below.start, below.end)
        self._below = below
        self._kept = kept
        self._why = why

    def _find(self, name: str) -> Fact:
        fact = self._below.fact(name)
        return fact if name in self._kept else make_fact("absent", NOTHING, self._why, fact)


class Dropped(Branch):
    """All labels as they are below but for some, which are gone."""

    __slots__ = ("_below", "_dropped", "_why")

    def __init__(self, below: Branch, dropped: frozenset[str], why: Why) -> None:
        Branch.__init__(self, below.names | dropped, below.depth + 1, below.start, below.end)
        self._below = below
        self._dropped = dropped
        self._why = why

    def _find(self, name: str) -> Fact:
        fact = self._below.fact(name)
        return make_fact("absent", NOTHING, self._why, fact) if name in self._dropped else fact


class Changed(Branch):
    """All labels as they are below but for some, of which a function tells."""

    __slots__ = ("_below", "_change", "_changed")

    def __init__(
        self, below: Branch, changed: frozenset[str], change: Callable[[Branch, str], Fact]
    ) -> None:
        Branch.__init__(self, below.names | changed, below.depth + 1, below.start, below.end)
        self._below = below
        self._changed = changed
        self._change = change

    def _find(self, name: str) -> Fact:
        if name in self._changed:
            return self._change(self._below, name)
        return self._below.fact(name)


class Mapped(Branch):
    """Every label as a function makes it from what it is below."""

    __slots__ = ("_below", "_change")

    def __init__(self, below: Branch, change: Callable[[str, Fact], Fact]) -> None:
        Branch.__init__(self, below.names, below.depth + 1, below.start, below.end)
        self._below = below
        self._change = change

    def _find(self, name: str) -> Fact:
        return self._change(name, self._below.fact(name))


class Merged(Branch):
    """Series of any of several branches, no longer told apart."""

    __slots__ = ("_branches",)

    def __init__(self, branches: tuple[Branch, ...]) -> None:
        names = NO_NAMES.union(*(branch.names for branch in branches))
        Branch.__init__(self, names, max(branch.depth for branch in branches) + 1)
        self._branches = branches

    def _find(self, name: str) -> Fact:
        return join_facts(branch.fact(name) for branch in self._branches)


class Operand(Branch):
    """A branch whose series come from one operand of an `or`."""

    __slots__ = ("_below",)

    def __init__(self, below: Branch, start: int, end: int) -> None:
        Branch.__init__(self, below.names, below.depth + 1, start, end)
        self._below = below

    def _find(self, name: str) -> Fact:
        return self._below.fact(name)


def open_branch(depth: int = 0) -> Stated:
    """Series of which nothing is known."""
    return Stated({}, OPEN, depth)


def merge(branches: tuple[Branch, ...]) -> Branch:
    """One branch that holds for the series of all; there is at least one."""
    return branches[0] if len(branches) == 1 else bound(Merged(branches))


def bound(branch: Branch) -> Branch:
    """The branch, or one that claims nothing where it lies too deep."""
    return branch if branch.depth <= DEEPEST else open_branch()


def join_facts(facts: Iterable[Fact]) -> Fact:
    """What holds for a label that is as one of the facts says, nobody knows which."""
    joined: Fact | None = None
    for fact in facts:
        if joined is None or joined == fact:
            joined = joined or fact
        else:
            same = joined.presence == fact.presence
            told = joined if joined.presence == "absent" else fact
            joined = make_fact(
                joined.presence if same else "possible",
                joined.values.join(fact.values),
                None,
                told,
            )
    return OPEN if joined is None else joined


def meet_facts(fact: Fact, other: Fact, why: Why) -> Fact:
    """What holds for a label that equals the other one on each series, or is missing on both.

    The fact itself, with its reasons, where the other says no more; a conflict, which leaves no
    series, comes out as "absent".
    """
    if fact is other or other is OPEN:
        return fact
    presence = fact.presence
    if "absent" in (presence, other.presence):
        return fact if presence == "absent" else make_fact("absent", NOTHING, why, other)
    values = fact.values.meet(other.values)
    if values.is_empty:
        return make_fact("absent", NOTHING, why, other)
    if other.presence == "certain":
        presence = "certain"
    if presence == fact.presence and values == fact.values:
        return fact
    return make_fact(presence, values, why, other)


def can_be_equal(fact: Fact, other: Fact) -> bool:
    """Whether a label can have one value on both sides, or be missing on both."""
    if "certain" not in (fact.presence, other.presence):
        return True
    if "absent" in (fact.presence, other.presence):
        return False
    return not fact.values.meet(other.values).is_empty


def named(facts: Mapping[str, Fact], name: Fact) -> dict[str, Fact]:
    """The facts with one of the metric's name among them."""
    return {**facts, NAME: name}
