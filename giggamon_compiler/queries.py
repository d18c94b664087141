"""Every query of a program, read once: what a check of single queries gets.

Queries are those of rules, the selectors of objectives, and those of boards that hold no variable
of Grafana. The rules that an objective becomes are read only for what they record: checks speak
about the selectors that were written. Spans count characters of the query's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import Note, Origin, at, within
from giggamon_compiler.gotemplate import parser as templates
from giggamon_compiler.gotemplate.nodes import Template
from giggamon_compiler.gotemplate.reads import Run
from giggamon_compiler.gotemplate.running import run
from giggamon_compiler.ir import Dashboard, Group, Objective, Panel, Program, Query, Rule
from giggamon_compiler.promql.conditions import Condition, condition_of, conditions
from giggamon_compiler.promql.judgement import problems, rule_problem
from giggamon_compiler.promql.labels.analysis import Analysis, analyse
from giggamon_compiler.promql.labels.recordings import Recorded, Recording
from giggamon_compiler.promql.labels.result import Known, Why
from giggamon_compiler.promql.nodes import Expr, Parsed, Problem
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk

NEWEST = "3.5"

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
_VARIABLE = re.compile(r"\$(?:\w|\{)|\[\[")
_NODE = TypeVar("_NODE")


class Span(Protocol):
    """Anything that stands at some characters of a query: a node, a label, a clause, a problem."""

    @property
    def start(self) -> int:
        """The first of its characters."""

    @property
    def end(self) -> int:
        """The one after the last."""


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A text of an alert that holds a template: an annotation, or the value of a label.

    key: ("annotations", "summary") or ("labels", "team"); origin: of the whole text
    """

    key: tuple[str, str]
    template: Template
    run: Run
    origin: Origin = field(default=None, compare=False, repr=False)

    def span(self, node: Span) -> Origin:
        """Where some characters of it are written."""
        return within(self.origin, self.template.text, node.start, node.end)


@dataclass(frozen=True)
class ProgramQuery:
    """A query with what it belongs to.

    name: how a message about it begins; subject: the identity of what it belongs to
    """

    query: Query
    name: str
    subject: str
    reading: Reading = field(repr=False)
    rule: Rule | None = None
    group: Group | None = None
    objective: Objective | None = None
    board: Dashboard | None = None
    panel: Panel | None = None

    @property
    def version(self) -> str:
        """Of the Prometheus that the query is for: "3.5"."""
        return self.reading.version

    @cached_property
    def parsed(self) -> Parsed:
        """What the text says."""
        return self.reading.parse(self.query.text)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the declared Prometheus would not accept, and what cannot work as a rule."""
        return self.reading.problems(self.query.text, is_rule=self.board is None)

    @cached_property
    def analysis(self) -> Analysis | None:
        """The labels of every part; None where the query has problems of syntax or type."""
        if any(problem.kind != "version" for problem in self.problems):
            return None
        return self.reading.analyse(self.query.text)

    @cached_property
    def templates(self) -> tuple[TemplateText, ...]:
        """The texts of an alert that hold templates; a recording has none, its labels are plain."""
        rule = self.rule
        if rule is None or rule.kind != "alert":
            return ()
        texts = []
        for name, text in rule.labels.items():
            if "{{" in text:
                origin = at(rule.origin, "labels", name)
                key = ("labels", name)
                texts.append(TemplateText(key, *self.reading.template(text), origin))
        for name, text in rule.annotations.items():
            if "{{" in text:
                own = name in ("summary", "description")  # arguments of an alert
                origin = at(rule.origin, *(() if own else ("annotations",)), name)
                key = ("annotations", name)
                texts.append(TemplateText(key, *self.reading.template(text), origin))
        return tuple(texts)

    @cached_property
    def alerts_on(self) -> Condition | None:
        """What an alert depends on; None of what is no alert, or cannot be read."""
        tree = self.parsed.tree
        if tree is None or self.rule is None or self.rule.kind != "alert":
            return None
        if any(problem.kind != "version" for problem in self.problems):
            return None
        return condition_of(tree, self.reading.condition_of_recorded)

    @cached_property
    def conditions(self) -> Mapping[int, Condition]:
        """The same of each node, by its `id`."""
        tree = self.parsed.tree
        return conditions(tree, self.reading.condition_of_recorded) if tree is not None else {}

    @cached_property
    def _nodes(self) -> Mapping[type, list[Expr]]:
        return self.reading.nodes(self.query.text)

    def each(self, kind: type[_NODE]) -> list[_NODE]:
        """The nodes of a kind, from the outside in; none where the text has no tree."""
        return self._nodes.get(kind, [])  # type: ignore[return-value]

    def origin(self, start: int, end: int) -> Origin:
        """Where some characters of the query are written."""
        return within(self.query.origin, self.query.text, start, end)

    def span(self, node: Span) -> Origin:
        """Where a node, a label or a clause is written."""
        return self.origin(node.start, node.end)

    def text(self, node: Span) -> str:
        """What is written there."""
        return self.query.text[node.start : node.end]

    def notes(self, reasons: Iterable[Why]) -> tuple[Note, ...]:
        """Reasons with the places that they speak of, in this query or in a recording's."""
        notes = []
        for why in dict.fromkeys(reasons):
            if why.query is None:
                origin = self.origin(why.start, why.end) if why.start >= 0 else self.query.origin
            else:
                origin = self.reading.recorded_at(why)
            if origin is not None:
                notes.append(Note(why.text, origin))
        return tuple(notes)


