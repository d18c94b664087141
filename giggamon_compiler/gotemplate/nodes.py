"""The tree of a Go template: the node kinds of text/template, with spans.

`start` and `end` count characters of the text, the end is exclusive. Nodes are never changed.
Literals are decoded; bytes that are no UTF-8 stand as lone surrogates (surrogateescape).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol, TypeAlias


class Spanned(Protocol):
    """What has a place in the text."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """Behind the last character."""


class Name(NamedTuple):
    """One part of `.Labels.instance`, without its dot."""

    start: int
    end: int
    text: str


class Dot(NamedTuple):
    """`.`: what is looked at."""

    start: int
    end: int


class Nil(NamedTuple):
    """`nil`."""

    start: int
    end: int


class Bool(NamedTuple):
    """`true` or `false`."""

    start: int
    end: int
    value: bool


class Number(NamedTuple):
    """A number of any of Go's spellings, or a character in single quotes."""

    start: int
    end: int
    text: str


class String(NamedTuple):
    """A string with its quotes; exact: that what stands between them is the value itself."""

    start: int
    end: int
    value: str
    exact: bool


class Function(NamedTuple):
    """The name of a function."""

    start: int
    end: int
    name: str


class Variable(NamedTuple):
    """`$labels`, without the fields that follow; `$` alone has that name."""

    start: int
    end: int
    name: str


class Chain(NamedTuple):
    """Fields of something: `.Labels.x` of the dot, `$x.y`, `(query "x" | first).Labels.y`.

    of: None where the chain itself begins with the dot
    """

    start: int
    end: int
    of: Operand | None
    fields: tuple[Name, ...]


class Command(NamedTuple):
    """A function with its arguments, or one operand."""

    start: int
    end: int
    args: tuple[Operand, ...]


class Pipe(NamedTuple):
    """`$x := a | b`; assign: that it is `=`, which declares nothing."""

    start: int
    end: int
    declared: tuple[Variable, ...]
    assign: bool
    commands: tuple[Command, ...]


Operand: TypeAlias = Dot | Nil | Bool | Number | String | Function | Variable | Chain | Pipe


class Text(NamedTuple):
    """What stands outside of the actions."""

    start: int
    end: int


class Action(NamedTuple):
    """`{{ pipe }}`: its value becomes part of the text."""

    pipe: Pipe


class Case(NamedTuple):
    """A condition, and what follows where it holds."""

    pipe: Pipe
    body: tuple[Node, ...]


class If(NamedTuple):
    """`{{ if a }}…{{ else if b }}…{{ else }}…{{ end }}`."""

    cases: tuple[Case, ...]
    otherwise: tuple[Node, ...]


class With(NamedTuple):
    """The same with `with`: the condition's value becomes the dot."""

    cases: tuple[Case, ...]
    otherwise: tuple[Node, ...]


class Range(NamedTuple):
    """`{{ range $i, $x := pipe }}…{{ else }}…{{ end }}`: each element becomes the dot."""

    pipe: Pipe
    body: tuple[Node, ...]
    otherwise: tuple[Node, ...]


class Jump(NamedTuple):
    """`{{ break }}` or `{{ continue }}`."""

    word: Literal["break", "continue"]


class Invocation(NamedTuple):
    """`{{ template "name" pipe }}`, or a `block`, which defines as well; the span is the name's."""

    start: int
    end: int
    name: str
    pipe: Pipe | None


Node: TypeAlias = Text | Action | If | With | Range | Jump | Invocation


class Problem(NamedTuple):
    """What is wrong with a template, at its characters.

    kind: "syntax" where it cannot be read, "function" where nothing of that name is known,
    "version" where the declared Prometheus does not know what is used
    """

    kind: Literal["syntax", "function", "version"]
    start: int
    end: int
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """What a text says: the tree, or the one problem for which there is none.

    defined: the bodies of `define` and `block`, by name
    functions: every name of a function that is used, in the order of the text
    else_with: the places of `else with`, which is younger than the rest
    assigned: the variables that get another value somewhere, by `=`
    """

    text: str = field(repr=False)
    nodes: tuple[Node, ...] = ()
    defined: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    functions: tuple[Function, ...] = ()
    else_with: tuple[Name, ...] = ()
    assigned: frozenset[str] = frozenset()
    problem: Problem | None = None

    @property
    def has_actions(self) -> bool:
        """Whether there is anything but text."""
        return any(not isinstance(node, Text) for node in self.nodes)
