"""How long it takes, at most, from a metric's change to the message, beyond `for`: a sum of terms.

    scrape + evaluation + one evaluation for each recording that runs apart from its reader
    + what `for` is rounded up by
    + the longer of a new group:      group_wait + peer
                    a group alight:   max(group_interval, peer) + peer
    + 1 s to send

The intervals are the job's and the group's own where they have one. A flush waits `peer`, 15 s,
for each other Alertmanager that may be dead, and the next flush waits behind it. The rules of a
group run one after the other at one time, so what stands before its reader costs nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from giggamon_compiler.durations import milliseconds, seconds_text
from giggamon_compiler.findings import Origin, at
from giggamon_compiler.ir import Group, Program, Rule, ScrapeJob, Severity
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import equalities, metric_of, selectors

PEER = 15_000  # the default of Alertmanager's --cluster.peer-timeout
SEND = 1_000
DEFAULT_INTERVAL = 60_000  # Prometheus' own, where no configuration says another

_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_JOB = re.compile(r'\bjob\s*=\s*"([^"\\]*)"')


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the sum, in milliseconds: what is waited for, and where that is set."""

    length: int
    what: str
    origin: Origin = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{seconds_text(self.length)} {self.what}"


@dataclass(frozen=True, slots=True)
class Bound:
    """The whole sum."""

    terms: tuple[Term, ...]

    @property
    def length(self) -> int:
        """In milliseconds."""
        return sum(term.length for term in self.terms)


@dataclass(frozen=True, slots=True)
class _Place:
    """A rule where it stands."""

    group: Group
    index: int

    @property
    def rule(self) -> Rule:
        return self.group.rules[self.index]


