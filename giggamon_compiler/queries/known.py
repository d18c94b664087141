"""What is known of metrics by name: from rules, declarations, recordings and the server itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from giggamon_compiler.ir import Catalogue, Metric, Program, ScrapeJob
from giggamon_compiler.promql.labels.branches import Stated, merge, open_branch
from giggamon_compiler.promql.labels.recordings import Recorded, Recording
from giggamon_compiler.promql.labels.result import MISSING, NAME, OPEN, Branch, Fact, Known, Why
from giggamon_compiler.promql.labels.values import ANYTHING, NOTHING, Values
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.queries.series import Series, labels_of
from giggamon_compiler.queries.shown import Shown
from giggamon_compiler.queries.stored import label_of_target, series_of, stored_metrics

# A metric that many rules record is told as one: what any of them may give.
MOST = 32


# The tree of an expression; None where it cannot be read, or its parts do not fit together.
Read = Callable[[str], Expr | None]


def known_metrics(program: Program, read: Read, version: str) -> Known:
    """The metrics that are recorded or declared in a program, seen of an exporter, or built in.

    What a rule that cannot be read records may be anything. So may what is recorded under a name
    that an exporter may use, one without a colon, and that nothing says more of: rules that give
    old names to new metrics, and new ones to old, do so (Prometheus documentation, "Metric and
    label naming": colons are for recording rules).
    """
    return _with_recordings(program, read, version, _stated(program))


def seen_metrics(program: Program, read: Read, version: str, shown: Shown) -> Known:
    """The same, if exporters have no label and no value but those that were recorded of them.

    Nor have declared metrics a value but those that they are declared with.
    """
    return _with_recordings(program, read, version, _Seen(_of_objectives(program), shown))


class _Seen(dict[str, tuple[Branch, ...]]):
    """What is stated of metrics, and of others, once they are asked for, what the jobs show."""

    def __init__(self, stated: Mapping[str, tuple[Branch, ...]], shown: Shown) -> None:
        super().__init__(stated)
        self._shown = shown
        self._asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (isinstance(name, str) and name in self._shown)

    def get(self, name: str, default: Any = None) -> Any:
        """The branches of a metric."""
        if name not in self._asked:
            self._asked.add(name)
            branches = tuple(_see(name, it) for it in self._shown.of(name))
            if branches:
                self[name] = (*super().get(name, ()), *branches)
        return super().get(name, default)


def _see(name: str, series: Series) -> Branch:
    facts = {**labels_of(series), NAME: Fact("certain", Values(frozenset([name])))}
    if series.is_open:
        return Stated(facts, OPEN)
    said = series.source.said_by
    listed = ", ".join(label for label in facts if label != NAME)
    how = f"recorded in {said.file}" if isinstance(said, Catalogue) else "scraped"
    why = Why(f"{name} is {how} with {listed}", -1, -1, name)
    return Stated(facts, Fact("absent", NOTHING, why))


def _with_recordings(
    program: Program, read: Read, version: str, stated: dict[str, tuple[Branch, ...]]
) -> Known:
    recordings = []
    for group in program.groups:
        for rule in group.rules:
            if rule.kind == "record" and rule.objective is None:
                tree = read(rule.query.text)
                if tree is None or (":" not in rule.name and rule.name not in stated):
                    stated[rule.name] = (open_branch(),)
                if tree is not None:
                    labels = {**group.labels, **rule.labels}
                    recordings.append(Recording(rule.name, tree, labels))
    return _Few(Recorded(recordings, stated, version))


class _Few:
    """The same, never with many branches."""

    def __init__(self, all_: Known) -> None:
        self._all = all_
        self._merged: dict[str, tuple[Branch, ...]] = {}

    def get(self, name: str) -> tuple[Branch, ...] | None:
        """The branches of a metric; None where nobody says what makes it."""
        branches = self._all.get(name)
        if branches is None or len(branches) <= MOST:
            return branches
        if name not in self._merged:
            self._merged[name] = (merge(branches),)
        return self._merged[name]


def _of_objectives(program: Program) -> dict[str, tuple[Branch, ...]]:
    """The recordings of objectives, which have one shape."""
    stated: dict[str, tuple[Branch, ...]] = {}
    for rule in program.rules:
        if rule.kind == "record" and rule.objective is not None and rule.name not in stated:
            facts = {name: Fact("certain", ANYTHING) for name in rule.labels}
            facts[NAME] = Fact("certain", Values(frozenset([rule.name])))
            stated[rule.name] = (Stated(facts, MISSING),)
    return stated


def _stated(program: Program) -> dict[str, tuple[Branch, ...]]:
    """What needs no analysis: the recordings of objectives, and metrics."""
    stated = _of_objectives(program)
    jobs: dict[str, list[ScrapeJob]] = {}
    for job in program.prometheus.jobs if program.prometheus else ():
        if job.probing is not None:
            continue  # it shows what the exporter says of a probe
        jobs.setdefault(job.owner or "", []).append(job)
    for metric in program.metrics:
        for name, own in series_of(metric.name, metric.kind):
            branch = _declare(metric, name, own, jobs.get(metric.owner, []))
            stated[name] = (*stated.get(name, ()), branch)
    for name, branch in stored_metrics(program):
        stated[name] = (*stated.get(name, ()), branch)
    return stated


def _declare(metric: Metric, name: str, own: str | None, jobs: list[ScrapeJob]) -> Branch:
    """The series of a declared metric; where nobody says how it is scraped, with more labels."""
    stored = [label_of_target(it, job) for job in jobs for it in metric.labels]
    facts = dict.fromkeys(stored if jobs else metric.labels, OPEN)
    facts[NAME] = Fact("certain", Values(frozenset([name])))
    if own is not None:
        facts[own] = Fact("certain", ANYTHING)
    if not jobs or any(job.rest for job in jobs):
        return Stated(facts, OPEN)
    for label in ("job", "instance"):
        facts[label] = Fact("certain", ANYTHING)
    for job in jobs:
        for label in job.labels:
            facts.setdefault(label, OPEN)
    listed = ", ".join(label for label in facts if label != NAME)
    why = Why(f"{name} is declared and scraped with {listed}", -1, -1, metric.name)
    return Stated(facts, Fact("absent", NOTHING, why))
