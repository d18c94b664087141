"""Checks that are silent for a while: what each allowance takes away, and what is left to say.

An allowance that has run out still holds, and is told of: nobody's branch turns red because a day
has passed. In a scheduled run, which no pull request waits for, it is an error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, Made, Origin, PyPlace, Within, at
from giggamon_compiler.ir import Allowance


@dataclass(frozen=True, slots=True)
class Calendar:
    """today: as in ISO 8601, empty where no day is meant; scheduled: no pull request waits."""

    today: str = ""
    scheduled: bool = False

    @property
    def level(self) -> Level:
        """How grave it is that an allowance is no longer needed, or no longer given."""
        return "error" if self.scheduled else "warning"


def hold_back(
    allowances: Sequence[Allowance],
    findings: Iterable[Finding],
    checks: Collection[str],
    calendar: Calendar,
    whole: bool,
) -> list[Finding]:
    """The findings of checks that no allowance covers, and what is wrong with the allowances.

    checks: the ids of all; whole: whether all definitions could be read, so that an allowance that
    nothing needed is not needed
    """
    findings = list(findings)
    if not allowances:
        return findings
    covers = [(it, _made(it.covers)) for it in allowances]
    used: set[int] = set()
    left = []
    for finding in findings:
        holding = [it for it, made in covers if _holds(it, made, finding)]
        used.update(map(id, holding))
        if not holding:
            left.append(finding)
    for allowance in allowances:
        left += _judge(allowance, id(allowance) in used, checks, calendar, whole)
    return left


def _holds(allowance: Allowance, made: frozenset[int], finding: Finding) -> bool:
    if allowance.check != finding.id:
        return False
    return not allowance.covers or bool(_made([finding.origin]) & made)


def _made(origins: Iterable[Origin]) -> frozenset[int]:
    """The values that origins are of, by identity."""
    return frozenset(id(made) for origin in origins if (made := _value_of(origin)) is not None)


def _value_of(origin: Origin) -> Made | None:
    if isinstance(origin, Within):
        origin = origin.origin
    return origin.made if isinstance(origin, PyPlace) else None


def _judge(
    allowance: Allowance, used: bool, checks: Collection[str], calendar: Calendar, whole: bool
) -> Iterator[Finding]:
    """What is wrong with an allowance; the gravest alone."""
    name, check = allowance.of, allowance.check
    if check not in checks:
        near = get_close_matches(check, checks, n=1)
        yield Finding(
            "allow-unknown-check",
            f"{name} allows {check}, which is no check",
            at(allowance.origin, "check"),
            f"did you mean {near[0]}?" if near else "giggamon list checks names them all",
            name,
        )
    elif not allowance.because.strip():
        yield Finding(
            "allow-without-reason",
            f"{name} allows {check} and does not say why",
            at(allowance.origin, "because"),
            "say what makes the finding wrong, or what it waits for",
            name,
        )
    elif whole and not used:
        yield Finding(
            "allow-unused",
            f"{name} allows {check}, which finds nothing there",
            allowance.origin,
            "take it away",
            name,
            calendar.level,
        )
    elif calendar.today > allowance.until:
        yield Finding(
            "allow-expired",
            f"{name} allows {check} until {allowance.until}, which has passed: {allowance.because}",
            at(allowance.origin, "until"),
            "mend what is found and take it away, or state a later day",
            name,
            calendar.level,
        )
