"""Which mutants of the generated rules the tests of the definitions let live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from giggamon_compiler import targets
from giggamon_compiler.durations import milliseconds
from giggamon_compiler.ir import AlertTest, Program, Rule
from giggamon_compiler.judges.alert_case import step_of
from giggamon_compiler.judges.rulebook import Key, Rulebook, make_rulebook
from tests.mutants.mutating import Mutant, mutants_of
from tests.mutants.trials import Made, Subject, Trial, is_forgetful, moments, run_trials
from tests.mutants.worlds import different

Name = tuple[Key, str]

GENERATED = Path(__file__).parents[2] / "generated"


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule with its mutants; severities: of the alerts that it is, or that read it.

    equal: those that no test notices and that an engine does not tell from the rule either
    """

    name: str
    rule: Rule
    severities: frozenset[str]
    killed: Sequence[Mutant]
    survivors: Sequence[Mutant]
    equal: Sequence[Mutant] = ()


def read_files(folder: Path) -> dict[str, str]:
    """An output tree, path → text."""
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_generated(folder: Path = GENERATED) -> Program:
    """The program that an output tree says, its tests with it."""
    return targets.read(read_files(folder))


def subjects_of(program: Program, book: Rulebook, wanted: Callable[[Rule], bool]) -> list[Subject]:
    """The alerts that are wanted, with what there is of them to change."""
    made: dict[Key, list[Mutant]] = {}
    subjects = []
    for number, group in enumerate(book.groups):
        for place, rule in enumerate(group.rules):
            if rule.kind == "alert" and wanted(rule):
                key = (number, place)
                mutants = [
                    Made(needed, mutant)
                    for needed in sorted(book.closure([key]))
                    if needed == key or book.rule(needed).kind == "record"
                    for mutant in made.setdefault(needed, mutants_of(book.rule(needed)))
                ]
                subjects.append(Subject(key, rule, list(_tests(program, rule)), mutants))
    return subjects


def _tests(program: Program, rule: Rule) -> Iterator[AlertTest]:
    for test in program.alert_tests:
        if test.alert == rule.identity and test.severity in (None, rule.severity):
            yield test


def judge(
    promtool: str,
    program: Program,
    wanted: Callable[[Rule], bool] = lambda rule: True,
    *,
    equal: bool = True,
) -> list[Judged]:
    """Each rule that a wanted alert needs, with the mutants that tests notice, and the others.

    The rules come in the order of their files. Alerts that have no test at all are left out: the
    build reports them. Without `equal` all that is not noticed counts as a survivor.
    """
    book = make_rulebook(program.groups)
    subjects = [it for it in subjects_of(program, book, wanted) if it.tests]
    noticed: set[Name] = set()
    waiting = [
        (subject, [it for test in subject.tests for it in moments(book, subject, test)])
        for subject in subjects
    ]
    for turn in range(max((len(tests) for _, tests in waiting), default=0)):
        trials = [
            Trial(subject, tests[turn], left, is_forgetful(book, subject))
            for subject, tests in waiting
            if turn < len(tests) and (left := _left(subject, noticed))
        ]
        for trial, numbers in zip(trials, run_trials(promtool, program, book, trials), strict=True):
            noticed |= {trial.subject.mutants[number].name for number in numbers}
    other: set[Name] = set()
    for subject in subjects:
        left = [n for n in _left(subject, noticed) if subject.mutants[n].name not in other]
        told = different(promtool, program, book, subject, left) if equal else left
        other |= {subject.mutants[number].name for number in told}
    return list(_judged(book, subjects, noticed, other))


def evaluations(program: Program, book: Rulebook, subject: Subject) -> int:
    """How many evaluations of a rule its trials take, in all."""
    interval = program.prometheus.evaluation_interval if program.prometheus else None
    count = 0
    for test in subject.tests:
        times = [*test.quiet, *(firing.time for firing in test.fires)]
        last = max(milliseconds(time) or 0 for time in times)
        count += last // step_of(test, book.groups[subject.key[0]], interval)
    return count * len(subject.mutants)


def _left(subject: Subject, noticed: set[Name]) -> list[int]:
    """The numbers of the mutants that no test has noticed yet."""
    return [n for n, made in enumerate(subject.mutants) if made.name not in noticed]


def _judged(
    book: Rulebook, subjects: Sequence[Subject], noticed: set[Name], other: set[Name]
) -> Iterator[Judged]:
    mutants: dict[Key, dict[str, Mutant]] = {}
    severities: dict[Key, set[str]] = {}
    for subject in subjects:
        for it in subject.mutants:
            mutants.setdefault(it.key, {})[it.mutant.key] = it.mutant
            severities.setdefault(it.key, set()).add(subject.rule.severity or "")
    for key in sorted(mutants):
        told: Mapping[str, Mutant] = mutants[key]
        parts: tuple[list[Mutant], list[Mutant], list[Mutant]] = ([], [], [])
        for name, mutant in told.items():
            place = 0 if (key, name) in noticed else 1 if (key, name) in other else 2
            parts[place].append(mutant)
        rule = book.rule(key)
        yield Judged(_name(rule), rule, frozenset(severities[key]), *parts)


def _name(rule: Rule) -> str:
    """A rule's identity; one of several of an objective with what tells it apart."""
    more = rule.severity if rule.kind == "alert" else rule.labels.get("slo")
    return f"{rule.identity} ({more})" if rule.objective and more else rule.identity


def share(found: Iterable[Judged]) -> tuple[int, int, int]:
    """How many mutants are noticed, of how many that can be; and how many are equal."""
    judged = list(found)
    killed = sum(len(it.killed) for it in judged)
    return (
        killed,
        killed + sum(len(it.survivors) for it in judged),
        sum(len(it.equal) for it in judged),
    )
