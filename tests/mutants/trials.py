"""Whether the tests of alerts notice mutants: each test meets all mutants of its alert at once.

A mutant stands beside the rule that it was made from, as an alert of its own name. A mutant of a
recording stands with copies of all rules between it and the alert, under names of their own. So a
test costs one evaluation of its world, however many mutants there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from giggamon_compiler import targets
from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.ir import AlertTest, Group, Program, Query, Rule
from giggamon_compiler.judges.alert_case import step_of
from giggamon_compiler.judges.given import rules_path
from giggamon_compiler.judges.go_text import quote
from giggamon_compiler.judges.process import hear
from giggamon_compiler.judges.rulebook import Key, Rulebook, make_rulebook
from tests.mutants.mutating import Mutant, past_names, renamed

SLO_LABEL = "slo"
FILES_A_RUN = 8
RUN_SECONDS = 600.0
TOGETHER = 2

_VERDICT = re.compile(r"  (SUCCESS|FAILED:)")
_MARK = re.compile(
    r'    expr: ".* # m(\d+)", time: \S+,.*|    alertname: m(\d+), time: .*'
    r"|    rule: (?:.*:)?m(\d+), time: .*"
)
_BROKEN = re.compile(r"    rule: (.*), time: \S+, err: (.*)")
_HEAD = re.compile(r"Unit Testing:  .*")


@dataclass(frozen=True, slots=True)
class Made:
    """A mutant with the key of the rule that it was made from."""

    key: Key
    mutant: Mutant

    @property
    def name(self) -> tuple[Key, str]:
        """What tells it from all others."""
        return self.key, self.mutant.key


@dataclass(frozen=True, slots=True)
class Subject:
    """An alert with its tests and with the mutants of it and of the recordings that it reads."""

    key: Key
    rule: Rule
    tests: Sequence[AlertTest]
    mutants: Sequence[Made]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is run at once: a test of a subject, and the numbers of the mutants that it meets.

    once: that the rules are evaluated at the one time of the test alone
    """

    subject: Subject
    test: AlertTest
    numbers: Sequence[int]
    once: bool = False


def owned_labels(program: Program, rule: Rule) -> dict[str, str]:
    """The labels that the compiler has put on a rule, which a test need not state."""
    names = {SLO_LABEL, *(program.policy.labels.values() if program.policy else ())}
    return {name: value for name, value in rule.labels.items() if name in names}


def run_trials(
    promtool: str, program: Program, book: Rulebook, trials: Sequence[Trial]
) -> list[set[int]]:
    """The numbers of the mutants that each test notices.

    Raises RuntimeError where a test fails without any mutant, or promtool says something else.
    """
    noticed: list[set[int]] = [set() for _ in trials]
    waiting = list(range(len(trials)))
    while waiting:
        rest = []
        files: dict[str, str] = {}
        for index in waiting:
            left = [it for it in trials[index].numbers if it not in noticed[index]]
            files |= write_trial(program, book, replace(trials[index], numbers=left), str(index))
        for index, lines in ask(promtool, files, waiting):
            seen, broken = _read(trials[index], lines)
            noticed[index] |= seen
            if broken:  # at the first rule that cannot be evaluated promtool goes no further
                rest.append(index)
        waiting = rest
    return noticed


def ask(
    promtool: str, files: Mapping[str, str], indexes: Sequence[int]
) -> Iterator[tuple[int, list[str]]]:
    """What promtool says of each test file."""
    parts = [indexes[start : start + FILES_A_RUN] for start in range(0, len(indexes), FILES_A_RUN)]
    commands = [
        (promtool, "test", "rules", *(f"{index}.test.yml" for index in part)) for part in parts
    ]
    for part, said in zip(
        parts, hear(commands, RUN_SECONDS, files, TOGETHER, joined=True), strict=True
    ):
        verdicts = read_blocks(said.out)
        if said.trouble or len(verdicts) != len(part):
            raise RuntimeError(f"promtool: {said.trouble}\n{said.out[-2000:]}")
        yield from zip(part, verdicts, strict=True)


