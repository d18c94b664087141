"""What is wrong with an expression that can be read: its types, and what a version knows of it.

The verdict is promtool's, with the flags that are on by default: `accepts` is what it says of a
rule's expression. A message names the part first, then what is wrong; `help` says what to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from giggamon_compiler.promql import novelties
from giggamon_compiler.promql.arguments import Types, combined_ranges, swapped, unfit
from giggamon_compiler.promql.language import (
    AGGREGATIONS,
    COMPARISONS,
    FUNCTIONS,
    SETS,
    TYPES,
    Type,
)
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    BinaryExpr,
    Call,
    Expr,
    MatrixSelector,
    NumberLiteral,
    ParenExpr,
    Parsed,
    Problem,
    StringLiteral,
    SubqueryExpr,
    UnaryExpr,
    VectorSelector,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.regexes import full_match, problem
from giggamon_compiler.promql.suggestions import as_instant, nearest_function, short
from giggamon_compiler.promql.walk import walk

_LEAVES: Final[dict[type, Type]] = {
    NumberLiteral: "scalar",
    StringLiteral: "string",
    VectorSelector: "vector",
    AggregateExpr: "vector",
    MatrixSelector: "matrix",
    SubqueryExpr: "matrix",
}


def accepts(text: str, version: str) -> bool:
    """Whether promtool of that version takes the text as a rule's expression."""
    return not problems(parse(text), version)


def type_of(expr: Expr) -> Type:
    """What an expression returns; of an unknown function: a vector."""
    return _types(walk(expr))[id(expr)]


def problems(parsed: Parsed, version: str, nodes: list[Expr] | None = None) -> tuple[Problem, ...]:
    """All that keeps that version from loading an expression, in the order of the text.

    nodes: all of its tree, each before what it holds, for one that has them already
    """
    if parsed.tree is None:
        return (parsed.problem,) if parsed.problem is not None else ()
    nodes = walk(parsed.tree) if nodes is None else nodes
    types = _types(nodes)
    found = [
        *_type_problems(parsed.text, nodes, types),
        *_matcher_problems(parsed.text, nodes, version),
        *novelties.problems(parsed.text, nodes, version),
    ]
    return tuple(sorted(found, key=lambda one: (one.start, -one.end))) if found else ()


def rule_problem(parsed: Parsed) -> Problem | None:
    """Why a rule with this expression can never work, though promtool takes it."""
    tree = parsed.tree
    if tree is None or (kind := type_of(tree)) in ("scalar", "vector"):
        return None
    said = parsed.text[tree.start : tree.end]
    if kind == "matrix":
        message = f"{short(said)} is a range vector, and a rule needs one value for each series"
        return Problem("type", tree.start, tree.end, message, as_instant(parsed.text, tree))
    message = f"{short(said)} is a string, and a rule needs values"
    return Problem(
        "type", tree.start, tree.end, message, "write an expression of series or numbers"
    )


def _types(nodes: list[Expr]) -> Types:
    """The type of each of the nodes, given each before what it holds."""
    types: dict[int, Type] = {}
    for node in reversed(nodes):
        kind = type(node)
        if leaf := _LEAVES.get(kind):
            types[id(node)] = leaf
        elif kind is Call:
            function = FUNCTIONS.get(cast("Call", node).func)
            types[id(node)] = function.returns if function else "vector"
        elif kind is BinaryExpr:
            binary = cast("BinaryExpr", node)
            sides = {types[id(binary.lhs)], types[id(binary.rhs)]}
            types[id(node)] = "scalar" if sides == {"scalar"} else "vector"
        else:
            types[id(node)] = types[id(cast("UnaryExpr | ParenExpr", node).expr)]
    return types


def _type_problems(text: str, nodes: list[Expr], types: Types) -> Iterator[Problem]:
    told: set[int] = set()  # what the call around it was told of already
    for node in nodes:
        if (judge := _JUDGES.get(type(node))) and id(node) not in told:
            found = [*judge(text, node, types)]
            yield from found
            if found and type(node) is Call:
                told.update(map(id, combined_ranges(node, types)))


def _of_call(text: str, node: Call, types: Types) -> Iterator[Problem]:
    function = FUNCTIONS.get(node.func)
    if function is None:
        name_end = node.start + len(node.func)
        yield Problem(
            "syntax",
            node.start,
            name_end,
            f"{node.func} is no function of PromQL",
            nearest_function(text, node),
        )
        return
    given, most = len(node.args), len(function.args)
    if given < function.fewest or (given > most and not function.repeated):
        wanted = f"{function.fewest}" if function.fewest == most else f"{function.fewest} to {most}"
        if function.repeated:
            wanted = f"at least {function.fewest}"
        yield Problem(
            "type",
            node.start,
            node.end,
            f"{node.func} takes {wanted} argument{'s' if wanted != '1' else ''}, not {given}",
            f"call it as {function.signature}",
        )
    for place, arg in enumerate(node.args):
        if place >= most and not function.repeated:
            return
        wanted_type = function.args[min(place, most - 1)]
        if types[id(arg)] != wanted_type:
            if pair := swapped(text, node.func, node.args, function.args, types):
                yield pair
                return
            yield unfit(text, node.func, arg, types[id(arg)], wanted_type)
        elif node.func == "info" and place == 1 and not _is_braces(arg):
            said = short(text[arg.start : arg.end])
            message = f"info needs matchers in braces here, and {said} is more than that"
            yield Problem("type", arg.start, arg.end, message, 'write them like {data=~"a.*"}')


def _is_braces(node: Expr) -> bool:
    """Whether a node is a selector that begins with its braces."""
    return type(node) is VectorSelector and (node.name is None or node.quoted)


