"""From tree to text: an expression in the layout of `promtool promql format`, comments kept.

What fits into a line stands in one; what does not is broken at operators and arguments. The
text parses to the same tree again, but for spans. A tree that no text has, since its operators
lie the other way round, gets the brackets that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from giggamon_compiler.promql.language import NO_METRIC
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    At,
    BinaryExpr,
    Call,
    Comment,
    Duration,
    Expr,
    Label,
    Matching,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    Parsed,
    StringLiteral,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.strings import quote
from giggamon_compiler.promql.tokens import LABEL, NAME
from giggamon_compiler.promql.walk import walk

_WIDTH: Final = 100
_STEP: Final = "  "
_metric = re.compile(NAME).fullmatch
_label = re.compile(LABEL).fullmatch
_blank = re.compile(r"\#[^\r\n]*+|[ \t\r\n]++")

# How tightly operators hold; a sign holds tighter than `*`, and looser than `^`.
_HOLD: Final[dict[str, int]] = {
    "or": 1,
    **dict.fromkeys(("and", "unless"), 2),
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 3),
    **dict.fromkeys("+-", 4),
    **dict.fromkeys(("*", "/", "%", "atan2"), 5),
    "^": 7,
}
_SIGN: Final = 6
_POSTFIX: Final = 8


def print_expr(parsed: Parsed) -> str:
    """A text that was read, laid out anew; one that could not be read stays as it is."""
    if parsed.tree is None:
        return parsed.text
    printer = _Printer(parsed.text)
    last = printer.place(parsed.tree, parsed.comments)
    lines = printer.lines(parsed.tree, "")
    return "\n".join([*lines, *(comment.text.rstrip() for comment in last)])


def print_node(expr: Expr) -> str:
    """One expression in one line, however long."""
    return _Printer("").flat(expr)


class _Printer:
    """Prints one tree; text: where its literals are spelled, "" where they are not."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._comments: dict[int, list[Comment]] = {}
        self._holding: set[int] = set()  # nodes that hold a comment further in
        self._flat: dict[int, str] = {}

    def place(self, tree: Expr, comments: Iterable[Comment]) -> list[Comment]:
        """Give each comment to the outermost node that begins after it; returns the rest."""
        waiting = list(comments)
        if not waiting:
            return []
        nodes = [*walk(tree)]
        begins = sorted({node.start: node for node in reversed(nodes)}.items())
        for start, node in begins:
            while waiting and waiting[0].end <= start:
                self._comments.setdefault(id(node), []).append(waiting.pop(0))
        for node in nodes:
            inner = self._comments.get(id(node), [])
            known = {id(comment) for comment in inner}
            if any(
                node.start < comment.start < node.end and id(comment) not in known
                for held in self._comments.values()
                for comment in held
            ):
                self._holding.add(id(node))
        return waiting

    def lines(self, node: Expr, indent: str) -> list[str]:
        """A node in lines that begin with the indent; its comments stand before it."""
        before = [indent + comment.text.rstrip() for comment in self._comments.get(id(node), ())]
        flat = self.flat(node)
        if id(node) not in self._holding and len(indent) + len(flat) <= _WIDTH:
            return [*before, indent + flat]
        return [*before, *self._broken(node, indent)]

    def _broken(self, node: Expr, indent: str) -> list[str]:
        deeper = indent + _STEP
        match node:
            case BinaryExpr():
                return [
                    *self._bracketed(node.lhs, deeper, _binds_left(node)),
                    indent + _operator(node),
                    *self._bracketed(node.rhs, deeper, _binds_right(node)),
                ]
            case Call():
                return self._list(node.func, node.args, indent)
            case AggregateExpr():
                args = (node.expr,) if node.param is None else (node.param, node.expr)
                return self._list(_head(node), args, indent)
            case ParenExpr():
                return [indent + "(", *self.lines(node.expr, deeper), indent + ")"]
            case SubqueryExpr():
                lines = self._bracketed(node.expr, indent, _needs_brackets(node.expr, _POSTFIX))
                return [*lines[:-1], lines[-1] + self._subquery(node)]
            case UnaryExpr():
                lines = self._bracketed(node.expr, indent, _binds_sign(node))
                if lines[0].lstrip().startswith("#"):
                    return [indent + node.op, *lines]
                return [indent + node.op + lines[0].removeprefix(indent), *lines[1:]]
            case _:
                return [indent + self.flat(node)]

    def _list(self, head: str, args: tuple[Expr, ...], indent: str) -> list[str]:
        lines = [f"{indent}{head}("]
        for arg in args:
            lines += self.lines(arg, indent + _STEP)
            lines[-1] += "" if arg is args[-1] else ","
        return [*lines, indent + ")"]

    def _bracketed(self, node: Expr, indent: str, needed: bool) -> list[str]:
        if not needed:
            return self.lines(node, indent)
        return [indent + "(", *self.lines(node, indent + _STEP), indent + ")"]

    def flat(self, node: Expr) -> str:
        """A node in one line, without comments."""
        found = self._flat.get(id(node))
        if found is None:
            found = self._flat[id(node)] = self._in_one_line(node)
        return found

    def _in_one_line(self, node: Expr) -> str:
        match node:
            case VectorSelector():
                return _selector(node) + _modifiers(node.offset, node.at)
            case MatrixSelector():
                inner = node.selector
                span = f"[{_spelled(node.range.text)}]"
                return _selector(inner) + span + _modifiers(inner.offset, inner.at)
            case NumberLiteral():
                return self._number(node)
            case StringLiteral():
                return quote(node.value)
            case BinaryExpr():
                left = self._closed(node.lhs, _binds_left(node))
                right = self._closed(node.rhs, _binds_right(node))
                return f"{left} {_operator(node)} {right}"
            case Call():
                return f"{node.func}({', '.join(map(self.flat, node.args))})"
            case AggregateExpr():
                param = "" if node.param is None else self.flat(node.param) + ", "
                return f"{_head(node)}({param}{self.flat(node.expr)})"
            case ParenExpr():
                return f"({self.flat(node.expr)})"
            case UnaryExpr():
                return node.op + self._closed(node.expr, _binds_sign(node))
            case SubqueryExpr():
                inner_text = self._closed(node.expr, _needs_brackets(node.expr, _POSTFIX))
                return inner_text + self._subquery(node)

    def _closed(self, node: Expr, needed: bool) -> str:
        return f"({self.flat(node)})" if needed else self.flat(node)

    def _number(self, node: NumberLiteral) -> str:
        return _spelled(self._text[node.start : node.end]) or number_text(node.value)

    def _subquery(self, node: SubqueryExpr) -> str:
        step = "" if node.step is None else _spelled(node.step.text)
        return f"[{_spelled(node.range.text)}:{step}]" + _modifiers(node.offset, node.at)


