"""Definitions are data: what they may call, so that they mean the same everywhere.

An allow-list over the syntax tree. It keeps honest people honest; it is no sandbox.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from types import CodeType

from giggamon_compiler.findings import Finding
from giggamon_compiler.load.source import Source, place_of_node

_PURE = {
    *("abs", "all", "any", "ascii", "bin", "bool", "bytes", "callable", "chr", "complex", "dict"),
    *("divmod", "enumerate", "filter", "float", "format", "frozenset", "hasattr", "getattr", "hex"),
    *(
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "next",
        "object",
    ),
    *(
        "oct",
        "ord",
        "pow",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "slice",
        "sorted",
        "str",
        "sum",
    ),
    *("tuple", "type", "zip", "True", "False", "None", "NotImplemented", "Ellipsis"),
}
# Names that the compiler itself puts into the code of a module.
_OF_THE_COMPILER = {"__doc__", "__annotations__", "__name__", "__module__", "__qualname__"}
_IMPURE = {
    name
    for name, value in vars(builtins).items()
    if name not in _PURE | _OF_THE_COMPILER
    and not (isinstance(value, type) and issubclass(value, BaseException))
}
# Methods of datetime and date that ask the machine what time, or which time zone, it has.
_CLOCK = {"astimezone", "fromtimestamp", "now", "timestamp", "today", "utcnow"}


def check_purity(source: Source, tree: ast.Module, code: CodeType) -> list[Finding]:
    """A finding for each builtin, clock and hidden attribute that a definition may not use.

    The names in the code tell whether there can be any; only then the whole tree is walked.
    """
    suspects = _IMPURE | _CLOCK
    if not any(it in suspects or it.startswith("__") for it in _names_in(code)):
        return []
    return list(_impure_nodes(source, tree))


def _names_in(code: CodeType) -> Iterator[str]:
    yield from (name for name in code.co_names if name not in _OF_THE_COMPILER)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _impure_nodes(source: Source, tree: ast.Module) -> Iterator[Finding]:
    own = {
        getattr(node, "id", None) or getattr(node, "arg", None)
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) or (isinstance(node, ast.Name) and not _is_read(node))
    }
    own |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    own |= {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and _is_read(node) and node.id not in own:
            hidden = node.id.startswith("__") and node.id not in _OF_THE_COMPILER
            if node.id in _IMPURE or hidden:
                message = f"{node.id} is not for definitions: they are data, the same everywhere"
                yield _finding(source, message, node, _advice(node.id))
        elif isinstance(node, ast.Attribute) and node.attr.startswith("__"):
            message = f"{node.attr} reaches behind a value, and definitions are data"
            yield _finding(source, message, node, "use what the value shows")
        elif isinstance(node, ast.Call) and _reads_clock(node, tree):
            message = (
                f"{ast.unparse(node.func)} asks the machine for its clock or time zone, "
                "so every build would differ"
            )
            yield _finding(source, message, node, "write the date itself")


def _reads_clock(call: ast.Call, tree: ast.Module) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in _CLOCK:
        return False
    return not _is_own(function.value, tree)


def _is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _is_own(owner: ast.expr, tree: ast.Module) -> bool:
    """Whether a method belongs to something that the file imports from elsewhere than datetime."""
    if not isinstance(owner, ast.Name):
        return False
    return any(
        owner.id == (alias.asname or alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module != "datetime"
        for alias in node.names
    )


def _advice(name: str) -> str:
    if name in ("open", "input"):
        return "write the text into the definition"
    if name == "print":
        return "delete it; giggamon show prints what a definition becomes"
    if name in ("globals", "locals", "vars", "setattr", "delattr"):
        return "bind every value to a name of its own"
    return "write the value itself"


def _finding(source: Source, message: str, node: ast.AST, advice: str) -> Finding:
    return Finding("impure-call", message, place_of_node(source, node), advice, source.file)
