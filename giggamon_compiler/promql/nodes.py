"""The tree of a PromQL expression: the node kinds of Prometheus' own parser, with spans.

`start` and `end` count characters of the text, the end is exclusive, and `text[start:end]` is
exactly what the node says, without blanks or comments around it. Nodes are never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, make_dataclass
from typing import Any, Literal, TypeAlias, TypeVar

MatchOp = Literal["=", "!=", "=~", "!~"]
Card = Literal["one-to-one", "many-to-one", "one-to-many", "many-to-many"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label name in a `by`, `without`, `on`, `ignoring`, `group_left` or `group_right` list."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration or, since Prometheus 3.0, a number of seconds: "5m", "-1h30m", "300"."""

    start: int
    end: int
    milliseconds: int
    text: str


@dataclass(frozen=True, slots=True)
class At:
    """What stands after `@`: seconds since 1970, or the start or end of the query."""

    start: int
    end: int
    time: float | Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class LabelMatcher:
    """`name op "value"`; value_start, value_end: of the string with its quotes."""

    start: int
    end: int
    name: str
    op: MatchOp
    value: str
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number; also, since Prometheus 3.0, a duration in its place, in seconds."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """A string, decoded; bytes that are no UTF-8 stand as lone surrogates (surrogateescape)."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class VectorSelector:
    """`name{matchers} offset 5m @ 0`; the name is no matcher, `{__name__="x"}` is one.

    quoted: that the name stands as a string among the matchers (since Prometheus 3.0)
    bare_end: where the selector itself ends, without offset and @; its range begins there
    """

    start: int
    end: int
    name: str | None
    matchers: tuple[LabelMatcher, ...]
    offset: Duration | None
    at: At | None
    quoted: bool
    bare_end: int


@dataclass(frozen=True, slots=True)
class MatrixSelector:
    """`selector[5m]`; offset and @ are the inner selector's, the span covers all."""

    start: int
    end: int
    selector: VectorSelector
    range: Duration


@dataclass(frozen=True, slots=True)
class SubqueryExpr:
    """`expr[1h:5m] offset 5m @ 0`."""

    start: int
    end: int
    expr: Expr
    range: Duration
    step: Duration | None
    offset: Duration | None
    at: At | None


@dataclass(frozen=True, slots=True)
class Call:
    """`func(args)`; the name is `text[start : start + len(func)]`."""

    start: int
    end: int
    func: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """`by (a, b)` or `without (a, b)`; the span is the clause's."""

    start: int
    end: int
    without: bool
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class AggregateExpr:
    """`op by (…) (param, expr)`; op in lower case; grouping: None where there is no clause."""

    start: int
    end: int
    op: str
    expr: Expr
    param: Expr | None
    grouping: Grouping | None


@dataclass(frozen=True, slots=True)
class Matching:
    """`on (a)` or `ignoring (a)`, with `group_left (b)` or `group_right (b)`; spans of both.

    include_start, include_end: of the group clause, both -1 where there is none
    """

    start: int
    end: int
    on: bool
    labels: tuple[Label, ...]
    card: Card
    include: tuple[Label, ...]
    include_start: int
    include_end: int


@dataclass(frozen=True, slots=True)
class BinaryExpr:
    """`lhs op matching rhs`; op in lower case, its place is op_start; bool: `> bool`."""

    start: int
    end: int
    op: str
    op_start: int
    lhs: Expr
    rhs: Expr
    bool: bool
    matching: Matching | None


@dataclass(frozen=True, slots=True)
class UnaryExpr:
    """`-expr` or `+expr`."""

    start: int
    end: int
    op: Literal["+", "-"]
    expr: Expr


@dataclass(frozen=True, slots=True)
class ParenExpr:
    """`(expr)`."""

    start: int
    end: int
    expr: Expr


Expr: TypeAlias = (
    NumberLiteral
    | StringLiteral
    | VectorSelector
    | MatrixSelector
    | SubqueryExpr
    | Call
    | AggregateExpr
    | BinaryExpr
    | UnaryExpr
    | ParenExpr
)


@dataclass(frozen=True, slots=True)
class Comment:
    """`# text` up to the end of its line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an expression, at its characters.

    kind: "syntax" where it cannot be read at all, "type" where the parts do not fit together,
    "version" where the declared Prometheus does not know what is used
    """

    kind: Literal["syntax", "type", "version"]
    start: int
    end: int
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text says: a tree, or the one problem for which there is none."""

    text: str
    tree: Expr | None
    comments: tuple[Comment, ...] = ()
    problem: Problem | None = None


_N = TypeVar("_N")


def maker(node: type[_N]) -> type[_N]:
    """What makes nodes of a kind, called as the kind itself is, three times as fast.

    A frozen dataclass sets each field through `object.__setattr__`. This one is born as a twin
    that is not frozen, and becomes what it was called for when its fields are set.
    """

    def become(self: object) -> None:
        self.__class__ = node

    parts: list[Any] = [
        (it.name, it.type, field(default=it.default))
        for it in fields(node)  # type: ignore[arg-type]
    ]
    return make_dataclass(
        node.__name__,
        parts,
        slots=True,
        repr=False,
        eq=False,
        match_args=False,
        namespace={"__post_init__": become},
    )
