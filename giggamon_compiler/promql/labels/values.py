"""The values that a label can have: a small domain that never leaves out a possible value.

Missing and empty are one thing to Prometheus (a label with an empty value does not exist), so the
empty string is in no set here: whether a label can be missing is its presence, not its value.
Regexes are decided on finite sets only; a value with a line break, which `.` matches in some
versions only, or beyond ASCII is let through there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from giggamon_compiler.promql.labels.patterns import MOST, common_prefix, read_pattern
from giggamon_compiler.promql.nodes import MatchOp, maker
from giggamon_compiler.promql.regexes import full_match

_T = TypeVar("_T", str, tuple[str, bool])

# More conditions than these are dropped: the set grows, and stays true.
MOST_REGEXES = 8
# How many values are named before the others are counted.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Values:
    """Every non-empty string that passes all of the fields; a superset of what can occur.

    finite: if not None, the only values there are (the other fields are then already applied)
    excluded: values that it cannot have
    prefix, suffix: how each value begins and ends
    regexes: (pattern, True) each value matches it, (pattern, False) no value matches it
    """

    finite: frozenset[str] | None = None
    excluded: frozenset[str] = frozenset()
    prefix: str = ""
    suffix: str = ""
    regexes: frozenset[tuple[str, bool]] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether no value is left, so that the label cannot be there."""
        return self.finite is not None and not self.finite

    def admits(self, value: str) -> bool:
        """Whether a label can have this value; the empty one never."""
        if self.finite is not None:
            return value in self.finite
        return (
            value != ""
            and value not in self.excluded
            and value.startswith(self.prefix)
            and value.endswith(self.suffix)
            and all(_may_be(pattern, value, wanted) for pattern, wanted in self.regexes)
        )

    def meet(self, other: Values) -> Values:
        """The values that are in both."""
        if self is other or other is ANYTHING:
            return self
        if self is ANYTHING:
            return other
        if self.finite is not None:
            return _finite(filter(other.admits, self.finite))
        if other.finite is not None:
            return _finite(filter(self.admits, other.finite))
        prefix, suffix = (
            max(self.prefix, other.prefix, key=len),
            max(self.suffix, other.suffix, key=len),
        )
        if not (prefix.startswith(self.prefix) and prefix.startswith(other.prefix)):
            return NOTHING
        if not (suffix.endswith(self.suffix) and suffix.endswith(other.suffix)):
            return NOTHING
        regexes = self.regexes | other.regexes
        if any((pattern, not wanted) in regexes for pattern, wanted in regexes):
            return NOTHING
        return Values(
            None,
            _fewer(self.excluded | other.excluded, MOST),
            prefix,
            suffix,
            _fewer(regexes, MOST_REGEXES),
        )

    def join(self, other: Values) -> Values:
        """A set that has the values of either; some more, where the domain cannot say it."""
        if self is other or other.is_empty:
            return self
        if self.is_empty:
            return other
        if self.finite is not None and other.finite is not None:
            both = self.finite | other.finite
            if len(both) <= MOST:
                return Values(both)
        return Values(
            None,
            frozenset(
                value
                for value in self.excluded | other.excluded
                if not self.admits(value) and not other.admits(value)
            ),
            common_prefix([self._common(False), other._common(False)]),
            common_prefix([self._common(True), other._common(True)])[::-1],
            frozenset(
                one
                for one in self.regexes | other.regexes
                if self._implies(one) and other._implies(one)
            ),
        )

    def _common(self, backwards: bool) -> str:
        """How every value begins; backwards: how it ends, read from its end."""
        if self.finite is not None:
            return common_prefix(value[::-1] if backwards else value for value in self.finite)
        return self.suffix[::-1] if backwards else self.prefix

    def _implies(self, condition: tuple[str, bool]) -> bool:
        if self.finite is None:
            return condition in self.regexes
        pattern, wanted = condition
        return all(_decide(pattern, value) is wanted for value in self.finite)

    @property
    def text(self) -> str:
        """In words: `"a" or "b"`, `not "a"`, `begins with "5"`; empty where nothing is known."""
        if self.finite is not None:
            return _either(sorted(self.finite)) or "nothing"
        patterns = any(wanted for _, wanted in self.regexes)  # they say how a value begins and ends
        parts = [
            *([f"begins with {_quoted(self.prefix)}"] if self.prefix and not patterns else []),
            *([f"ends with {_quoted(self.suffix)}"] if self.suffix and not patterns else []),
            *([f"not {_either(sorted(self.excluded))}"] if self.excluded else []),
            *(
                f"{'matches' if wanted else 'does not match'} {_quoted(pattern)}"
                for pattern, wanted in sorted(self.regexes)
            ),
        ]
        return ", ".join(parts)


make_values = maker(Values)  # called as the kind itself
ANYTHING = Values()
NOTHING = Values(finite=frozenset())


@lru_cache(maxsize=8192)
def matched_values(op: MatchOp, value: str) -> tuple[Values, bool]:
    """The values that a matcher lets through, and whether it lets a missing label through."""
    if op == "=":
        return (_finite([value]), value == "")
    if op == "!=":
        return (Values(excluded=frozenset([value])), True) if value else (ANYTHING, False)
    words = read_pattern(value)
    empty = words.empty
    if empty is None:
        empty = full_match(value, "")
    if op == "=~":
        # A pattern that nothing can read: it may let a missing label through.
        empty = True if empty is None else empty
        if words.everything:
            return (ANYTHING, empty)
        if words.words is not None:
            return (_finite(words.words), empty)
        regexes = frozenset([(value, True)])
        return (Values(prefix=words.prefix, suffix=words.suffix, regexes=regexes), empty)
    if words.everything:
        return (NOTHING, not empty)
    if words.words is not None:
        return (Values(excluded=words.words - {""}), not empty)
    return (Values(regexes=frozenset([(value, False)])), not empty)


def _finite(values: Iterable[str]) -> Values:
    return make_values(frozenset(values) - {""})


def _may_be(pattern: str, value: str, wanted: bool) -> bool:
    return _decide(pattern, value) in (None, wanted)


def _decide(pattern: str, value: str) -> bool | None:
    """Whether the pattern matches all of the value; None where versions differ, or it is none."""
    return None if is_odd(value) else full_match(pattern, value)


def is_odd(value: str) -> bool:
    """Whether versions, or engines, may differ about what `.` matches in it."""
    return "\n" in value or not value.isascii()


def _fewer(conditions: frozenset[_T], most: int) -> frozenset[_T]:
    return conditions if len(conditions) <= most else frozenset(sorted(conditions)[:most])


def _either(values: Sequence[str]) -> str:
    """The values, and where they are many the first of them."""
    few = [_quoted(value) for value in values[:_FEW]]
    left = len(values) - _FEW
    more = [f"{left} other{'s' if left > 1 else ''}"] if left > 0 else []
    return " or ".join([*few, *more])


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