def number_text(value: float) -> str:
    """A number as PromQL: 5, 0.25, 1e+20, -Inf, NaN."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Inf" if value > 0 else "-Inf"
    return repr(value).removesuffix(".0")


def _spelled(text: str) -> str:
    """A literal as it was written, without the blanks and comments after its sign."""
    return _blank.sub("", text)


def _selector(node: VectorSelector) -> str:
    matchers = [
        f"{_name(matcher.name)}{matcher.op}{quote(matcher.value)}" for matcher in node.matchers
    ]
    name = node.name or ""
    if node.name is not None and (
        node.quoted or not _metric(node.name) or node.name.lower() in NO_METRIC
    ):
        matchers.insert(0, quote(node.name))
        name = ""
    return f"{name}{{{','.join(matchers)}}}" if matchers or not name else name


def _name(name: str) -> str:
    return name if _label(name) else quote(name)


def _labels(labels: tuple[Label, ...]) -> str:
    names = (
        label.name
        if _metric(label.name) and label.name.lower() not in ("inf", "nan")
        else quote(label.name)
        for label in labels
    )
    return f"({', '.join(names)})"


def _modifiers(offset: Duration | None, at: At | None) -> str:
    text = "" if offset is None else f" offset {_spelled(offset.text)}"
    if at is None:
        return text
    time = at.time if isinstance(at.time, float) else None
    return f"{text} @ {at.time}()" if time is None else f"{text} @ {number_text(time)}"


def _head(node: AggregateExpr) -> str:
    if node.grouping is None:
        return node.op
    word = "without" if node.grouping.without else "by"
    return f"{node.op} {word} {_labels(node.grouping.labels)} "


def _operator(node: BinaryExpr) -> str:
    text = node.op + (" bool" if node.bool else "")
    return text if node.matching is None else f"{text} {_matching(node.matching)}"


def _matching(matching: Matching) -> str:
    text = f"{'on' if matching.on else 'ignoring'} {_labels(matching.labels)}"
    if matching.include_start < 0:
        return text
    side = "left" if matching.card == "many-to-one" else "right"
    return f"{text} group_{side} {_labels(matching.include)}"


def _hold(node: Expr) -> int:
    if isinstance(node, BinaryExpr):
        return _HOLD[node.op]
    if isinstance(node, UnaryExpr) or (
        isinstance(node, NumberLiteral) and number_text(node.value).startswith("-")
    ):
        return _SIGN
    return _POSTFIX


def _needs_brackets(node: Expr, hold: int) -> bool:
    return _hold(node) < hold


def _binds_left(node: BinaryExpr) -> bool:
    """Whether the left side needs brackets: `^` holds to the right, all others to the left."""
    return _needs_brackets(node.lhs, _HOLD[node.op] + (node.op == "^"))


def _binds_right(node: BinaryExpr) -> bool:
    """Whether the right side needs brackets; a sign never does."""
    if not isinstance(node.rhs, BinaryExpr):
        return False
    return _needs_brackets(node.rhs, _HOLD[node.op] + (node.op != "^"))


def _binds_sign(node: UnaryExpr) -> bool:
    """Whether what follows a sign needs brackets; a number would take the sign for its own."""
    return isinstance(node.expr, NumberLiteral) or _needs_brackets(node.expr, _SIGN)
