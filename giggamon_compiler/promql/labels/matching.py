"""What operators leave of the labels of their two sides.

Source: Prometheus documentation, "Vector matching" and "Operators", and the engine's
`resultMetric`:

- Two series meet where all matching labels are equal; a label that is missing equals one that is
  missing. Matching labels are the listed ones (`on`), or all but the listed ones and the name.
- Arithmetic and `bool` drop the metric's name; a comparison that filters keeps that of the left,
  or of the many, side. `atan2` keeps the name before 3.5.
- One-to-one keeps of the left side's labels those of `on`, or all but those of `ignoring`.
- With `group_left` and `group_right` the result has all labels of the many side; each included
  label is set to what the one side has, and removed where that has none.
- `and` and `unless` keep the left side's series as they are; `or` adds those of the right side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from giggamon_compiler.promql.labels.branches import (
    NO_NAMES,
    Changed,
    Dropped,
    Kept,
    Operand,
    bound,
    can_be_equal,
    meet_facts,
    merge,
    open_branch,
)
from giggamon_compiler.promql.labels.functions import Version, gone_with_name
from giggamon_compiler.promql.labels.result import (
    NAME,
    Branch,
    Fact,
    Result,
    Why,
    make_fact,
    make_result,
    make_why,
)
from giggamon_compiler.promql.nodes import BinaryExpr, Matching, maker

SETS = frozenset(["and", "or", "unless"])
COMPARISONS = frozenset(["==", "!=", ">", "<", ">=", "<="])
# More pairs of branches are not told apart.
MOST_PAIRS = 64
ATAN2_DROPS_NAME = (3, 5)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why no series of two branches can meet: the label, and what each side says of it."""

    label: str
    lhs: Fact
    rhs: Fact


@dataclass(frozen=True, slots=True)
class Pair:
    """A branch of the left and one of the right side; conflict: why they can never meet, if so.

    labels: the matching labels that are spoken of, sorted; of `ignoring` all that either mentions
    """

    lhs: Branch
    rhs: Branch
    labels: tuple[str, ...]
    conflict: Conflict | None


_Pair = maker(Pair)


def combine(
    node: BinaryExpr,
    lhs: Result,
    rhs: Result,
    version: Version,
    paired: Callable[[BinaryExpr], tuple[Pair, ...]],
) -> Result:
    """The result of a binary operator; of what is neither vector nor number nothing is claimed.

    paired: gives `pairs` of the node, remembered
    """
    if not {lhs.type, rhs.type} <= {"vector", "scalar"}:
        return make_result("vector", (open_branch(),))
    if lhs.type != "vector" or rhs.type != "vector":
        return _with_scalar(node, lhs, rhs, version)
    if node.op == "or":
        left = _operands(lhs, node.lhs.start, node.lhs.end)
        right = _operands(rhs, node.rhs.start, node.rhs.end)
        branches = (*left, *right)
        return make_result("vector", branches, () if branches else lhs.why_empty + rhs.why_empty)
    if node.op == "unless" or not lhs.branches:
        return lhs
    if not rhs.branches:
        return rhs
    found = paired(node)
    if node.op == "and":
        branches = tuple(_intersections(node, found))
    else:
        branches = tuple(
            [
                bound(_meet(node, pair.lhs, pair.rhs, version))
                for pair in found
                if pair.conflict is None
            ]
        )
    if branches:
        return make_result("vector", branches)
    first = next(pair.conflict for pair in found if pair.conflict is not None)
    why = make_why(f"no series of both sides can agree on {first.label}", *_clause(node))
    return make_result("vector", (), (why, *first.lhs.why, *first.rhs.why))


def pairs(node: BinaryExpr, lhs: Result, rhs: Result) -> tuple[Pair, ...]:
    """Every pair of branches of the two vectors; where they are too many, of all in one."""
    left, right = lhs.branches, rhs.branches
    if len(left) * len(right) > MOST_PAIRS:
        right = (merge(right),)
        if len(left) > MOST_PAIRS:
            left = (merge(left),)
    found = []
    for one in left:
        for other in right:
            labels = matching_labels(node.matching, one, other)
            found.append(_Pair(one, other, labels, _conflict(labels, one, other)))
    return tuple(found)


def matching_labels(matching: Matching | None, lhs: Branch, rhs: Branch) -> tuple[str, ...]:
    """The labels that have to be equal and that either branch speaks of, sorted."""
    if matching is not None and matching.on:
        return tuple(sorted({label.name for label in matching.labels}))
    ignored = {label.name for label in matching.labels} if matching is not None else set()
    return tuple(sorted((lhs.names | rhs.names) - ignored - {NAME}))


def _conflict(labels: tuple[str, ...], lhs: Branch, rhs: Branch) -> Conflict | None:
    for label in labels:
        left, right = lhs.fact(label), rhs.fact(label)
        if left is not right and not can_be_equal(left, right):
            return Conflict(label, left, right)
    return None


