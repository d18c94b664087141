"""What a file binds at its top level, and what its statements would lose in silence.

A definition file is a list of values with names: imports, assignments to names, and functions.
Every other statement at its top level is a finding.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from giggamon_compiler.findings import Finding, Note, Place
from giggamon_compiler.load.calls import subject_of_call
from giggamon_compiler.load.source import Source, place_of_line, place_of_node

_CHANGING = {
    *("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove"),
    *("reverse", "setdefault", "sort", "update"),
}
_BLOCKS: dict[type[ast.stmt], str] = {
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.If: "if",
    ast.With: "with",
    ast.AsyncWith: "with",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.Match: "match",
}
_BIND = "bind it to a name of its own at the top level"
_BUILD = "bind it at the top level, or build a list: alerts = [Alert(…) for … in …]"
_AT_ONCE = "write the value whole where it is bound"

Function = ast.FunctionDef | ast.AsyncFunctionDef
ImportStatement = ast.Import | ast.ImportFrom


@dataclass(slots=True)
class Bindings:
    """The names of a file.

    names: all that it binds, with the node and, for an import, what is imported
    own: those among them that it gives to values of its own, with the node
    imports: with whether they are done when the file is imported
    spoken_of: the first and last line of each statement that has a finding
    endless: whether the file may never end, because it loops
    """

    source: Source
    names: dict[str, tuple[ast.AST, str | None]] = field(default_factory=dict)
    own: dict[str, ast.AST] = field(default_factory=dict)
    imports: dict[ImportStatement, bool] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    spoken_of: list[tuple[int, int]] = field(default_factory=list)
    endless: bool = False
    statements: dict[str, ast.stmt] = field(default_factory=dict)


def read_bindings(source: Source, tree: ast.Module, impure_lines: set[int]) -> Bindings:
    """Read the top level of a file; a statement with an impure line has its finding already."""
    seen = Bindings(source)
    for index, statement in enumerate(tree.body):
        if index or not is_text(statement):
            before = len(seen.findings)
            _read_statement(statement, seen)
            if impure_lines.intersection(range(statement.lineno, _end(statement) + 1)):
                del seen.findings[before:]
                _speak_of(seen, statement)
    if ":=" in source.text:
        for statement in tree.body:
            for node in _outside_functions(statement):
                if isinstance(node, ast.NamedExpr):
                    _note_name(node.target.id, node.target, statement, seen, own=True)
                    message = f"{node.target.id} is bound inside an expression"
                    _report(seen, statement, "bound-in-expression", message, node, _BIND)
    return seen


def is_text(statement: ast.stmt) -> bool:
    """Whether a statement is nothing but a text, as a docstring is."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _read_statement(statement: ast.stmt, seen: Bindings) -> None:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            _read_target(target, statement, seen)
    elif isinstance(statement, ast.AnnAssign):
        if statement.value is not None:
            _read_target(statement.target, statement, seen)
    elif isinstance(statement, ImportStatement):
        _read_import(statement, seen, runs=True)
    elif isinstance(statement, Function):
        _note_name(statement.name, statement, statement, seen)
        _read_function(statement, seen)
    elif isinstance(statement, ast.Expr):
        _read_expression(statement, seen)
    elif type(statement) in _BLOCKS:
        _read_block(statement, seen)
    elif isinstance(statement, ast.AugAssign):
        name = ast.unparse(statement.target)
        message = f"{name} is changed after it was bound"
        _report(seen, statement, "changed-later", message, statement, _AT_ONCE)
    elif isinstance(statement, ast.Delete):
        for target in statement.targets:
            message = f"{ast.unparse(target)} is taken away again"
            if isinstance(target, ast.Name) and target.id in seen.statements:
                _speak_of(seen, seen.statements[target.id])
            _report(seen, statement, "changed-later", message, target, "delete both statements")
    elif isinstance(statement, ast.ClassDef):
        _note_name(statement.name, statement, statement, seen)
        message = f"{statement.name} is a class, and definitions are values"
        advice = "use the classes of giggamon_compiler, and functions for what repeats"
        _report_line(seen, statement, "class-in-definitions", message, advice)
    elif not isinstance(statement, ast.Pass | ast.Assert | ast.Raise):
        alias = getattr(statement, "name", None)  # `type Name = …`, from Python 3.12 on
        if isinstance(alias, ast.Name):
            _note_name(alias.id, alias, statement, seen)
            return
        message = f"{ast.unparse(statement)} means nothing at the top level"
        _report_line(seen, statement, "statement-without-effect", message, "delete it")


def _read_target(target: ast.expr, statement: ast.stmt, seen: Bindings) -> None:
    if isinstance(target, ast.Name):
        _note_name(target.id, target, statement, seen, own=True)
    elif isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            _read_target(item, statement, seen)
    elif isinstance(target, ast.Starred):
        _read_target(target.value, statement, seen)
    else:
        message = f"{ast.unparse(target)} is set on something that was bound before"
        _report(seen, statement, "changed-later", message, target, _AT_ONCE)


