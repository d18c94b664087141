"""From tree to text: an expression in the layout of `promtool promql format`, comments kept.

What fits into a line stands in one; what does not is broken at operators and arguments. The
text parses to the same tree again, but for spans. A tree that no text has, since its operators
lie the other way round, gets the brackets that it needs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Comment,
    Expr,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    Parsed,
    StringLiteral,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.spelling import (
    head,
    modifiers,
    number_text,
    operator,
    selector,
    spelled,
)
from giggamon_compiler.promql.strings import quote
from giggamon_compiler.promql.walk import children, walk

_WIDTH: Final = 100
_STEP: Final = "  "

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
    printer = _Printer(parsed.text, parsed.tree)
    last = printer.place(parsed.comments)
    lines = printer.lines(parsed.tree, "")
    return "\n".join([*lines, *(comment.text for comment in last)])


def print_node(expr: Expr) -> str:
    """One expression in one line, however long."""
    return _Printer("", expr).flat(expr)


class _Printer:
    """Prints one tree; text: where its literals are spelled, "" where they are not."""

    def __init__(self, text: str, tree: Expr) -> None:
        self._text = text
        self._nodes = walk(tree)
        self._comments: dict[int, list[Comment]] = {}
        self._holding: set[int] = set()  # nodes that hold a comment further in
        self._flat: dict[int, str] = {}
        for node in reversed(self._nodes):  # what a node holds first, so that nothing recurses
            self._flat[id(node)] = self._in_one_line(node)

    def place(self, comments: Iterable[Comment]) -> list[Comment]:
        """Give each comment to the outermost node that begins after it; returns the rest."""
        waiting = deque(comments)
        if not waiting:
            return []
        begins = sorted({node.start: node for node in reversed(self._nodes)}.items())
        for start, node in begins:
            while waiting and waiting[0].end <= start:
                self._comments.setdefault(id(node), []).append(waiting.popleft())
        for node in reversed(self._nodes):
            if any(
                id(part) in self._comments or id(part) in self._holding for part in children(node)
            ):
                self._holding.add(id(node))
        return list(waiting)

    def lines(self, node: Expr, indent: str) -> list[str]:
        """A node in lines that begin with the indent; its comments stand before it."""
        before = [indent + comment.text for comment in self._comments.get(id(node), ())]
        flat = self.flat(node)
        if id(node) not in self._holding and len(indent) + len(flat) <= _WIDTH:
            return [*before, indent + flat]
        return [*before, *self._broken(node, indent)]

    def _broken(self, node: Expr, indent: str) -> list[str]:
        match node:
            case BinaryExpr():
                return self._chain(node, indent)
            case Call():
                return self._list(node.func, node.args, indent)
            case AggregateExpr():
                args = (node.expr,) if node.param is None else (node.param, node.expr)
                return self._list(head(node), args, indent)
            case ParenExpr():
                return [indent + "(", *self.lines(node.expr, indent + _STEP), indent + ")"]
            case SubqueryExpr():
                return self._subqueries(node, indent)
            case UnaryExpr():
                return self._signs(node, indent)
            case _:
                return [indent + self.flat(node)]

    def _chain(self, node: BinaryExpr, indent: str) -> list[str]:
        """Operators that hold equally tight, one below the other, with what stands between."""
        links = [node]
        while isinstance(link := links[-1].rhs if node.op == "^" else links[-1].lhs, BinaryExpr):
            if _HOLD[link.op] != _HOLD[node.op] or id(link) in self._comments:
                break
            links.append(link)
        if node.op != "^":
            links.reverse()
        deeper = indent + _STEP
        first, last = links[0], links[-1]
        lines = self._bracketed(first.lhs, deeper, _binds_left(first))
        for place, link in enumerate(links):
            lines.append(indent + operator(link))
            if node.op != "^" or link is last:
                lines += self._bracketed(link.rhs, deeper, _binds_right(link))
            else:
                inner = links[place + 1]
                lines += self._bracketed(inner.lhs, deeper, _binds_left(inner))
        return lines

    def _subqueries(self, node: SubqueryExpr, indent: str) -> list[str]:
        inner: Expr = node
        ranges: list[str] = []
        while isinstance(inner, SubqueryExpr):
            ranges.insert(0, self._subquery(inner))
            inner = inner.expr
        lines = self._bracketed(inner, indent, _needs_brackets(inner, _POSTFIX))
        return [*lines[:-1], lines[-1] + "".join(ranges)]

    def _signs(self, node: UnaryExpr, indent: str) -> list[str]:
        signs: str = node.op
        while isinstance(node.expr, UnaryExpr) and id(node.expr) not in self._comments:
            node = node.expr
            signs += node.op
        lines = self._bracketed(node.expr, indent, _binds_sign(node))
        if lines[0].lstrip().startswith("#"):
            return [indent + signs, *lines]
        return [indent + signs + lines[0].removeprefix(indent), *lines[1:]]

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
        return self._flat[id(node)]

    def _in_one_line(self, node: Expr) -> str:
        match node:
            case VectorSelector():
                return selector(node) + modifiers(node.offset, node.at)
            case MatrixSelector():
                inner = node.selector
                span = f"[{spelled(node.range.text)}]"
                return selector(inner) + span + modifiers(inner.offset, inner.at)
            case NumberLiteral():
                return self._number(node)
            case StringLiteral():
                return quote(node.value)
            case BinaryExpr():
                left = self._closed(node.lhs, _binds_left(node))
                right = self._closed(node.rhs, _binds_right(node))
                return f"{left} {operator(node)} {right}"
            case Call():
                return f"{node.func}({', '.join(map(self.flat, node.args))})"
            case AggregateExpr():
                param = "" if node.param is None else self.flat(node.param) + ", "
                return f"{head(node)}({param}{self.flat(node.expr)})"
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
        return spelled(self._text[node.start : node.end]) or number_text(node.value)

    def _subquery(self, node: SubqueryExpr) -> str:
        step = "" if node.step is None else spelled(node.step.text)
        return f"[{spelled(node.range.text)}:{step}]" + modifiers(node.offset, node.at)


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
