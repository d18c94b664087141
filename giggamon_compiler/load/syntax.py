"""From the text of a definition file to code, and what its syntax tree says before it runs."""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import CodeType

from giggamon_compiler.findings import Finding, Place
from giggamon_compiler.load.bindings import read_bindings
from giggamon_compiler.load.purity import check_purity
from giggamon_compiler.load.source import (
    Source,
    Span,
    conflicts_in,
    place_of_line,
    span_of,
)

# A reserved word in the place of an argument's name.
_RESERVED = re.compile(rf"({'|'.join(filter(str.islower, keyword.kwlist))})\s*=(?!=)")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `name` of `module`, or with name None the module itself.

    runs: whether the import is done when the file is imported, not later and not for types only
    span: of the name in the import statement; start: line and column of the statement
    written: the module as it is written there
    """

    module: str
    name: str | None
    runs: bool
    span: Span
    start: tuple[int, int]
    written: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A definition file that has been looked at.

    code: None where it must not run; own: names that the file itself gives to values, with where
    names: everything that an import may ask for, None where that is not known
    spoken_of: the first and last lines of statements that have a finding
    """

    source: Source
    code: CodeType | None = None
    own: Mapping[str, Span] = field(default_factory=dict)
    names: frozenset[str] | None = None
    imports: tuple[Import, ...] = ()
    findings: tuple[Finding, ...] = ()
    spoken_of: tuple[tuple[int, int], ...] = ()

    def speaks_of(self, line: int) -> bool:
        """Whether the statement of a line has a finding already."""
        return any(first <= line <= last for first, last in self.spoken_of)


def parse(source: Source) -> Parsed:
    """Parse, judge and compile one file; one parse serves all of it."""
    conflicts = tuple(conflicts_in(source.file, source.text))
    if conflicts:
        return Parsed(source, findings=conflicts)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            tree = ast.parse(source.text, source.path)
            code = compile(tree, source.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return Parsed(source, findings=(_syntax_error(source, error),))
    warned = (_python_warning(source, warning) for warning in caught)
    impure = check_purity(source, tree, code)
    seen = read_bindings(source, tree, _lines_of(impure))
    return Parsed(
        source,
        None if impure or seen.endless else code,
        {name: span_of(node) for name, node in seen.own.items()},
        frozenset(seen.names),
        tuple(_imports(source, seen.imports)),
        (*warned, *impure, *seen.findings),
        tuple(seen.spoken_of),
    )


def _imports(
    source: Source, statements: Mapping[ast.Import | ast.ImportFrom, bool]
) -> Iterator[Import]:
    for statement, runs in statements.items():
        start = (statement.lineno, statement.col_offset)
        for alias in statement.names:
            span = span_of(alias)
            if isinstance(statement, ast.Import):
                yield Import(alias.name, None, runs, span, start, alias.name)
            else:
                module = module_of(source, statement)
                written = "." * statement.level + (statement.module or "")
                yield Import(module, alias.name, runs, span, start, written)


def _lines_of(findings: Iterable[Finding]) -> set[int]:
    return {it.origin.line for it in findings if isinstance(it.origin, Place)}


def module_of(source: Source, statement: ast.ImportFrom) -> str:
    """The absolute name of the module that a `from … import` reads."""
    if not statement.level:
        return statement.module or ""
    parts = source.package.split(".")
    above = parts[: max(0, len(parts) - statement.level + 1)]
    return ".".join([*above, *filter(None, [statement.module])])


def _syntax_error(source: Source, error: Exception) -> Finding:
    place: Place = place_of_line(source, 1)
    reason = "it is nested too deeply for Python"
    advice = "correct it there, or just above: Python notices a missing bracket or comma late"
    if isinstance(error, SyntaxError):
        place = _place_of_error(source, error)
        reason = error.msg
        if word := _RESERVED.match(place.text, place.column - 1):
            reason = f"{word[1]} is a word of Python, which no argument can be called by"
            advice = f"did you mean {word[1]}_?"
    elif isinstance(error, ValueError):
        reason = str(error)
    return Finding(
        "syntax-error",
        f"{source.file} is no valid Python: {reason}",
        place,
        advice,
        source.file,
        fatal=True,
    )


def _place_of_error(source: Source, error: SyntaxError) -> Place:
    """The place of a syntax error, whose columns count characters from one, and may be missing."""
    lines = source.lines
    line = min(max(error.lineno or 1, 1), len(lines))
    text = lines[line - 1]
    column = error.offset or 0
    if column < 1:
        return place_of_line(source, line)
    end_line, end_column = error.end_lineno or line, error.end_offset or 0
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return Place(source.file, line, column, end_line, end_column, text)


def _python_warning(source: Source, warning: warnings.WarningMessage) -> Finding:
    return Finding(
        "python-warning",
        f"{source.file} makes Python warn: {warning.message}",
        place_of_line(source, warning.lineno),
        'write the backslash twice, or the text as r"…"',
        source.file,
        "warning",
    )
