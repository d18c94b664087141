"""The syntax tree of a definition file, read again to find where an argument stands in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.load.calls import class_of, imported_names
from giggamon_compiler.load.source import Source, span_of
from giggamon_compiler.load.vocabulary import signature_of

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Argument:
    """What a call says about an argument.

    node: the expression that gives it, None where it is left out
    certain: whether the argument is exactly that, and not somewhere within it
    """

    node: ast.expr | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's tree.

    calls: by end line and column, each with the function whose body it stands in
    names: what imported names of the vocabulary stand for; aliases: new name → imported name
    lambdas: functions without a name, by the names that they are bound to
    """

    source: Source
    calls: Mapping[tuple[int, int], tuple[ast.Call, Function | None]]
    names: Mapping[str, object]
    aliases: Mapping[str, str]
    lambdas: Mapping[str, ast.Lambda]


def read_tree(source: Source) -> Tree:
    """Parse a file that is known to be valid."""
    tree = ast.parse(source.text)
    calls = {span_of(call)[2:]: (call, function) for call, function in _calls_in(tree)}
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    return Tree(
        source,
        calls,
        imported_names(tree),
        {alias.asname: alias.name for node in imports for alias in node.names if alias.asname},
        {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
            for target in node.targets
            if isinstance(target, ast.Name)
        },
    )


def argument_of_value(tree: Tree, call: ast.Call, name: str) -> Argument:
    """An argument of a call that makes a value, or that copies one with changes."""
    kind = class_of(call, tree.names)
    positional = signature_of(kind).positional if kind else ()
    return _argument(call, positional, name)


def argument_of_function(call: ast.Call, function: Function, name: str) -> Argument:
    """What a call of a function gives for a parameter; its default where it gives nothing."""
    positional = [it.arg for it in (*function.args.posonlyargs, *function.args.args)]
    given = _argument(call, positional, name)
    return given if given.node is not None else Argument(_defaults(function).get(name))


def calls_function(tree: Tree, call: ast.Call, function: Function) -> bool:
    """Whether a call is one of this function itself, not of something that calls it in turn."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if isinstance(call.func, ast.Name):
        name = call.func.id
    if isinstance(function, ast.Lambda):
        bound = tree.lambdas.get(name)
        return bound is not None and span_of(bound) == span_of(function)
    return tree.aliases.get(name, name) == function.name


def is_parameter(function: Function, name: str) -> bool:
    """Whether a name in a function is what its caller gave: a parameter that it does not change."""
    arguments = function.args
    names = [it.arg for it in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return name in names and name not in _stored_in(function)


def is_keyword_parameter(function: Function, name: str) -> bool:
    """Whether a name in a function is its `**` parameter, which it does not change."""
    keywords = function.args.kwarg
    return keywords is not None and keywords.arg == name and name not in _stored_in(function)


def part_of(tree: Tree, node: ast.expr, step: str | int) -> ast.expr | None:
    """The part of a literal, or the argument of a call, that a step of a path leads to."""
    if isinstance(node, ast.Dict):
        return _item_of(node, step)
    if isinstance(node, ast.List | ast.Tuple) and isinstance(step, int):
        before = node.elts[: step + 1]
        if len(before) <= step or any(isinstance(item, ast.Starred) for item in before):
            return None
        return before[step]
    if isinstance(node, ast.Call) and isinstance(step, str) and _hands_on(tree, node):
        found = argument_of_value(tree, node, step)
        return found.node if found.certain else None
    return None


def unpacked_in(call: ast.Call) -> Iterator[ast.expr]:
    """What a call unpacks with `**`."""
    return (keyword.value for keyword in call.keywords if keyword.arg is None)


def _hands_on(tree: Tree, call: ast.Call) -> bool:
    """Whether what a call makes has its arguments as parts: other functions may do anything."""
    is_dict = isinstance(call.func, ast.Name) and call.func.id == "dict"
    return is_dict or class_of(call, tree.names) is not None


def _argument(call: ast.Call, positional: Sequence[str], name: str) -> Argument:
    for keyword in call.keywords:
        if keyword.arg == name:
            return Argument(keyword.value)
    if name in positional:
        index = positional.index(name)
        for item in call.args[: index + 1]:
            if isinstance(item, ast.Starred):
                return Argument(item, certain=False)
        if index < len(call.args):
            return Argument(call.args[index])
    for unpacked in unpacked_in(call):
        if not isinstance(unpacked, ast.Dict):
            return Argument(unpacked, certain=False)
        found = _item_of(unpacked, name)
        if found is not None:
            return Argument(found)
    return Argument()


def _item_of(node: ast.Dict, step: str | int) -> ast.expr | None:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == step:
            return value
    return None


def _defaults(function: Function) -> Mapping[str, ast.expr]:
    arguments = function.args
    positional = [it.arg for it in (*arguments.posonlyargs, *arguments.args)]
    last = positional[len(positional) - len(arguments.defaults) :]
    by_name = dict(zip(last, arguments.defaults, strict=True))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            by_name[argument.arg] = default
    return by_name


def _stored_in(function: Function) -> set[str]:
    return {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }


def _calls_in(tree: ast.Module) -> Iterator[tuple[ast.Call, Function | None]]:
    """Every call, with the function that it runs in: defaults and decorators run outside of it."""
    waiting: list[tuple[ast.AST, Function | None]] = [(tree, None)]
    while waiting:
        node, function = waiting.pop()
        if isinstance(node, ast.Call):
            yield node, function
        if isinstance(node, Function):
            body = node.body if isinstance(node.body, list) else [node.body]
            waiting += ((inner, node) for inner in body)
            waiting += ((it, function) for it in ast.iter_child_nodes(node) if it not in body)
        else:
            waiting += ((inner, function) for inner in ast.iter_child_nodes(node))
