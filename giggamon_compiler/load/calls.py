"""Calls of the vocabulary in a syntax tree: which class is meant, and do its arguments exist."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from giggamon_compiler.findings import Finding, Place
from giggamon_compiler.load.source import Source, Span, place_of, place_of_node, span_of
from giggamon_compiler.load.vocabulary import Signature, signature_of
from giggamon_compiler.load.wording import listed, nearest
from giggamon_compiler.model.notify import KINDS
from giggamon_compiler.model.team import SMTP
from giggamon_compiler.model.value import Value

_VOCABULARY = "giggamon_compiler"

# Where an unknown argument may be a secret that is written down: the line is not to be shown.
_WITH_SECRETS: tuple[type[Value], ...] = (*KINDS, SMTP)


def check_calls(source: Source) -> Iterator[Finding]:
    """A finding for each argument that a class does not have, or that is left out."""
    tree = ast.parse(source.text)
    names = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            kind = class_of(node, names)
            if kind is not None:
                yield from _check_call(source, node, kind)


def imported_names(tree: ast.Module) -> Mapping[str, object]:
    """What the names that a file imports from the vocabulary stand for."""
    names: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.partition(".")[0] == _VOCABULARY:
                    module = alias.name if alias.asname else _VOCABULARY
                    names[alias.asname or _VOCABULARY] = importlib.import_module(module)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.update(_names_from(node))
    return names


def class_of(call: ast.Call, names: Mapping[str, object]) -> type[Value] | None:
    """The class that a call makes a value of."""
    thing = _meaning_of(call.func, names)
    return thing if isinstance(thing, type) and issubclass(thing, Value) else None


def head_of(call: ast.Call) -> Span:
    """What shows a call without all of its lines: what is called, and its first argument.

    The first argument is left out where it does not end on the line that the call begins on.
    """
    line, column, end_line, end_column = span_of(call.func)
    if call.args and call.args[0].end_lineno == line:
        end_line, end_column = span_of(call.args[0])[2:]
    return line, column, end_line, end_column


def subject_of_call(call: ast.Call) -> str:
    """How to speak of a call: by its first text, which is the name, or else by what is called."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
        return first.value
    return f"{ast.unparse(call.func)}(…)"


def _names_from(node: ast.ImportFrom) -> Iterator[tuple[str, object]]:
    if (node.module or "").partition(".")[0] != _VOCABULARY:
        return
    try:
        module = importlib.import_module(node.module or "")
    except ImportError:
        return
    for alias in node.names:
        if hasattr(module, alias.name):
            yield alias.asname or alias.name, getattr(module, alias.name)


def _meaning_of(node: ast.expr, names: Mapping[str, object]) -> object:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_meaning_of(node.value, names), node.attr, None)
    return None


def _check_call(source: Source, call: ast.Call, kind: type[Value]) -> Iterator[Finding]:
    signature = signature_of(kind)
    # Without a name to begin with, the first text may be anything: a secret, too.
    who = subject_of_call(call) if signature.positional else f"{ast.unparse(call.func)}(…)"
    noun = kind.__name__
    given = dict(zip(signature.positional, call.args, strict=False))
    named = {keyword.arg for keyword in call.keywords}
    unpacked = any(isinstance(argument, ast.Starred) for argument in call.args)
    needed = [name for name in signature.required if name not in named and name not in given]
    for extra in () if unpacked else call.args[len(signature.positional) :]:
        message = f"{who}: {noun} takes {_count(signature)} without a name"
        meant = needed.pop(0) if needed else ""
        names = f"{meant}=…" if meant else listed(signature.arguments, "or")
        advice = f"write the name of the argument before it: {names}"
        place = place_of_node(source, extra)
        found = _finding(source, "unknown-argument", message, place, advice)
        yield replace(found, secret=kind in _WITH_SECRETS and not meant)
    for keyword in call.keywords:
        if keyword.arg is not None and keyword.arg not in signature.arguments:
            advice = _advice(keyword.arg, noun, signature)
            message = f"{who}: {noun} has no argument {keyword.arg}"
            place = place_of_node(source, keyword)
            found = _finding(source, "unknown-argument", message, place, advice)
            yield replace(found, secret=kind in _WITH_SECRETS)
        elif keyword.arg in given:
            message = f"{who}: {keyword.arg} is given twice"
            place = place_of_node(source, keyword)
            yield _finding(source, "unknown-argument", message, place, "keep one of the two")
    if unpacked or any(keyword.arg is None for keyword in call.keywords):
        return
    for name in needed:
        message = f"{who}: {noun} needs {name}, and it is left out"
        place = place_of(source, head_of(call))
        yield _finding(source, "missing-argument", message, place, f"add {name}=…")


def _advice(unknown: str, noun: str, signature: Signature) -> str:
    """What is meant by an argument that a class does not have: the file of a secret, before all."""
    file = f"{unknown}_file"
    for argument in sorted(signature.arguments, key=len):
        if argument == file or argument.endswith(f"_{file}"):
            return f"write {argument}, the name of a file below Environment.secrets"
    near = nearest(unknown, [*signature.arguments])
    return f"did you mean {near}?" if near else f"{noun} has {listed(signature.arguments)}"


def _finding(source: Source, identity: str, message: str, place: Place, advice: str) -> Finding:
    return Finding(identity, message, place, advice, source.file, fatal=True)


def _count(signature: Signature) -> str:
    count = len(signature.positional)
    return f"{count} argument{'' if count == 1 else 's'}" if count else "no argument"