def _of_aggregation(text: str, node: AggregateExpr, types: Types) -> Iterator[Problem]:
    wanted = AGGREGATIONS[node.op].param
    if types[id(node.expr)] != "vector":
        if node.param is not None and wanted is not None:
            args = (node.param, node.expr)
            if pair := swapped(text, node.op, args, (wanted, "vector"), types):
                yield pair
                return
        yield unfit(text, node.op, node.expr, types[id(node.expr)], "vector")
    if node.param is not None and wanted is not None and types[id(node.param)] != wanted:
        yield unfit(text, node.op, node.param, types[id(node.param)], wanted)


def _of_binary(text: str, node: BinaryExpr, types: Types) -> Iterator[Problem]:
    left, right = types[id(node.lhs)], types[id(node.rhs)]
    op_end = node.op_start + len(node.op)
    for side, kind in ((node.lhs, left), (node.rhs, right)):
        if kind in ("matrix", "string"):
            said = short(text[side.start : side.end])
            message = f"{node.op} cannot take {said}, which is {TYPES[kind]}"
            advice = as_instant(text, side) if kind == "matrix" else "compare series or numbers"
            yield Problem("type", side.start, side.end, message, advice)
    if node.bool and node.op not in COMPARISONS:
        yield Problem(
            "type",
            node.op_start,
            op_end,
            f"{node.op} cannot have bool, which makes a comparison give 0 or 1",
            f"write {node.op} without bool",
        )
    if left == right == "scalar" and node.op in COMPARISONS and not node.bool:
        yield Problem(
            "type",
            node.op_start,
            op_end,
            f"{node.op} between two numbers filters nothing, so it needs bool",
            f"write {node.op} bool",
        )
    if node.op in SETS and "scalar" in (left, right):
        side = node.lhs if left == "scalar" else node.rhs
        said = short(text[side.start : side.end])
        message = f"{node.op} combines series, and {said} is a scalar"
        yield Problem("type", side.start, side.end, message, f"write vector({said})")
    yield from _of_matching(node, left, right)


def _of_matching(node: BinaryExpr, left: Type, right: Type) -> Iterator[Problem]:
    matching = node.matching
    if matching is None:
        return
    on = "on" if matching.on else "ignoring"
    if not left == right == "vector":
        if matching.labels:
            message = f"{on} matches series, and one side of {node.op} has none"
            yield Problem("type", matching.start, matching.end, message, f"leave out {on} (…)")
    elif node.op in SETS and matching.include_start >= 0:
        message = f"{node.op} takes many series on both sides, so it cannot have a group clause"
        yield Problem("type", matching.include_start, matching.include_end, message, "leave it out")
    if matching.on:
        names = {label.name for label in matching.labels}
        for label in matching.include:
            if label.name in names:
                message = f"{label.name} is matched on, so it cannot be copied from the other side"
                advice = f"take {label.name} out of the group clause: both sides have it"
                yield Problem("type", label.start, label.end, message, advice)


def _of_unary(text: str, node: UnaryExpr, types: Types) -> Iterator[Problem]:
    kind = types[id(node.expr)]
    if kind in ("matrix", "string"):
        said = short(text[node.expr.start : node.expr.end])
        message = f"{node.op} cannot stand before {said}, which is {TYPES[kind]}"
        advice = as_instant(text, node.expr) if kind == "matrix" else "leave the sign out"
        yield Problem("type", node.start, node.end, message, advice)


def _of_subquery(text: str, node: SubqueryExpr, types: Types) -> Iterator[Problem]:
    kind = types[id(node.expr)]
    if kind != "vector":
        said = short(text[node.expr.start : node.expr.end])
        message = f"a subquery needs an instant vector, and {said} is {TYPES[kind]}"
        advice = f"write vector({said})" if kind == "scalar" else as_instant(text, node.expr)
        yield Problem("type", node.expr.start, node.expr.end, message, advice)


_JUDGES: Final[dict[type, Callable[[str, Any, Types], Iterator[Problem]]]] = {
    Call: _of_call,
    AggregateExpr: _of_aggregation,
    BinaryExpr: _of_binary,
    UnaryExpr: _of_unary,
    SubqueryExpr: _of_subquery,
}


def _matcher_problems(text: str, nodes: list[Expr], version: str) -> Iterator[Problem]:
    """Selectors that choose everything or name two metrics; patterns that are none."""
    labels_only = {
        id(node.args[1])
        for node in nodes
        if type(node) is Call and node.func == "info" and len(node.args) > 1
    }
    for node in nodes:
        if type(node) is not VectorSelector:
            continue
        for matcher in node.matchers:
            if matcher.op in ("=~", "!~") and (wrong := problem(matcher.value, version)):
                message = f"{matcher.name}'s pattern is no regular expression: {wrong}"
                advice = "write it in RE2's syntax; put \\\\ before a sign that stands for itself"
                yield Problem("syntax", matcher.value_start, matcher.value_end, message, advice)
            elif matcher.name == "__name__" and node.name is not None and not node.quoted:
                message = f"{node.name} is named a second time by __name__"
                advice = "leave one of the two names out"
                yield Problem("type", matcher.start, matcher.end, message, advice)
        if id(node) not in labels_only and _chooses_all(node):
            said = short(text[node.start : node.bare_end])
            message = f"{said} would choose every series there is"
            advice = 'write a metric\'s name before it, or one matcher like job="api"'
            yield Problem("type", node.start, node.bare_end, message, advice)


def _chooses_all(node: VectorSelector) -> bool:
    """Whether each matcher lets a missing label through."""
    if node.name:
        return False
    return all(
        {
            "=": matcher.value == "",
            "!=": matcher.value != "",
            "=~": full_match(matcher.value, "") is not False,
            "!~": full_match(matcher.value, "") is False,
        }[matcher.op]
        for matcher in node.matchers
    )