def _read_expression(statement: ast.Expr, seen: Bindings) -> None:
    value = statement.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        changed = value.func.value
        if value.func.attr in _CHANGING and isinstance(changed, ast.Name | ast.Subscript):
            message = f"{ast.unparse(changed)} is changed after it was bound"
            _report(seen, statement, "changed-later", message, value, _AT_ONCE)
            return
    if isinstance(value, ast.Call):
        message = f"{subject_of_call(value)} is bound to no name, so nothing of it is kept"
        _report(seen, statement, "value-not-bound", message, value, _BIND)
    else:
        text = ast.unparse(value)
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        message = f"{shown} stands alone, so it means nothing"
        advice = "make it a comment" if is_text(statement) else "bind it to a name, or delete it"
        _report(seen, statement, "value-not-bound", message, value, advice)


def _read_block(statement: ast.stmt, seen: Bindings) -> None:
    word = _BLOCKS[type(statement)]
    seen.endless = seen.endless or word == "while"
    if isinstance(statement, ast.If) and _is_for_types_only(statement):
        for inner in statement.body:
            if isinstance(inner, ImportStatement):
                _read_import(inner, seen, runs=False)
        return
    bound = list(_bound_in(statement, seen))
    header = place_of_line(seen.source, statement.lineno)
    for name, node in bound:
        _note_name(name, node, statement, seen, own=True, again=True)
        message = f"{name} is bound under {word}, where values are lost in silence"
        note = Note(f"the {word}", header)
        _report(seen, statement, "bound-in-block", message, node, _BUILD, note)
    if not bound:
        message = f"{word} stands at the top level, and definitions are values with names"
        _report_line(seen, statement, "bound-in-block", message, _BUILD)


def _bound_in(block: ast.stmt, seen: Bindings) -> Iterator[tuple[str, ast.AST]]:
    """The names that assignments below a block bind; its imports are read on the way."""
    for node in _outside_functions(block):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                        yield name.id, name
        elif isinstance(node, ImportStatement):
            _read_import(node, seen, runs=True)


def _read_function(function: Function, seen: Bindings) -> None:
    for node in ast.walk(function):
        if isinstance(node, ImportStatement):
            seen.imports[node] = False
        elif isinstance(node, ast.Global):
            message = f"{', '.join(node.names)} is bound from within {function.name}()"
            _report(seen, function, "bound-in-block", message, node, "return the value instead")


def _read_import(statement: ImportStatement, seen: Bindings, *, runs: bool) -> None:
    seen.imports[statement] = runs
    prefix = ""
    if isinstance(statement, ast.ImportFrom):
        prefix = "." * statement.level + (statement.module or "") + "."
    for alias in statement.names:
        name = alias.asname or alias.name
        what = prefix + alias.name
        if isinstance(statement, ast.Import) and not alias.asname:
            name = what = alias.name.partition(".")[0]
        _note_name(name, alias, statement, seen, what=what)


def _note_name(
    name: str,
    node: ast.AST,
    statement: ast.stmt,
    seen: Bindings,
    *,
    own: bool = False,
    what: str | None = None,
    again: bool = False,
) -> None:
    """Keep a name; binding it a second time is a finding, but for the same import."""
    before = seen.names.get(name)
    if before is None:
        seen.names[name] = (node, what)
        seen.statements[name] = statement
    elif not again and (what is None or before[1] != what):
        first = seen.statements[name]
        _speak_of(seen, first)
        note = Note("bound here before", _place_of_name(seen.source, before[0]))
        seen.findings.append(
            Finding(
                "bound-twice",
                f"{name} is bound twice, so what it was first is lost",
                _place_of_name(seen.source, node),
                "give one of the two a name of its own",
                name,
                notes=(note,),
            )
        )
        _speak_of(seen, statement)
    if own:
        seen.own.setdefault(name, node)


def _place_of_name(source: Source, node: ast.AST) -> Place:
    """The place of a name that is bound; of a function or class, the line that begins it."""
    if isinstance(node, ast.stmt):
        return place_of_line(source, node.lineno)
    return place_of_node(source, node)


def _is_for_types_only(statement: ast.If) -> bool:
    test = ast.unparse(statement.test)
    return (
        test in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        and not statement.orelse
        and all(isinstance(inner, ImportStatement) for inner in statement.body)
    )


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it that runs with it: what stands in a function runs elsewhere."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function | ast.Lambda | ast.ClassDef):
            yield from _outside_functions(child)


def _report(
    seen: Bindings,
    statement: ast.stmt,
    identity: str,
    message: str,
    node: ast.AST,
    advice: str,
    *notes: Note,
) -> None:
    place = place_of_node(seen.source, node)
    subject = message.partition(" ")[0]
    seen.findings.append(Finding(identity, message, place, advice, subject, notes=notes))
    _speak_of(seen, statement)


def _report_line(
    seen: Bindings, statement: ast.stmt, identity: str, message: str, advice: str
) -> None:
    place = place_of_line(seen.source, statement.lineno)
    seen.findings.append(Finding(identity, message, place, advice, seen.source.file))
    _speak_of(seen, statement)


def _speak_of(seen: Bindings, statement: ast.stmt) -> None:
    seen.spoken_of.append((statement.lineno, _end(statement)))


def _end(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno
