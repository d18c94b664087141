"""What `promtool test rules` says, read: a verdict for each file, and what failed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.judges.go_text import QUOTED, read_label_sets, unquote

Labels = Mapping[str, str]

_VERDICT = re.compile(r"  (SUCCESS|FAILED:)\r?")
_HEAD = re.compile(r"Unit Testing:  .*")
_EXPRESSION = re.compile(rf"    expr: ({QUOTED}), time: \S+,(?: err: (.*))?")
_GOT = re.compile(r"        got: (.*)")
_EXPECTED = re.compile(r"        exp: .*")
_ALERT = re.compile(r"    alertname: .*, time: (\S+), ?")
_RULE = re.compile(r"    rule: (.*), time: (\S+), err: (.*)")
_MARK = re.compile(r"# (quiet|fires) (\d+)$")


@dataclass(frozen=True, slots=True)
class WrongAlerts:
    """Other alerts fire at a time of the test than it says: kind and index tell which time."""

    kind: str
    index: int
    got: Sequence[Labels]


@dataclass(frozen=True, slots=True)
class WrongAnnotations:
    """At a time, alerts with other annotations: their labels and annotations."""

    time: str
    got: Sequence[tuple[Labels, Labels]]


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule could not be evaluated."""

    rule: str
    time: str
    error: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A line that says something else, mostly that a series cannot be read."""

    text: str


Failure = WrongAlerts | WrongAnnotations | BrokenRule | Remark


def read_verdicts(text: str) -> list[list[Failure]]:
    """The failures of each file, in the order in which the files were tested; none: it passed."""
    verdicts: list[list[str]] = []
    for line in text.splitlines():
        if _VERDICT.fullmatch(line):
            verdicts.append([])
        elif verdicts and not _HEAD.fullmatch(line):
            verdicts[-1].append(line)
    return [list(_failures(lines)) for lines in verdicts]


def _failures(lines: Sequence[str]) -> Iterator[Failure]:
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if match := _EXPRESSION.fullmatch(line):
            mark = _MARK.search(unquote(match[1]))
            if match[2] or mark is None:
                yield Remark(match[2] or line.strip())
                continue
            while index < len(lines) and _EXPECTED.fullmatch(lines[index]):
                index += 1
            got = _GOT.fullmatch(lines[index]) if index < len(lines) else None
            index += 1
            sets = read_label_sets(got[1]) if got else []
            yield WrongAlerts(mark[1], int(mark[2]), sets)
        elif match := _ALERT.fullmatch(line):
            end = _end_of_block(lines, index)
            yield WrongAnnotations(match[1], list(_got_alerts(lines[index:end])))
            index = end
        elif match := _RULE.fullmatch(line):
            yield BrokenRule(match[1], match[2], match[3])
        elif line.strip():
            yield Remark(line.strip())


def _end_of_block(lines: Sequence[str], start: int) -> int:
    """Where the lines of a block, which stand further in, end."""
    for index in range(start, len(lines)):
        if not lines[index].startswith("        "):
            return index
    return len(lines)


def _got_alerts(lines: Sequence[str]) -> Iterator[tuple[Labels, Labels]]:
    inside = False
    labels: Labels = {}
    for line in lines:
        kind, _, rest = line.strip().partition(":")
        if kind in ("exp", "got"):
            inside = kind == "got"
        elif inside and kind == "Labels":
            labels = _one_set(rest)
        elif inside and kind == "Annotations":
            yield labels, _one_set(rest)


def _one_set(text: str) -> Labels:
    sets = read_label_sets(text)
    return sets[0] if sets else {}
