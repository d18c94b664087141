"""Worlds drawn at random, in which a mutant that is no other rule must behave as the rule does.

A world is made from a test of the alert: its series, scaled, shifted, torn, moved towards the
thresholds, doubled with other labels, left out. A real Prometheus engine (promtool's) evaluates the
alert and the mutant side by side. Where the same alerts fire at all times of many worlds, and, if a
message shows the value, with the same values, the mutant says the same as the rule.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from giggamon_compiler import targets
from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.ir import AlertTest, Group, Program, Rule
from giggamon_compiler.judges.alert_case import step_of
from giggamon_compiler.judges.given import rules_path
from giggamon_compiler.judges.go_text import quote
from giggamon_compiler.judges.rulebook import Rulebook
from giggamon_compiler.promql.nodes import NumberLiteral, VectorSelector
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk
from tests.mutants.mutating import looks_back
from tests.mutants.trials import Subject, ask, is_forgetful, read_marks, trial_groups

WORLDS = 96
FEWEST_WORLDS = 12
TIMES = 3  # at which a world of an alert that remembers nothing is looked at
SAMPLES = 240  # of a series in a usual world; of longer ones there are fewer

_REPEATED = re.compile(r"(-?[\d.eE+]+?)(?:([+-][\d.eE]+))?x(\d+)")
_GAPS = re.compile(r"_x(\d+)")
_VALUE = re.compile(r"\$value|\.Value")

Sample = float | None
Labels = dict[str, str]
Series = tuple[str, Labels, list[Sample]]


def expand(notation: str) -> list[Sample]:
    """The samples of promtool's notation; None where there is none."""
    samples: list[Sample] = []
    for part in notation.split():
        if part in ("_", "stale"):
            samples.append(None)
        elif match := _GAPS.fullmatch(part):
            samples += [None] * int(match[1])
        elif match := _REPEATED.fullmatch(part):
            first, step = float(match[1]), float(match[2] or 0)
            samples += [first + step * index for index in range(int(match[3]) + 1)]
        else:
            samples.append(float(part))
    return samples


