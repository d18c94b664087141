"""A query with what it belongs to, as a check gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from giggamon_compiler.findings import FilePlace, Level, Note, Origin, at, within
from giggamon_compiler.gotemplate.nodes import Template
from giggamon_compiler.gotemplate.reads import Run
from giggamon_compiler.ir import Dashboard, Group, Objective, Panel, Query, Rule, Target
from giggamon_compiler.promql.conditions import Condition, condition_of, conditions
from giggamon_compiler.promql.labels.analysis import Analysis, analyse
from giggamon_compiler.promql.labels.result import Why
from giggamon_compiler.promql.nodes import Expr, Label, Parsed, Problem, VectorSelector
from giggamon_compiler.promql.walk import walk
from giggamon_compiler.queries.lookups import Miss, misses
from giggamon_compiler.queries.reading import Reading, is_fit

_NODE = TypeVar("_NODE")


class Span(Protocol):
    """Anything that stands at some characters of a query: a node, a label, a clause, a problem."""

    @property
    def start(self) -> int:
        """The first of its characters."""

    @property
    def end(self) -> int:
        """The one after the last."""


def _file_of(origin: Origin) -> str | None:
    return origin.file.name if isinstance(origin, FilePlace) else None


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
    given: what a text with variables of Grafana is read as; is_open: whether one stands for a label
    offered: the label whose values a variable of a board lets choose
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
    target: Target | None = None
    given: Parsed | None = field(default=None, repr=False)
    is_open: bool = False
    offered: Label | None = None

    @property
    def version(self) -> str:
        """Of the Prometheus that the query is for: "3.5"."""
        return self.reading.version

    @property
    def drawn(self) -> tuple[str, str | None] | None:
        """What a panel shows: a text and its legend. Of two that are alike, nothing else differs.

        None of what is no panel's.
        """
        return (self.query.text, self.target.legend) if self.target is not None else None

    @cached_property
    def parsed(self) -> Parsed:
        """What the text says."""
        return self.given or self.reading.parse(self.query.text)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the declared Prometheus would not accept, and what cannot work as a rule."""
        return self.reading.problems(self.parsed, self.board is None, self.nodes)

    @cached_property
    def analysis(self) -> Analysis | None:
        """The labels of every part; None where it has problems of syntax or type, or is open."""
        tree = self.parsed.tree
        if tree is None or self.is_open or not is_fit(self.problems):
            return None
        return analyse(tree, self.reading.known, self.version, self.nodes)

    @cached_property
    def seen(self) -> Analysis | None:
        """The same, if there is no label and no value but those declared and recorded.

        None also where it is not known of every selector which series there are, and where nothing
        else is known then.
        """
        read = self.each(VectorSelector)
        if not (self.reading.is_recorded(read) and self.reading.is_told(read)):
            return None
        if self.analysis is None:
            return None
        return analyse(self.analysis.tree, self.reading.seen, self.version, self.nodes)

    @cached_property
    def misses(self) -> tuple[Miss, ...]:
        """What its selectors ask for, and no series is known to have."""
        return tuple(it for one in self.each(VectorSelector) for it in misses(self.reading, one))

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
        if not is_fit(self.problems):
            return None
        return condition_of(tree, self.reading.condition_of_recorded)

    @cached_property
    def conditions(self) -> Mapping[int, Condition]:
        """The same of each node, by its `id`."""
        tree = self.parsed.tree
        return conditions(tree, self.reading.condition_of_recorded) if tree is not None else {}

    @cached_property
    def nodes(self) -> list[Expr]:
        """Its tree and all within it, each before what it holds; nothing where there is none."""
        tree = self.parsed.tree
        return walk(tree) if tree is not None else []

    @cached_property
    def _kinds(self) -> Mapping[type, list[Expr]]:
        kinds: dict[type, list[Expr]] = {}
        for node in self.nodes:
            kinds.setdefault(type(node), []).append(node)
        return kinds

    def each(self, kind: type[_NODE]) -> list[_NODE]:
        """The nodes of a kind, from the outside in; none where the text has no tree."""
        return self._kinds.get(kind, [])  # type: ignore[return-value]

    def origin(self, start: int, end: int) -> Origin:
        """Where some characters of the query are written."""
        return within(self.query.origin, self.query.text, start, end)

    def span(self, node: Span) -> Origin:
        """Where a node, a label or a clause is written."""
        return self.origin(node.start, node.end)

    def text(self, node: Span) -> str:
        """What is written there."""
        return self.query.text[node.start : node.end]

    def level(self, reasons: Iterable[Why]) -> Level:
        """How sure it is that series lack a label, by the reasons why.

        A warning where the label is lacking in what a rule of another file records, and nobody says
        that one server reads both files: where series of many servers are brought together
        (federation, Thanos, Mimir), each gets the external labels of its own.
        """
        if not self.reading.is_whole:
            for why in reasons:
                for rule in self.reading.recordings.get(why.query or "", ()):
                    if _file_of(rule.origin) != _file_of(self.query.origin):
                        return "warning"
        return "error"

    def notes(self, reasons: Iterable[Why]) -> tuple[Note, ...]:
        """Reasons with the places that they speak of, in this query or in a recording's."""
        notes = []
        for why in dict.fromkeys(reasons):
            if why.query is None:
                origin = self.origin(why.start, why.end) if why.start >= 0 else self.query.origin
            else:
                origin = self.reading.place_of(why)
            if origin is not None:
                notes.append(Note(why.text, origin))
        return tuple(notes)