class Reading:
    """What the queries of one program have in common; each text is read once.

    version: the declared one, or the newest that is held where none is declared
    """

    def __init__(self, program: Program) -> None:
        declared = program.environment.prometheus if program.environment else ""
        self.program = program
        self.version = declared if _VERSION.fullmatch(declared) else NEWEST
        self._parsed: dict[str, Parsed] = {}
        self._problems: dict[tuple[str, bool], tuple[Problem, ...]] = {}
        self._nodes: dict[str, Mapping[type, list[Expr]]] = {}
        self._analyses: dict[str, Analysis] = {}
        self._conditions: dict[str, Condition] = {}
        self._templates: dict[str, tuple[Template, Run]] = {}

    def parse(self, text: str) -> Parsed:
        """What a text says."""
        parsed = self._parsed.get(text)
        if parsed is None:
            parsed = self._parsed[text] = parse(text)
        return parsed

    def problems(self, text: str, is_rule: bool) -> tuple[Problem, ...]:
        """What is wrong with a text for the declared Prometheus."""
        found = self._problems.get((text, is_rule))
        if found is None:
            parsed = self.parse(text)
            found = problems(parsed, self.version)
            if is_rule and not found:
                unfit = rule_problem(parsed)
                found = (unfit,) if unfit is not None else ()
            self._problems[text, is_rule] = found
        return found

    def template(self, text: str) -> tuple[Template, Run]:
        """What a text of an alert says, and what it reads."""
        found = self._templates.get(text)
        if found is None:
            template = templates.parse(text)
            found = self._templates[text] = (template, run(template))
        return found

    def nodes(self, text: str) -> Mapping[type, list[Expr]]:
        """The nodes of a text by their kind."""
        found = self._nodes.get(text)
        if found is None:
            tree = self.parse(text).tree
            kinds: dict[type, list[Expr]] = {}
            for node in walk(tree) if tree is not None else ():
                kinds.setdefault(type(node), []).append(node)
            found = self._nodes[text] = kinds
        return found

    def analyse(self, text: str) -> Analysis | None:
        """The labels of every part of a text that has a tree."""
        analysis = self._analyses.get(text)
        tree = self.parse(text).tree
        if analysis is None and tree is not None:
            analysis = self._analyses[text] = analyse(tree, self.known, self.version)
        return analysis

    @property
    def is_whole(self) -> bool:
        """Whether the program is all that an installation evaluates, as a definitions folder is."""
        return self.program.policy is not None

    @cached_property
    def known(self) -> Known:
        """What is known of metrics by name: those that rules record."""
        return Recorded(self._recordings(), None, self.version)

    def is_known(self, name: str | None) -> bool:
        """Whether anything is known of a metric; of one without a name there may be."""
        return name is None or name in self.recordings

    def _recordings(self) -> Iterator[Recording]:
        for group in self.program.groups:
            for rule in group.rules:
                if rule.kind == "record":
                    tree = self.parse(rule.query.text).tree
                    if tree is not None:
                        yield Recording(rule.name, tree, {**group.labels, **rule.labels})

    @cached_property
    def recordings(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that record a metric, by its name."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.program.rules:
            if rule.kind == "record":
                found[rule.name] = (*found.get(rule.name, ()), rule)
        return found

    def recorded_at(self, why: Why) -> Origin:
        """The place of a reason in a recording; None where several rules record the metric."""
        rules = self.recordings.get(why.query or "", ())
        if len(rules) != 1 or rules[0].objective is not None:
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
            trees = [self.parse(rule.query.text).tree for rule in rules]
            self._conditions[name] = min(
                condition_of(tree, self.condition_of_recorded)
                if tree is not None
                else Condition.NONE
                for tree in trees
            )
        return self._conditions[name]


def read_queries(program: Program) -> tuple[ProgramQuery, ...]:
    """The queries of a program, those of rules first."""
    reading = Reading(program)
    readers = (_of_rules, _of_objectives, _of_boards)
    return tuple(query for read in readers for query in read(program, reading))


def _of_rules(program: Program, reading: Reading) -> Iterator[ProgramQuery]:
    for group in program.groups:
        for rule in group.rules:
            if rule.objective is None:
                query = rule.query
                if query.origin is None and rule.origin is not None:
                    query = Query(query.text, at(rule.origin, "expr"))
                yield ProgramQuery(query, rule.name, rule.identity, reading, rule, group)


def _of_objectives(program: Program, reading: Reading) -> Iterator[ProgramQuery]:
    for objective in program.objectives:
        for query in (objective.bad, objective.total):
            name = objective.identity
            yield ProgramQuery(query, name, name, reading, objective=objective)


def _of_boards(program: Program, reading: Reading) -> Iterator[ProgramQuery]:
    # A figure of an objective whose window is no duration: that is said of the window.
    unreadable = [
        f":increase{it.window}{{" for it in program.objectives if milliseconds(it.window) is None
    ]
    for board in program.dashboards:
        for panel in _panels(board.panels):
            name = f"{board.identity}/{panel.key or panel.title}"
            for target in panel.targets:
                text = target.query.text
                if _VARIABLE.search(text) or any(it in text for it in unreadable):
                    continue
                yield ProgramQuery(target.query, name, name, reading, board=board, panel=panel)


def _panels(panels: tuple[Panel, ...]) -> Iterator[Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)
