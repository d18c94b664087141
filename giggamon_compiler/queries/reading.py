"""What the queries of one program have in common: each text is read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from giggamon_compiler.findings import Origin, at, within
from giggamon_compiler.gotemplate import parser as templates
from giggamon_compiler.gotemplate.nodes import Template
from giggamon_compiler.gotemplate.reads import Run
from giggamon_compiler.gotemplate.running import run
from giggamon_compiler.ir import Program, Rule
from giggamon_compiler.promql.conditions import Condition, condition_of
from giggamon_compiler.promql.judgement import problems, rule_problem
from giggamon_compiler.promql.labels.analysis import Analysis, analyse
from giggamon_compiler.promql.labels.result import Known, Why
from giggamon_compiler.promql.labels.selectors import metric_name
from giggamon_compiler.promql.language import NEWEST
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Expr,
    Parsed,
    Problem,
    VectorSelector,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.refusals import refusals
from giggamon_compiler.promql.selectors import selectors
from giggamon_compiler.queries.known import known_metrics, seen_metrics
from giggamon_compiler.queries.shown import Shown
from giggamon_compiler.queries.variables import BoardQuery, readings

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
# Recordings of recordings of recordings, beyond which no more is asked.
_DEEPEST = 40
# What is never a range vector or a string.
_VECTORS = (AggregateExpr, BinaryExpr, VectorSelector)


def is_fit(problems: Sequence[Problem]) -> bool:
    """Whether a text has a tree whose parts fit together, if perhaps for another version."""
    return all(problem.kind == "version" for problem in problems)


class Reading:
    """The texts of one program, read, and what is known of its metrics.

    version: the declared one, or the newest that is held where none is declared
    """

    def __init__(self, program: Program) -> None:
        declared = program.environment.prometheus if program.environment else ""
        self.program = program
        self.version = declared if _VERSION.fullmatch(declared) else NEWEST
        self._kept: dict[str, Parsed] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._conditions: dict[str, Condition] = {}
        self._resolving: list[str] = []
        self._told: dict[str, bool] = {}
        self._recorded: dict[str, bool] = {}
        self._templates: dict[str, tuple[Template, Run]] = {}

    def parse(self, text: str) -> Parsed:
        """What a text says."""
        return self._kept.get(text) or parse(text)

    def read_variables(self, text: str) -> BoardQuery | None:
        """What a query of a board says; None where its variables may mean anything."""
        for read in readings(text):
            found = self.problems(read.plain, is_rule=False)
            if read.is_certain or (read.plain.tree is not None and is_fit(found)):
                self._problems[text] = found
                return read
        return None

    def problems(
        self, parsed: Parsed, is_rule: bool, nodes: list[Expr] | None = None
    ) -> tuple[Problem, ...]:
        """What is wrong with a text for the declared Prometheus, and as a rule's.

        nodes: all of its tree, for one that has them already
        """
        found = self._problems.get(parsed.text)
        if found is None:
            found = problems(parsed, self.version, nodes) or refusals(parsed, self.version)
        if found or not is_rule or isinstance(parsed.tree, _VECTORS):
            return found
        unfit = rule_problem(parsed)
        return (unfit,) if unfit is not None else ()

    def template(self, text: str) -> tuple[Template, Run]:
        """What a text of an alert says, and what it reads."""
        found = self._templates.get(text)
        if found is None:
            template = templates.parse(text)
            found = self._templates[text] = (template, run(template))
        return found

    def analyse(self, parsed: Parsed) -> Analysis | None:
        """The labels of every part of a text; None where it cannot be read, or does not fit."""
        if parsed.tree is None or not is_fit(self.problems(parsed, is_rule=False)):
            return None
        return analyse(parsed.tree, self.known, self.version)

    def _tree_of_recording(self, text: str) -> Expr | None:
        """The tree of a recording, which is kept, since others read it; None as of `analyse`."""
        parsed = self._kept[text] = self.parse(text)
        found = self._problems[text] = self.problems(parsed, is_rule=False)
        return parsed.tree if is_fit(found) else None

    @property
    def is_whole(self) -> bool:
        """Whether the program is all that an installation evaluates, as a definitions folder is."""
        return self.program.policy is not None

    @cached_property
    def known(self) -> Known:
        """What is known of metrics by name: those that rules record, and those declared."""
        return known_metrics(self.program, self._tree_of_recording, self.version)

    @cached_property
    def seen(self) -> Known:
        """The same, if there is no label and no value but those declared and recorded."""
        tree_of = self._tree_of_recording
        return seen_metrics(self.program, tree_of, self.version, self.shown)

    @cached_property
    def shown(self) -> Shown:
        """Which series there can be, by what the scrape jobs are known to show."""
        return Shown(self.program)

    def is_told(self, read: Iterable[VectorSelector]) -> bool:
        """Whether all series are known that some selectors read, through recordings too."""
        return all(
            self.is_recording_told(name) if name in self.recordings else self.shown.is_told(it)
            for it in read
            if (name := metric_name(it)) is not None
        )

    def is_recording_told(self, name: str) -> bool:
        """The same of a recorded metric."""
        return self._of_recording(name, self._told, self.is_told, all)

    def is_recorded(self, read: Iterable[VectorSelector]) -> bool:
        """Whether some selectors read what may have more labels than are said to be there."""
        return any(
            self._of_recording(name, self._recorded, self.is_recorded, any)
            if name in self.recordings
            else self.shown.is_recorded(name)
            for it in read
            if (name := metric_name(it)) is not None
        )

    def _of_recording(
        self,
        name: str,
        answers: dict[str, bool],
        ask: Callable[[Iterable[VectorSelector]], bool],
        together: Callable[[Iterable[bool]], bool],
    ) -> bool:
        """The answer to a question about the expressions of a recorded metric."""
        if name not in answers:
            answers[name] = together((True, False))  # if it reads itself
            trees = (self.parse(rule.query.text).tree for rule in self.recordings[name])
            if len(self._resolving) < _DEEPEST:
                self._resolving.append(name)
                answers[name] = together(
                    [tree is not None and ask(selectors(tree)) for tree in trees]
                )
                self._resolving.pop()
        return answers[name]

    def is_known(self, name: str | None) -> bool:
        """Whether anything is known of a metric; of one without a name there may be."""
        return name is None or name in self.recordings or self.known.get(name) is not None

    @cached_property
    def recordings(self) -> Mapping[str, Sequence[Rule]]:
        """The rules that record a metric, by its name."""
        found: dict[str, list[Rule]] = {}
        for rule in self.program.rules:
            if rule.kind == "record":
                found.setdefault(rule.name, []).append(rule)
        return found

    @cached_property
    def alerts(self) -> frozenset[str]:
        """The names of all alerts."""
        return frozenset(rule.name for rule in self.program.rules if rule.kind == "alert")

    def place_of(self, why: Why) -> Origin:
        """The place of a reason that lies in a recording, or where a metric is declared.

        None where several rules record the metric: nobody says which of them is meant.
        """
        rules = self.recordings.get(why.query or "", ())
        if not rules:
            declared = next((it for it in self.program.metrics if it.name == why.query), None)
            said = declared or next(
                (it.source.said_by for it in self.shown.of(why.query or "")), None
            )
            return said.origin if said is not None else None
        if len(rules) > 1 or rules[0].objective is not None:
            return None
        (rule,) = rules
        origin = rule.query.origin or at(rule.origin, "expr")
        return within(origin, rule.query.text, why.start, why.end) if why.start >= 0 else origin

    def condition_of_recorded(self, name: str) -> Condition | None:
        """Whether a recorded metric is there only under a condition; None of any other."""
        rules = self.recordings.get(name)
        if rules is None:
            return None
        if name not in self._conditions:
            self._conditions[name] = Condition.PRESENCE  # if it reads itself
            if len(self._resolving) < _DEEPEST:
                self._resolving.append(name)
                self._conditions[name] = min(map(self._condition_of_rule, rules))
                self._resolving.pop()
        return self._conditions[name]

    def _condition_of_rule(self, rule: Rule) -> Condition:
        tree = self.parse(rule.query.text).tree
        return Condition.NONE if tree is None else condition_of(tree, self.condition_of_recorded)
