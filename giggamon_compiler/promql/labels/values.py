"""The values that a label can have: a small domain that never leaves out a possible value.

Missing and empty are one thing to Prometheus (a label with an empty value does not exist), so the
empty string is in no set here: whether a label can be missing is its presence, not its value.
Regexes are decided on finite sets only; a value with a line break is let through there, because
whether `.` matches one differs between versions.
"""

from __future__ import annotations

from dataclasses import dataclass

# A larger set is no help to a reader, and makes joins and products dear.
MOST = 64


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

    @property
    def is_anything(self) -> bool:
        """Whether nothing is known."""
        return self == ANYTHING


ANYTHING = Values()
NOTHING = Values(finite=frozenset())