def _operands(side: Result, start: int, end: int) -> Iterator[Branch]:
    """The branches of one side of `or`; those of an `or` within keep their own span."""
    for branch in side.branches:
        yield branch if branch.start >= 0 else bound(Operand(branch, start, end))


def _with_scalar(node: BinaryExpr, lhs: Result, rhs: Result, version: Version) -> Result:
    """A vector and a number, or two numbers."""
    vector = lhs if lhs.type == "vector" else rhs
    if vector.type != "vector":
        return make_result("scalar")
    if not _drops_name(node, version):
        return vector
    why = _why_name(node)
    gone = gone_with_name(version)
    branches = tuple([bound(Dropped(branch, gone, why)) for branch in vector.branches])
    return make_result("vector", branches, vector.why_empty)


def _drops_name(node: BinaryExpr, version: Version) -> bool:
    if node.op == "atan2":
        return version >= ATAN2_DROPS_NAME
    return node.bool or node.op not in COMPARISONS


def _meet(node: BinaryExpr, lhs: Branch, rhs: Branch, version: Version) -> Branch:
    """The series that one pair of branches makes."""
    matching = node.matching
    many_left = matching is None or matching.card != "one-to-many"
    many, one = (lhs, rhs) if many_left else (rhs, lhs)
    agreed: Branch = Agreed(many, one, matching, _why_agreed(node))
    if _drops_name(node, version) and not node.bool:
        agreed = Dropped(agreed, gone_with_name(version), _why_name(node))
    if matching is not None:
        agreed = _shape(node, matching, agreed, one)
    if node.bool:
        agreed = Dropped(agreed, gone_with_name(version), _why_name(node))
    return agreed


def _shape(node: BinaryExpr, matching: Matching, many: Branch, one: Branch) -> Branch:
    """Which labels the clauses keep, drop and take from the one side."""
    if matching.card == "one-to-one":
        listed = frozenset([label.name for label in matching.labels])
        names = ", ".join(label.name for label in matching.labels)
        if matching.on:
            text = f"matching on ({names}) keeps {f'only {names}' if names else 'no label'}"
            return Kept(many, listed, make_why(text, *_clause(node)))
        return Dropped(many, listed, make_why(f"ignoring ({names}) drops {names}", *_clause(node)))
    if not matching.include:
        return many
    places = {label.name: label for label in matching.include}
    side = "right" if matching.card == "many-to-one" else "left"

    def include(_below: Branch, name: str) -> Fact:
        fact = one.fact(name)
        place = places[name]
        why = make_why(f"{name} is taken from the {side} side", place.start, place.end)
        return make_fact(fact.presence, fact.values, why, fact)

    return Changed(many, frozenset(places), include)


class Agreed(Branch):
    """The many, or left, side's series, with what the other side says of the matching labels."""

    __slots__ = ("_below", "_listed", "_on", "_other", "_why")

    def __init__(self, below: Branch, other: Branch, matching: Matching | None, why: Why) -> None:
        listed = frozenset([label.name for label in matching.labels]) if matching else NO_NAMES
        depth = max(below.depth, other.depth) + 1
        start, end = (below.start, below.end) if below.start >= 0 else (other.start, other.end)
        Branch.__init__(self, below.names | other.names | listed, depth, start, end)
        self._below = below
        self._other = other
        self._on = matching is not None and matching.on
        self._listed = listed
        self._why = why

    def _find(self, name: str) -> Fact:
        fact = self._below.fact(name)
        if (name in self._listed) is not self._on or (name == NAME and not self._on):
            return fact
        return meet_facts(fact, self._other.fact(name), self._why)


def _intersections(node: BinaryExpr, found: tuple[Pair, ...]) -> Iterator[Branch]:
    """`and`: each left branch that meets a right one, with what those say of matching labels."""
    partners: dict[int, tuple[Branch, list[Branch]]] = {}
    for pair in found:
        if pair.conflict is None:
            partners.setdefault(id(pair.lhs), (pair.lhs, []))[1].append(pair.rhs)
    for lhs, others in partners.values():
        agreed = Agreed(lhs, merge(tuple(others)), node.matching, _why_agreed(node))
        if lhs.start < 0:
            agreed.start = agreed.end = -1
        yield bound(agreed)


def _clause(node: BinaryExpr) -> tuple[int, int]:
    """The characters of the matching clause, or of the operator where there is none."""
    if node.matching is not None and node.matching.start >= 0:
        return node.matching.start, node.matching.end
    return node.op_start, node.op_start + len(node.op)


def _why_agreed(node: BinaryExpr) -> Why:
    return make_why("both sides have it equal", *_clause(node))


def _why_name(node: BinaryExpr) -> Why:
    text = f"{node.op} {'bool ' if node.bool else ''}drops the metric's name"
    return make_why(text, node.op_start, node.op_start + len(node.op))
