"""What the engine answered, held against what the analysis says.

A run is one expression in one world, with the answers of the engine to it and to some of its parts.
It holds all that a judgement needs, so that the same runs can judge a changed analysis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from giggamon_compiler.promql.labels import analysis, recordings
from giggamon_compiler.promql.labels.result import NAME, Branch, Result
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording rule: its name, expression and labels."""

    name: str
    text: str
    labels: Labels = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """An expression in a world.

    source: as it was given; text: as it was asked; asked: the labels that are spoken of
    declared: of each metric the labels that all its series carry, and no others; None: not known
    answers: of parts of the tree, by their index in pre-order, the label sets of the result
    """

    source: str
    text: str
    seed: str
    version: str
    asked: tuple[str, ...]
    declared: Mapping[str, frozenset[str]] | None
    recordings: tuple[Recording, ...]
    answers: Mapping[int, Sequence[Labels]]
    series: Sequence[Labels] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the whole expression had a result."""
        return 0 in self.answers

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of the metrics."""
        return self.declared is None


@dataclass(frozen=True, slots=True)
class Violation:
    """A result that the analysis has excluded."""

    run: Run
    part: str
    labels: Labels
    said: str

    def __str__(self) -> str:
        recordings = "".join(
            f"\n  recording: {it.name} {dict(it.labels)} = {it.text}" for it in self.run.recordings
        )
        declared = f"\n  declared: {describe(self.run.declared)}" if self.run.declared else ""
        series = "".join(f"\n    {dict(it)}" for it in self.run.series[:6])
        return (
            f"{self.run.version}: {self.part}\n  in: {self.run.text}\n"
            f"  source: {self.run.source}  seed: {self.run.seed}{recordings}{declared}\n"
            f"  came: {dict(self.labels)}\n  said: {self.said}\n  series:{series}"
        )


@dataclass(slots=True)
class Verdict:
    """What a judgement of runs found: answers to label questions are counted by mode."""

    violations: list[Violation] = field(default_factory=list)
    runs: int = 0
    parts: int = 0
    open: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)

    def unknown(self, mode: str) -> float:
        """The share of label questions with the answer "possible"; mode: "open" or "closed"."""
        counts: Counter[str] = getattr(self, mode)
        return counts["possible"] / max(1, counts.total())


def describe(declared: Mapping[str, frozenset[str]]) -> str:
    """Metrics and their labels, in a line."""
    return "; ".join(f"{name}: {', '.join(sorted(own))}" for name, own in declared.items())


def judge(runs: Sequence[Run], *, most: int | None = None) -> Verdict:
    """Hold all runs against the analysis; most: stop at so many violations."""
    verdict = Verdict()
    for run in runs:
        _judge_run(run, verdict)
        if most is not None and len(verdict.violations) >= most:
            break
    return verdict


def _judge_run(run: Run, verdict: Verdict) -> None:
    tree = parse(run.text).tree
    assert tree is not None, run.text
    found = analysis.analyse(tree, known_of(run), run.version)
    verdict.runs += 1
    parts = list(walk(tree))
    for index, samples in run.answers.items():
        verdict.parts += 1
        result = found.of(parts[index])
        wrong = next((it for it in samples if not admits(result, it)), None)
        if wrong is not None:
            part = run.text[parts[index].start : parts[index].end]
            verdict.violations.append(Violation(run, part, wrong, said_of(result, wrong)))
    counts = verdict.open if run.is_open else verdict.closed
    for branch in found.of(tree).branches:
        counts.update(branch.fact(name).presence for name in (*run.asked, NAME))


def known_of(run: Run) -> recordings.Recorded:
    """What the analysis may know in a run."""
    made = [
        recordings.Recording(it.name, tree, it.labels)
        for it in run.recordings
        if (tree := parse(it.text).tree) is not None
    ]
    declared = {
        name: (recordings.stated(dict.fromkeys(own), name, more=False),)
        for name, own in (run.declared or {}).items()
    }
    return recordings.Recorded(made, declared, run.version)


def admits(result: Result, labels: Labels) -> bool:
    """Whether some branch can yield a series with these labels."""
    return any(not contradictions(branch, labels) for branch in result.branches)


def contradictions(branch: Branch, labels: Labels) -> list[str]:
    """What of a series' labels a branch has excluded."""
    return list(_contradictions(branch, labels))


def _contradictions(branch: Branch, labels: Labels) -> Iterator[str]:
    for name in sorted({*branch.names, *labels}):
        fact, value = branch.fact(name), labels.get(name)
        if value is None:
            if fact.presence == "certain":
                yield f"{name} is certain, and it is missing"
        elif fact.presence == "absent":
            yield f"{name} is absent, and it is there"
        elif not fact.values.admits(value):
            yield f"{name} has one of {fact.values}, and it has {value!r}"


def said_of(result: Result, labels: Labels) -> str:
    """Why each branch excludes a series."""
    if not result.branches:
        return f"returns nothing ({'; '.join(it.text for it in result.why_empty)})"
    return " | ".join("; ".join(contradictions(it, labels)) for it in result.branches)
