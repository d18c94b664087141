"""Every generated query: of rules with their parts, of boards, and what a board lets choose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from giggamon_compiler.ir import Program
from giggamon_compiler.promql.nodes import (
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    SubqueryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_node
from giggamon_compiler.promql.walk import children, walk
from tests.mutants.mutating import rebuilt

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
BOARDS = "grafana/dashboards/"
_VARIABLE = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)\]\]")
_LABEL_VALUES = re.compile(r"label_values\((?:(.*),)?\s*(\w+)\s*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query; where: "rule orders/OrdersDown" or "board commerce/orders/requests".

    part: what of it this is, "" for the whole; filters: whether a comparison may leave nothing
    """

    where: str
    text: str
    part: str = ""
    filters: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A variable of a board: the selector and the label whose values can be chosen."""

    board: str
    name: str
    selector: str
    label: str

    @property
    def query(self) -> str:
        """What has a series for each value."""
        return f"count by ({self.label}) ({self.selector})"


def rule_queries(program: Program) -> Iterator[Asked]:
    """Each rule's expression, each of its selectors, and each side of what it compares."""
    for rule in program.rules:
        where = f"{'rule' if rule.kind == 'alert' else 'recording'} {rule.identity}"
        tree = parse(rule.query.text).tree
        assert tree is not None, rule.query.text
        yield Asked(where, rule.query.text, filters=True)
        for text, part in _parts(tree):
            yield Asked(where, text, part)


def board_queries(files: Mapping[str, str]) -> Iterator[Asked]:
    """Each query of each panel, with what Grafana puts in place of its own variables left in."""
    for path, text in sorted(files.items()):
        if path.startswith(BOARDS):
            board = path.removeprefix(BOARDS).removesuffix(".json")
            for panel, target in _targets(json.loads(text).get("panels", [])):
                where = f"board {board}/{panel.get('title')}"
                yield Asked(where, str(target.get("expr", "")))


def choices(files: Mapping[str, str]) -> Iterator[Choice]:
    """The variables of boards, in their order."""
    for path, text in sorted(files.items()):
        if path.startswith(BOARDS):
            board = path.removeprefix(BOARDS).removesuffix(".json")
            for it in json.loads(text).get("templating", {}).get("list", []):
                query = it["query"]["query"] if isinstance(it["query"], dict) else it["query"]
                match = _LABEL_VALUES.fullmatch(query.strip())
                assert match, f"{board}: {query}"
                yield Choice(board, it["name"], (match[1] or "up").strip(), match[2])


def filled(text: str, values: Mapping[str, str]) -> str:
    """A query with values in place of its variables. Raises KeyError for one that has none."""
    return _VARIABLE.sub(lambda it: values[it[1] or it[2] or it[3]], text)


def unfiltered(text: str) -> str:
    """A query without the comparisons that decide what of it is left."""
    tree = parse(text).tree
    assert tree is not None, text
    return print_node(_without_comparisons(tree))


def reach_of(text: str) -> Iterator[tuple[str | None, int, int]]:
    """Of each selector its name, and how long ago what it reads begins and ends, in seconds."""
    tree = parse(text).tree
    assert tree is not None, text
    yield from _reach(tree, 0, 0)


def _targets(panels: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, Any]]:
    for panel in panels:
        for target in panel.get("targets") or []:
            yield panel, target
        yield from _targets(panel.get("panels") or [])


def _parts(tree: Expr) -> Iterator[tuple[str, str]]:
    for node in walk(tree):
        match node:
            case VectorSelector():
                yield print_node(node), "selector"
            case BinaryExpr() if node.op in COMPARISONS:
                for side in (node.lhs, node.rhs):
                    if _reads(side):
                        yield print_node(_without_comparisons(side)), "compared"
            case BinaryExpr() if node.op in ("and", "unless"):
                sides = [_without_comparisons(side) for side in (node.lhs, node.rhs)]
                if all(_reads(side) for side in sides):
                    joined = replace(node, op="and", lhs=sides[0], rhs=sides[1])
                    yield print_node(joined), f"joined by {node.op}"
            case _:
                pass


def _reads(node: Expr) -> bool:
    """Whether it reads series, and its result can be looked at: no window, no `absent`."""
    found = walk(node)
    return any(isinstance(it, VectorSelector) for it in found) and not any(
        isinstance(it, Call) and it.func in ("absent", "absent_over_time") for it in found
    )


def _without_comparisons(node: Any) -> Any:
    """A tree in which nothing is left out for its value: of `a > 0` there is `a`."""
    if isinstance(node, BinaryExpr) and node.op in COMPARISONS and not node.bool:
        left, right = _without_comparisons(node.lhs), _without_comparisons(node.rhs)
        if _is_scalar(node.rhs):
            return left
        if _is_scalar(node.lhs):
            return right
        # Both sides must have series of the same labels.
        return replace(node, op="-", lhs=left, rhs=right)
    if isinstance(node, BinaryExpr) and node.op == "unless":
        return _without_comparisons(node.lhs)
    return rebuilt(node, _without_comparisons)


def _is_scalar(node: Expr) -> bool:
    return not any(isinstance(it, VectorSelector) for it in walk(node)) or (
        isinstance(node, Call) and node.func == "scalar"
    )


def _reach(node: Expr, begin: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    match node:
        case MatrixSelector():
            length = node.range.milliseconds // 1000
            for name, first, last in _reach(node.selector, begin, end):
                yield name, first + length, last
        case VectorSelector():
            shift = node.offset.milliseconds // 1000 if node.offset else 0
            yield node.name, begin + shift, end + shift
        case SubqueryExpr():
            shift = node.offset.milliseconds // 1000 if node.offset else 0
            length = node.range.milliseconds // 1000
            yield from _reach(node.expr, begin + shift + length, end + shift)
        case _:
            for part in children(node):
                yield from _reach(part, begin, end)