def read_blocks(text: str) -> list[list[str]]:
    """The lines that follow the verdict of each file."""
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if _VERDICT.fullmatch(line):
            blocks.append([])
        elif blocks and not _HEAD.fullmatch(line) and line.strip():
            blocks[-1].append(line)
    return blocks


def read_marks(lines: Sequence[str]) -> tuple[set[int], bool]:
    """The mutants that failed, -1 for the rule itself; and whether a rule cannot be evaluated."""
    seen = set()
    broken = False
    for line in lines:
        match = _MARK.fullmatch(line)
        broken = broken or bool(_BROKEN.fullmatch(line))
        if match:
            seen.add(int(match[1] or match[2] or match[3]) - 1)
        elif not line.startswith("      "):
            raise RuntimeError(f"promtool: {line.strip()}")
    return seen, broken


def _read(trial: Trial, lines: Sequence[str]) -> tuple[set[int], bool]:
    name = f"{trial.test.file}.{trial.test.name}"
    try:
        seen, broken = read_marks(lines)
    except RuntimeError as error:
        raise RuntimeError(f"{name}: {error}") from None
    if -1 in seen:
        text = "\n".join(lines[:20])
        raise RuntimeError(f"{name} fails as it is:\n{text}")
    return seen, broken


# Writing ------------------------------------------------------------------------------------------


def write_trial(program: Program, book: Rulebook, trial: Trial, name: str) -> dict[str, str]:
    """The files `<name>.test.yml` and `<name>.rules.yml`; mutant n is the alert m<n + 1>."""
    subject, test = trial.subject, trial.test
    interval = program.prometheus.evaluation_interval if program.prometheus else None
    step = step_of(test, book.groups[subject.key[0]], interval)
    if trial.once:
        step = max(*(milliseconds(time) or 0 for time in _times(test)), step)
    groups = trial_groups(book, subject, trial.numbers, frozenset(test.annotations))
    owned = owned_labels(program, subject.rule)
    numbers = [0, *(number + 1 for number in trial.numbers)]
    tests = [it for number in numbers for it in _expressions(test, owned, number, step)]
    annotated = [it for number in numbers for it in _annotations(test, owned, number, step)]
    external = program.prometheus.external_labels if program.prometheus else {}
    tree = {
        "rule_files": [f"{name}.rules.yml"],
        "evaluation_interval": duration_text(step),
        "group_eval_order": [group.name for group in groups],
        "tests": [
            {
                "interval": test.interval,
                "external_labels": dict(external),
                "input_series": [
                    {"series": series, "values": values} for series, values in test.series.items()
                ],
                "promql_expr_test": tests,
                "alert_rule_test": annotated,
            }
        ],
    }
    files = targets.emit(Program(groups=tuple(replace(it, file=name) for it in groups)))
    rules = files[rules_path(name)]
    return {f"{name}.rules.yml": rules, f"{name}.test.yml": json.dumps(tree)}


def trial_groups(
    book: Rulebook, subject: Subject, numbers: Iterable[int], annotations: frozenset[str]
) -> list[Group]:
    """The rules that an alert needs, with it as m0 and with the mutants of these numbers."""
    added: dict[int, list[Rule]] = {}
    for number in (-1, *numbers):
        made = subject.mutants[number] if number >= 0 else None
        for key, rule in _copies(book, subject.key, made, number + 1):
            if key == subject.key:
                kept = {k: text for k, text in rule.annotations.items() if k in annotations}
                rule = replace(rule, annotations=kept)
            added.setdefault(key[0], []).append(rule)
    groups = [
        replace(group, rules=(*group.rules, *added.get(index, ())))
        for index, group in enumerate(book.groups)
    ]
    more = make_rulebook(groups)
    home, first = subject.key[0], len(book.groups[subject.key[0]].rules)
    wanted = [
        (home, index)
        for index, rule in enumerate(groups[home].rules)
        if index >= first and rule.kind == "alert"
    ]
    excerpt = more.excerpt(more.closure(wanted))
    return [replace(group, name=str(index)) for index, group in enumerate(excerpt)]


