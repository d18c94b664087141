"""Arguments that are not of the type which a function or an aggregation takes in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giggamon_compiler.promql.language import FUNCTIONS, TYPES, Type
from giggamon_compiler.promql.nodes import BinaryExpr, Call, Expr, ParenExpr, Problem
from giggamon_compiler.promql.suggestions import as_instant, as_range, short

Types = Mapping[int, Type]  # of the nodes of one tree, by identity


def swapped(
    text: str, user: str, args: tuple[Expr, ...], wanted: tuple[Type, ...], types: Types
) -> Problem | None:
    """Two arguments of which each is what is wanted in the other's place; all others fit."""
    unfit = [(arg, kind) for arg, kind in zip(args, wanted, strict=False) if types[id(arg)] != kind]
    if len(unfit) != 2:
        return None
    (first, one), (last, other) = unfit
    if (types[id(first)], types[id(last)]) != (other, one):
        return None
    former, latter = text[first.start : first.end], text[last.start : last.end]
    between = text[first.end : last.start]
    message = f"{user} takes {TYPES[one]} here, and {TYPES[other]} after it"
    advice = f"write {short(f'{latter}{between}{former}', 100)}"
    return Problem("type", first.start, last.end, message, advice)


def combined_ranges(node: Call, types: Types) -> Iterator[Expr]:
    """The operators that combine ranges, which none does, where a call needs one range."""
    function = FUNCTIONS.get(node.func)
    for arg, wanted in zip(node.args, function.args if function else (), strict=False):
        inner: Expr = arg
        while isinstance(inner, ParenExpr):
            inner = inner.expr
        if wanted != "matrix" or not isinstance(inner, BinaryExpr):
            continue
        if "matrix" in (types[id(inner.lhs)], types[id(inner.rhs)]):
            yield inner


def unfit(text: str, user: str, arg: Expr, given: Type, wanted: Type) -> Problem:
    """What is said of one argument that does not fit."""
    said = short(text[arg.start : arg.end])
    message = f"{user} needs {TYPES[wanted]} here, and {said} is {TYPES[given]}"
    if wanted == "matrix" and given == "vector":
        advice = as_range(text, user, arg)
    elif wanted == "vector" and given == "matrix":
        advice = as_instant(text, arg)
    elif wanted == "vector" and given == "scalar":
        advice = f"write vector({said})"
    elif wanted == "scalar" and given == "vector":
        advice = f"write a number, or scalar({said}) if it is a single series"
    elif wanted == "string":
        advice = f'write it in quotes, "{said}"' if given == "vector" else "write a text in quotes"
    elif given == "string":
        advice = f"write {TYPES[wanted]} without quotes"
    else:
        advice = f"write {TYPES[wanted]} in its place"
    return Problem("type", arg.start, arg.end, message, advice)
