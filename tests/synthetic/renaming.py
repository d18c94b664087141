"""One name changed in what the exporters and our services show, and what is empty then.

A change renames one metric, or one value of one label of one metric, in the catalogue or the
declaration that says it. The series are made anew, and a real Prometheus says which selectors and
which queries are empty now that had data before. Each change has minutes of its own in one
Prometheus, in which there are the series that the queries of that metric read.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from giggamon_compiler import checks, ir
from giggamon_compiler.ir import Program
from giggamon_compiler.judges.go_text import quote
from giggamon_compiler.promql.nodes import (
    Duration,
    MatrixSelector,
    SubqueryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_node
from giggamon_compiler.promql.walk import walk
from tests.mutants.mutating import rebuilt
from tests.promql.engine import Engine, Generation, engine
from tests.synthetic.asking import GRAFANA
from tests.synthetic.changing import (
    Change,
    changed_catalogues,
    changed_program,
    metrics_said,
    series_names,
)
from tests.synthetic.queries import filled, unfiltered
from tests.synthetic.shown import Shown, shown_by

BEGIN = 1_750_000_200
SPACING = 1800
SAMPLES = 7
STEP = 60
BLOCK_SECONDS = 120
# The findings that say that something is not there.
NAMED_BY = ("unknown-metric", "unknown-label-value")
# What Prometheus makes itself has no catalogue: its queries are left to the other tests.
_MADE = ("ALERTS", "ALERTS_FOR_STATE")
_SHORT = Duration(0, 0, 300_000, "5m")


@dataclass(frozen=True, slots=True)
class Held:
    """A rule or a panel with its queries; program: it alone, with all that says what is shown."""

    subject: str
    texts: Sequence[str]
    program: Program

    @property
    def selectors(self) -> Iterator[VectorSelector]:
        """All selectors of its queries."""
        for text in self.texts:
            tree = parse(text).tree
            assert tree is not None, text
            yield from (it for it in walk(tree) if isinstance(it, VectorSelector))


@dataclass(frozen=True, slots=True)
class Emptied:
    """What a change empties: the subjects of which a selector is empty, and a query; and named."""

    change: Change
    selectors: frozenset[str]
    queries: frozenset[str]
    named: frozenset[str]


# What there is ------------------------------------------------------------------------------------


def held_by(program: Program) -> list[Held]:
    """Rules and panels that read what is scraped, and nothing that Prometheus makes."""
    bare = replace(program, groups=(), dashboards=(), objectives=(), alert_tests=(), route_tests=())
    made = {*_MADE, *(rule.name for rule in program.rules if rule.kind == "record")}
    found = []
    for group in program.groups:
        for rule in group.rules:
            small = replace(bare, groups=(replace(group, rules=(rule,)),))
            if rule.objective is None:  # else the build speaks of the objective
                found.append(Held(rule.identity, [rule.query.text], small))
    for objective in program.objectives:
        texts = [objective.bad.text, objective.total.text]
        small = replace(bare, objectives=(objective,))
        found.append(Held(objective.identity, texts, small))
    for board in program.dashboards:
        for panel in _panels(board.panels):
            small = replace(bare, dashboards=(replace(board, panels=(panel,)),))
            texts = [_filled(target.query.text) for target in panel.targets]
            name = f"{board.identity}/{panel.key or panel.title}"
            found.append(Held(name, [text for text in texts if text], small))
    return [it for it in found if not made & {one.name for one in it.selectors} and it.texts]


def _filled(text: str) -> str:
    class Any_(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return ".*"

    return filled(text, Any_(GRAFANA))


def _panels(panels: Sequence[ir.Panel]) -> Iterator[ir.Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)


def changes_for(program: Program, held: Iterable[Held]) -> list[Change]:
    """Each metric that is read, and each value of a label of it that a matcher speaks of."""
    found: dict[Change, None] = {}
    read: dict[str, set[str]] = {}
    for it in held:
        for selector in it.selectors:
            labels = read.setdefault(selector.name or "", set())
            labels |= {matcher.name for matcher in selector.matchers}
    for source, metric, kind, labelled in metrics_said(program):
        spoken = [read[name] for name in series_names(metric, kind) if name in read]
        if spoken:
            found[Change(source, metric)] = None
            for label in sorted(set().union(*spoken) & set(labelled)):
                for value in labelled[label]:
                    found[Change(source, metric, label, value)] = None
    return list(found)


# The engine ---------------------------------------------------------------------------------------


def judge_changes(
    generation: Generation,
    folder: Path,
    program: Program,
    catalogues: Mapping[str, str],
    changes: Sequence[Change],
) -> list[Emptied]:
    """What each change empties, and what the checks name."""
    held = held_by(program)
    by_metric: dict[str, list[Held]] = {}
    for it in held:
        for name in {selector.name or "" for selector in it.selectors}:
            by_metric.setdefault(name, []).append(it)
    kinds = {(source, name): kind for source, name, kind, _ in metrics_said(program)}
    affected = [_affected(change, kinds, by_metric) for change in changes]
    _write(generation, folder, program, catalogues, list(zip(changes, affected, strict=True)))
    before = _named(program, held)
    with engine(generation, folder) as running:
        found = []
        for number, (change, those) in enumerate(zip(changes, affected, strict=True)):
            selectors, queries = _emptied(running, those, BEGIN + (2 * number + 1) * SPACING)
            said = _named(changed_program(program, change), those) - before
            named = frozenset(subject for subject, _ in said)
            found.append(Emptied(change, selectors, queries, named))
        return found


def _affected(
    change: Change, kinds: Mapping[tuple[str, str], str], by_metric: Mapping[str, Sequence[Held]]
) -> list[Held]:
    found: dict[str, Held] = {}
    for name in series_names(change.metric, kinds[change.source, change.metric]):
        found |= {it.subject: it for it in by_metric.get(name, ())}
    return list(found.values())


def _named(program: Program, those: Sequence[Held]) -> set[tuple[str, str]]:
    """What a build says is not there of what some rules and panels read, with its subject."""
    together = replace(
        program,
        groups=tuple(it for held in those for it in held.program.groups),
        dashboards=tuple(it for held in those for it in held.program.dashboards),
        objectives=tuple(it for held in those for it in held.program.objectives),
    )
    found = checks.run(together, whole=True)
    return {(it.subject, it.message) for it in found if it.id in NAMED_BY}


def _write(
    generation: Generation,
    folder: Path,
    program: Program,
    catalogues: Mapping[str, str],
    changes: Sequence[tuple[Change, Sequence[Held]]],
) -> None:
    """The minutes of each change, first without it and then with it."""
    original = shown_by(program, catalogues)
    file = folder / "changes.om"
    with file.open("w", encoding="utf-8") as lines:
        for number, (change, those) in enumerate(changes):
            names = {it.name or "" for held in those for it in held.selectors}
            altered = _altered(program, catalogues, original, change)
            for place, shown in ((2 * number, original), (2 * number + 1, altered)):
                end = BEGIN + place * SPACING
                lines.writelines(_lines(shown, names, end))
        lines.write("# EOF\n")
    create = (generation.promtool, "tsdb", "create-blocks-from", "openmetrics")
    done = subprocess.run(
        [*create, "--max-block-duration=960h", str(file), str(folder / "data")],
        capture_output=True,
        text=True,
        timeout=BLOCK_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"promtool tsdb: {done.stderr}")


def _altered(
    program: Program, catalogues: Mapping[str, str], original: Sequence[Shown], change: Change
) -> list[Shown]:
    """All series with a change: those of the jobs that it is about are made anew."""
    assert program.prometheus is not None
    owners = {it.owner for it in program.metrics if it.file == change.source}
    name = change.source.removeprefix("catalogue/")
    jobs = tuple(it for it in program.prometheus.jobs if name == it.catalogue or it.owner in owners)
    changed = changed_program(program, change)
    few = replace(changed, prometheus=replace(program.prometheus, jobs=jobs))
    anew = {job.name for job in jobs}
    return [
        *(it for it in original if it.labels["job"] not in anew),
        *shown_by(few, changed_catalogues(catalogues, change)),
    ]


def _lines(shown: Iterable[Shown], names: set[str], end: int) -> Iterator[str]:
    for it in shown:
        if it.name in names:
            inner = ",".join(f"{k}={quote(v)}" for k, v in it.labels.items() if k != "__name__")
            times = range(end - (SAMPLES - 1) * STEP, end + 1, STEP)
            for time, value in zip(times, it.at(times), strict=True):
                yield f"{it.name}{{{inner}}} {value!r} {time}\n"


def _emptied(
    running: Engine, those: Sequence[Held], end: int
) -> tuple[frozenset[str], frozenset[str]]:
    """The subjects with a selector, and with a query, that has data before a change alone."""
    questions: list[tuple[str, bool, str]] = []
    for held in those:
        for text in held.texts:
            tree = parse(unfiltered(text)).tree
            assert tree is not None
            questions.append((held.subject, True, print_node(_near(tree))))
        for selector in held.selectors:
            questions.append((held.subject, False, print_node(_near(selector))))
    forms = [
        {"query": text, "time": str(time)}
        for _, _, text in questions
        for time in (end - SPACING, end)
    ]
    answers = [_count(it) for it in running.ask_many("/api/v1/query", forms)]
    found: tuple[set[str], set[str]] = (set(), set())
    for (subject, is_query, text), before, after in zip(
        questions, answers[::2], answers[1::2], strict=True
    ):
        assert before or is_query, f"{subject}: {text} has no data"
        if before and not after:
            found[is_query].add(subject)
    return frozenset(found[False]), frozenset(found[True])


def _count(answer: Any) -> int:
    assert answer["status"] == "success", answer
    data = answer["data"]
    return len(data["result"]) if data["resultType"] == "vector" else 1


def _near(node: Any) -> Any:
    """A tree that reads no more than the last minutes."""
    match node:
        case MatrixSelector():
            return replace(node, selector=_near(node.selector), range=_SHORT)
        case VectorSelector():
            return replace(node, offset=None, at=None)
        case SubqueryExpr():
            return replace(node, expr=_near(node.expr), range=_SHORT, offset=None, at=None)
        case _:
            return rebuilt(node, _near)