def _copies(
    book: Rulebook, alert: Key, made: Made | None, number: int
) -> Iterator[tuple[Key, Rule]]:
    """The alert as m<number> with what is between it and the rule that is changed."""
    needs = book.closure([alert])
    between = _between(needs, made.key if made else alert)
    names = {book.rule(key).name for key in between if key != alert}
    new = {name: f"{name}:m{number}" for name in names}
    for key in sorted(needs):
        rule = made.mutant.rule if made and key == made.key else book.rule(key)
        if key == alert:
            yield key, replace(_reading(rule, new), name=f"m{number}")
        elif rule.name in new:
            yield key, replace(_reading(rule, new), name=new[rule.name])


def _between(needs: Mapping[Key, frozenset[Key]], changed: Key) -> set[Key]:
    """What needs a rule, directly and through others, and the rule."""
    found = {changed}
    while more := {key for key, needed in needs.items() if needed & found} - found:
        found |= more
    return found


def _reading(rule: Rule, names: Mapping[str, str]) -> Rule:
    return replace(rule, query=Query(renamed(rule.query.text, names))) if names else rule


def _expressions(
    test: AlertTest, owned: Mapping[str, str], number: int, step: int
) -> Iterator[dict[str, Any]]:
    """What fires at each time of a test, and what should."""
    chosen = {"alertstate": "firing", "alertname": f"m{number}", **owned}
    times: list[tuple[str, Sequence[Mapping[str, str]]]] = [(time, ()) for time in test.quiet]
    times += [(firing.time, firing.alerts) for firing in test.fires]
    for time, alerts in times:
        yield {
            "expr": f"ALERTS{_selector(chosen)} # m{number}",
            "eval_time": _moment(time, step),
            "exp_samples": [
                {"labels": "ALERTS" + _selector({**owned, **labels, **chosen}), "value": 1}
                for labels in alerts
            ],
        }


def _annotations(
    test: AlertTest, owned: Mapping[str, str], number: int, step: int
) -> Iterator[dict[str, Any]]:
    for firing in test.fires if test.annotations else ():
        yield {
            "eval_time": _moment(firing.time, step),
            "alertname": f"m{number}",
            "exp_alerts": [
                {"exp_labels": {**owned, **labels}, "exp_annotations": dict(test.annotations)}
                for labels in firing.alerts
            ],
        }


def _times(test: AlertTest) -> list[str]:
    return [*test.quiet, *(firing.time for firing in test.fires)]


def moments(book: Rulebook, subject: Subject, test: AlertTest) -> Iterator[AlertTest]:
    """A test as one for each of its times, where an alert remembers nothing; else as it is."""
    if not is_forgetful(book, subject):
        yield test
        return
    for time in test.quiet:
        yield replace(test, quiet=(time,), fires=())
    for firing in test.fires:
        yield replace(test, quiet=(), fires=(firing,))


def is_forgetful(book: Rulebook, subject: Subject) -> bool:
    """Whether an alert rests on nothing that rules have said before."""
    rules = [book.rule(key) for key in book.closure([subject.key])]
    made = {rule.name for rule in rules} | {"ALERTS", "ALERTS_FOR_STATE"}
    return not any(
        rule.for_ or rule.keep_firing_for or made & past_names(rule.query.text) for rule in rules
    )


def _moment(text: str, step: int) -> str:
    length = milliseconds(text) or 0
    return duration_text(length - length % step)


def _selector(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{name}={quote(value)}" for name, value in labels.items()) + "}"