def different(
    promtool: str,
    program: Program,
    book: Rulebook,
    subject: Subject,
    numbers: Sequence[int],
    worlds: int = WORLDS,
) -> set[int]:
    """The mutants that behave otherwise than the rule in some world."""
    found: set[int] = set()
    chance = random.Random(f"{subject.rule.identity} {subject.rule.severity}")
    rules = [book.rule(key) for key in book.closure([subject.key])]
    longest = max(_length(rules, test) for test in subject.tests)
    count = max(FEWEST_WORLDS, worlds * SAMPLES // max(longest, SAMPLES))
    batch = max(count // 4, 4)
    for _ in range(0, count, batch):
        left = [number for number in numbers if number not in found]
        if not left:
            break
        drawn = [_world(chance, rules, subject) for _ in range(batch)]
        if is_forgetful(book, subject):
            drawn = [it for world in drawn for it in _at_some_times(chance, world)]
        found |= _differences(promtool, program, book, replace_tests(subject, drawn), left)
    return found


def replace_tests(subject: Subject, tests: Sequence[AlertTest]) -> Subject:
    """A subject with other tests."""
    return replace(subject, tests=tests)


def _differences(
    promtool: str, program: Program, book: Rulebook, subject: Subject, numbers: Sequence[int]
) -> set[int]:
    found: set[int] = set()
    waiting = list(range(len(subject.tests)))
    while waiting:
        files: dict[str, str] = {}
        left = [number for number in numbers if number not in found]
        for index in waiting:
            files |= _write(program, book, subject, subject.tests[index], left, str(index))
        rest = []
        for index, lines in ask(promtool, files, waiting):
            seen, broken = read_marks(lines)
            # A world in which the rule itself cannot be evaluated says nothing.
            if -1 not in seen:
                found |= seen
                if broken:
                    rest.append(index)
        waiting = rest
    return found


# Worlds -------------------------------------------------------------------------------------------


def _world(chance: random.Random, rules: Sequence[Rule], subject: Subject) -> AlertTest:
    test = chance.choice(list(subject.tests))
    given = [_read(selector, values) for selector, values in test.series.items()]
    numbers = _numbers(rules)
    names = _label_values(rules, given)
    length = _length(rules, test)
    drawn: dict[str, list[Sample]] = {}
    for metric, labels, samples in [*given, *_unmet(chance, rules, given)]:
        if chance.random() < 0.9:
            for changed in _labelled(chance, labels, names):
                text = _selector(metric, changed)
                drawn[text] = _changed(chance, samples, length, numbers, given)
    series = {text: _notation(samples) for text, samples in drawn.items()}
    return replace(test, series=series)


def _length(rules: Sequence[Rule], test: AlertTest) -> int:
    """How many samples a world has: as many as the test, and twice what a rule looks back."""
    interval = milliseconds(test.interval) or 1
    samples = max((len(expand(values)) for values in test.series.values()), default=60)
    reach = max(looks_back(rule.query.text) for rule in rules)
    return max(samples, min(2 * reach // interval, SAMPLES), reach // interval + SAMPLES // 4)


def _at_some_times(chance: random.Random, world: AlertTest) -> Iterator[AlertTest]:
    """A world for each of a few times at which it is looked at, late ones more often."""
    interval = milliseconds(world.interval) or 1
    samples = max((len(text.split()) for text in world.series.values()), default=1)
    for _ in range(TIMES):
        sample = int(samples * (1 - chance.random() ** 2 * 0.8))
        yield replace(world, quiet=(duration_text(max(sample, 1) * interval),))


def _read(selector: str, values: str) -> Series:
    tree = parse(selector).tree
    assert isinstance(tree, VectorSelector), selector
    return tree.name or "", {it.name: it.value for it in tree.matchers}, expand(values)


def _numbers(rules: Sequence[Rule]) -> list[float]:
    """What values may be near to: the numbers of the expressions, and their products."""
    found = {0.0, 1.0}
    for rule in rules:
        tree = parse(rule.query.text).tree
        if tree is not None:
            found |= {node.value for node in walk(tree) if isinstance(node, NumberLiteral)}
    return sorted({*found, *(a * b for a in found for b in found)})


def _label_values(rules: Sequence[Rule], given: Sequence[Series]) -> dict[str, list[str]]:
    """Values of each label that a matcher or a series names, and one that nobody names."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        tree = parse(rule.query.text).tree
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, VectorSelector):
                for matcher in node.matchers:
                    found.setdefault(matcher.name, {"other"}).update(matcher.value.split("|"))
    for _, labels, _ in given:
        for name, value in labels.items():
            found.setdefault(name, {"other"}).add(value)
    return {name: sorted(values) for name, values in found.items()}


def _unmet(
    chance: random.Random, rules: Sequence[Rule], given: Sequence[Series]
) -> Iterator[Series]:
    """Series of what an expression reads and no series of the test is."""
    there = {metric for metric, _, _ in given} | {rule.name for rule in rules}
    for rule in rules:
        tree = parse(rule.query.text).tree
        for node in walk(tree) if tree is not None else ():
            if isinstance(node, VectorSelector) and node.name and node.name not in there:
                labels = {it.name: it.value for it in node.matchers if it.op == "="}
                yield node.name, labels, [float(chance.randrange(3))] * 10


def _labelled(
    chance: random.Random, labels: Labels, names: Mapping[str, Sequence[str]]
) -> Iterator[Labels]:
    """A series' labels as they are, and now and then others beside or in place of them."""
    if chance.random() < 0.95:
        yield labels
    while names and chance.random() < 0.35:
        changed = dict(labels)
        for _ in range(chance.choice((1, 1, 2))):
            name = chance.choice(sorted(names))
            if chance.random() < 0.15:
                changed.pop(name, None)
            else:
                changed[name] = chance.choice(names[name])
        yield changed


def _changed(
    chance: random.Random,
    samples: Sequence[Sample],
    length: int,
    numbers: Sequence[float],
    given: Sequence[Series],
) -> list[Sample]:
    """Samples of a series: the test's own or those of another, changed; or new ones."""
    kind = chance.random()
    made: list[Sample]
    if kind < 0.25:
        made = list(samples)
    elif kind < 0.35:
        made = list(chance.choice(list(given))[2])
    elif kind < 0.7:
        factor = chance.choice((chance.uniform(0.8, 1.25), 2 ** chance.uniform(-3, 3), 0.0))
        made = [None if it is None else it * factor for it in samples]
    else:
        made = _drawn(chance, samples, length, numbers)
    made = (made + [made[-1] if made else None] * length)[:length]
    if chance.random() < 0.25:
        count = chance.randrange(1, length)
        made = [made[0]] * count + made[: length - count]
    if chance.random() < 0.15:
        start = chance.randrange(length)
        end = min(length, start + chance.choice((1, 6, 20)))
        made[start:end] = [None] * (end - start)
    if chance.random() < 0.1:
        count = chance.randrange(length)
        made[:count] = [None] * count
    return made


def _drawn(
    chance: random.Random, samples: Sequence[Sample], length: int, numbers: Sequence[float]
) -> list[Sample]:
    """Steps between levels near the numbers, or a counter of such slopes, with bursts."""
    largest = max((abs(it) for it in samples if it is not None), default=1.0)
    levels = [
        chance.choice(
            (
                chance.choice(numbers),
                chance.choice(numbers) * chance.uniform(0.7, 1.4),
                float(chance.randrange(4)),
                largest * chance.random(),
            )
        )
        for _ in range(chance.choice((1, 2, 3, 8)))
    ]
    bounds = sorted(chance.randrange(length) for _ in levels[1:])
    steps = [levels[sum(bound <= index for bound in bounds)] for index in range(length)]
    if chance.random() < 0.5:
        return [*steps]
    total, made = 0.0, list[Sample]()
    for step in steps:
        total += abs(step) * chance.choice((1, 1, 60, 1 / 60)) if len(levels) > 3 else abs(step)
        made.append(total)
    return made


def _notation(samples: Sequence[Sample]) -> str:
    return " ".join("_" if it is None else repr(float(f"{it:.12g}")) for it in samples)


# Writing ------------------------------------------------------------------------------------------


def _write(
    program: Program,
    book: Rulebook,
    subject: Subject,
    world: AlertTest,
    numbers: Sequence[int],
    name: str,
) -> dict[str, str]:
    interval = program.prometheus.evaluation_interval if program.prometheus else None
    step = step_of(world, book.groups[subject.key[0]], interval)
    samples = max((len(text.split()) for text in world.series.values()), default=1)
    length = duration_text(samples * (milliseconds(world.interval) or 0) // step * step)
    once = is_forgetful(book, subject)
    if once:
        length = world.quiet[0]
        step = milliseconds(length) or 1
    groups = trial_groups(book, subject, numbers, frozenset())
    valued = any(_VALUE.search(text) for text in subject.rule.annotations.values())
    if valued:
        groups = [_with_values(group) for group in groups]
    files = targets.emit(Program(groups=tuple(replace(it, file=name) for it in groups)))
    tests = [
        {"expr": f"{expr} # m{number + 1}", "eval_time": length, "exp_samples": []}
        for number in numbers
        for expr in _questions(number + 1, None if once else length, duration_text(step), valued)
    ]
    tree = {
        "rule_files": [f"{name}.rules.yml"],
        "evaluation_interval": duration_text(step),
        "group_eval_order": [group.name for group in groups],
        "tests": [
            {
                "interval": world.interval,
                "input_series": [
                    {"series": series, "values": values} for series, values in world.series.items()
                ],
                "promql_expr_test": tests,
            }
        ],
    }
    return {f"{name}.rules.yml": files[rules_path(name)], f"{name}.test.yml": json.dumps(tree)}


def _with_values(group: Group) -> Group:
    """Beside each alert what its expression says."""
    values = [
        Rule("record", f"value:{rule.name}", rule.query)
        for rule in group.rules
        if rule.kind == "alert" and re.fullmatch(r"m\d+", rule.name)
    ]
    return replace(group, rules=(*group.rules, *values))


def _questions(number: int, length: str | None, step: str, valued: bool) -> Iterator[str]:
    rule, mutant = (f'ALERTS{{alertstate="firing",alertname="m{n}"}}' for n in (0, number))
    sides = [(rule, mutant), (mutant, rule)]
    if valued:
        sides += [("value:m0", f"(value:m0 == ignoring () value:m{number})")]
        sides += [(f"value:m{number}", f"(value:m{number} == ignoring () value:m0)")]
    for one, other in sides:
        found = f"{one} unless ignoring (alertname) {other}"
        yield found if length is None else f"count_over_time(({found})[{length}:{step}])"


def _selector(metric: str, labels: Mapping[str, str]) -> str:
    inner = ",".join(f"{name}={quote(value)}" for name, value in sorted(labels.items()))
    return f"{metric}{{{inner}}}"