class Latency:
    """The bounds of one program; what several alerts read is added up once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._jobs: Mapping[str, ScrapeJob] = {}
        self._scrape = self._evaluation = DEFAULT_INTERVAL
        if program.prometheus is not None:
            self._jobs = {job.name: job for job in program.prometheus.jobs}
            self._scrape = milliseconds(program.prometheus.scrape_interval) or DEFAULT_INTERVAL
            self._evaluation = (
                milliseconds(program.prometheus.evaluation_interval) or DEFAULT_INTERVAL
            )
        self._records: dict[str, list[_Place]] = defaultdict(list)
        self._exact: dict[tuple[str, frozenset[tuple[str, str]]], list[_Place]] = defaultdict(list)
        for group in program.groups:
            for index, rule in enumerate(group.rules):
                if rule.kind == "record":
                    place = _Place(group, index)
                    self._records[rule.name].append(place)
                    self._exact[rule.name, frozenset(rule.labels.items())].append(place)
        self._ages: dict[tuple[int, int], tuple[Term, ...]] = {}

    def bound_of(self, group: Group, rule: Rule, severity: Severity) -> Bound:
        """The bound of an alert of a severity."""
        place = _Place(group, next(i for i, it in enumerate(group.rules) if it is rule))
        age = self._age(place, frozenset())
        evaluation = self._evaluations(place.group)
        rounding = _rounded_up(rule.for_, self._interval(group))
        terms = [*age, *evaluation]
        if rounding:
            terms.append(Term(rounding, "for is rounded up by", at(rule.origin, "for_")))
        return Bound((*terms, *self._notification(severity)))

    def bound_without_rule(self, severity: Severity) -> Bound:
        """The bound of an alert that has no interval of its own, no recording and no `for`."""
        origin = self._program.policy.origin if self._program.policy else None
        return Bound(
            (
                Term(self._scrape, "until the scrape", at(origin, "scrape_interval")),
                Term(self._evaluation, "until the evaluation", at(origin, "evaluation_interval")),
                *self._notification(severity),
            )
        )

    def _notification(self, severity: Severity) -> tuple[Term, ...]:
        count = len(self._program.prometheus.alertmanagers) if self._program.prometheus else 0
        peer = PEER * max(count - 1, 0)
        wait = milliseconds(severity.group_wait) or 0
        interval = milliseconds(severity.group_interval) or 0
        dead = "for " + ("a dead Alertmanager" if count == 2 else "dead Alertmanagers")
        new = (Term(wait, "group_wait", at(severity.origin, "group_wait")),)
        alight = (
            (Term(interval, "group_interval", at(severity.origin, "group_interval")),)
            if interval >= peer
            else (Term(peer, f"until the flush before has waited {dead}"),)
        )
        slower = alight if alight[0].length >= wait else new
        last = Term(peer, f"that the flush itself waits {dead}")
        return (*slower, *((last,) if peer else ()), Term(SEND, "to send"))

    def _interval(self, group: Group) -> int:
        return milliseconds(group.interval) or self._evaluation

    def _evaluations(self, group: Group) -> Iterator[Term]:
        """What a rule of a group waits for before it looks, and how far back it looks."""
        where = f"until the evaluation of group {group.name}"
        yield Term(self._interval(group), where, at(group.origin, "interval"))
        offset = milliseconds(group.query_offset)
        if offset:
            yield Term(offset, "query_offset", at(group.origin, "query_offset"))

    def _age(self, place: _Place, seen: frozenset[tuple[int, int]]) -> tuple[Term, ...]:
        """How old the data may be that a rule reads: the longest way from a scrape to it."""
        key = (id(place.group), place.index)
        if key in self._ages:
            return self._ages[key]
        ways = []
        for read in self._recordings(place.rule):
            if (id(read.group), read.index) not in seen | {key}:
                age = self._age(read, seen | {key})
                before = read.group is place.group and read.index < place.index
                ways.append(age if before else (*age, *self._recorded(read)))
        job = self._slowest_job(place.rule, own=not ways)
        if job is not None:
            ways.append((job,))
        longest = max(ways, key=lambda terms: sum(term.length for term in terms))
        if not seen:
            self._ages[key] = longest
        return longest

    def _recorded(self, read: _Place) -> Iterator[Term]:
        for term in self._evaluations(read.group):
            yield Term(term.length, f"{term.what}, which records {read.rule.name}", term.origin)

    def _slowest_job(self, rule: Rule, own: bool) -> Term | None:
        """The scrape of the slowest job that an expression names; with `own`, else the owner's."""
        jobs = _JOB.findall(rule.query.text) if self._jobs else ()
        named = [self._jobs[name] for name in dict.fromkeys(jobs) if name in self._jobs]
        if not named and own:
            named = [job for job in self._jobs.values() if job.owner and job.owner == rule.owner]
            if not named:
                return Term(self._scrape, "until the scrape")
        if not named:
            return None
        job = max(named, key=self._scrape_of)
        return Term(
            self._scrape_of(job), f"until the scrape of {job.name}", at(job.origin, "interval")
        )

    def _scrape_of(self, job: ScrapeJob) -> int:
        return milliseconds(job.interval) or self._scrape

    def _recordings(self, rule: Rule) -> Iterator[_Place]:
        """The recordings that an expression reads, by name and by the labels that it wants."""
        if not self._records:
            return
        for name, wanted in self._reads(rule.query.text):
            exact = self._exact.get((name, frozenset(wanted.items())))
            yield from exact or (
                place
                for place in self._records[name]
                if all(place.rule.labels.get(it, value) == value for it, value in wanted.items())
            )

    def _reads(self, expression: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The recorded metrics that an expression reads, each with the labels that it wants.

        Most read none and hold no word like it; one that cannot be read counts by its words.
        """
        words = [name for name in dict.fromkeys(_NAME.findall(expression)) if name in self._records]
        tree = parse(expression).tree if words else None
        if tree is None:
            yield from ((name, {}) for name in words)
            return
        for selector in selectors(tree):
            name = metric_of(selector)
            if name in self._records:
                wanted = {it: text for it, text in equalities(selector).items() if it != "__name__"}
                yield name, wanted


def _rounded_up(for_: str | None, interval: int) -> int:
    return -(milliseconds(for_) or 0) % interval
