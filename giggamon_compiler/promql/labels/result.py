"""What is known of the labels of a result.

A vector's series come from one or several branches: the operands of `or`, the rules that record
one metric, and the pairs of these that meet in an operator. Of each branch and each label stands
whether every one of its series has it ("certain"), none has it ("absent"), or neither is proved
("possible"), which values it can have, and why. "certain" and "absent" are proofs: a series that
contradicts one does not exist, whatever the samples are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from giggamon_compiler.promql.labels.values import ANYTHING, NOTHING, Values
from giggamon_compiler.promql.nodes import maker

Presence: TypeAlias = Literal["certain", "possible", "absent"]
Type: TypeAlias = Literal["scalar", "string", "vector", "matrix"]

NAME = "__name__"
# The name of every label that is not mentioned: no text can spell it.
UNMENTIONED = "\0"


@dataclass(frozen=True, slots=True)
class Why:
    """One step of a reason: a short text, and the characters that it speaks of.

    query: the recorded metric in whose expression the span lies; None: the expression analysed
    start, end: both -1 where no character stands for it (a label that a rule adds)
    """

    text: str
    start: int
    end: int
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A step at which a rule records what it yields: what is older lies in its expression.

    query: the recorded metric; a step of its own, so that no reason has to be told anew
    """

    query: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one label in one branch. Two facts are equal whatever their reasons.

    values: those it can have where it is there; empty where it is absent
    step: what made it so, last; cause: what was known before, which the step acted on
    """

    presence: Presence
    values: Values
    step: Why | Stored | None = field(default=None, compare=False)
    cause: Fact | None = field(default=None, compare=False)

    @property
    def why(self) -> tuple[Why, ...]:
        """The reasons, the one nearest to the result first; none where nothing is known."""
        steps: list[Why] = []
        query: str | None = None
        fact: Fact | None = self
        while fact is not None:
            step = fact.step
            if isinstance(step, Stored):
                query = step.query
            elif step is not None:
                here = step.query is None and query is not None
                steps.append(Why(step.text, step.start, step.end, query) if here else step)
            fact = fact.cause
        return tuple(steps)


OPEN = Fact("possible", ANYTHING)
MISSING = Fact("absent", NOTHING)


class Branch:
    """Series that share what is known of their labels. Never changed once made.

    start, end: of the operand of `or` that they come from; both -1 where there is no `or`
    names: the labels that are spoken of; of all others `rest` holds
    depth: how many steps lie below, so that a question never goes too deep
    """

    __slots__ = ("_facts", "depth", "end", "names", "start")

    def __init__(self, names: frozenset[str], depth: int, start: int = -1, end: int = -1) -> None:
        self.names = names
        self.depth = depth
        self.start = start
        self.end = end
        self._facts: dict[str, Fact] = {}

    def fact(self, name: str) -> Fact:
        """What is known of a label; of the metric's name under "__name__"."""
        fact = self._facts.get(name)
        if fact is None:
            fact = self._facts[name] = self._find(name)
        return fact

    def _find(self, name: str) -> Fact:
        raise NotImplementedError

    @property
    def rest(self) -> Fact:
        """What is known of every label that is not among `names`: never "certain"."""
        return self.fact(UNMENTIONED)

    @property
    def labels(self) -> Mapping[str, Fact]:
        """The labels that are spoken of, "__name__" always among them, by name."""
        return {name: self.fact(name) for name in sorted(self.names | {NAME})}


@dataclass(frozen=True, slots=True)
class Result:
    """What a node yields; only vectors and matrices have branches.

    why_empty: of a vector without a branch, which never has a series: why not
    """

    type: Type
    branches: tuple[Branch, ...] = ()
    why_empty: tuple[Why, ...] = ()

    def facts(self, name: str) -> tuple[Fact, ...]:
        """What is known of a label in each branch, in the order of `branches`."""
        return tuple(branch.fact(name) for branch in self.branches)


# Called as the kinds themselves: many are made of every expression.
make_why = maker(Why)
make_fact = maker(Fact)
make_result = maker(Result)


class Known(Protocol):
    """The metrics of which it is known what their series have."""

    def get(self, name: str) -> tuple[Branch, ...] | None:
        """The branches of a metric, by its producers; None where nobody says what makes it.

        No branches at all: it is recorded, and only from what returns nothing.
        """
