"""A definition file as text, and the spans in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from giggamon_compiler.findings import Finding, Place

# Line, column, end line, end column, as Python's `ast` and code objects count them: lines from one,
# columns in UTF-8 bytes from zero.
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """One definition file.

    name: the path below the folder without `.py` ("services/orders")
    module: the name that definitions import it by ("definitions.services.orders")
    file: how it is shown; path: where it is, which is also the file name of its code
    text: decoded, without byte order mark, every line ending in "\\n"
    """

    name: str
    module: str
    file: str
    path: str
    text: str
    _lines: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def lines(self) -> list[str]:
        """The text's lines, split when they are first asked for."""
        if not self._lines:
            self._lines.extend(self.text.split("\n"))
        return self._lines

    @property
    def is_package(self) -> bool:
        """Whether it is the `__init__.py` of a folder."""
        return self.name.rpartition("/")[2] == "__init__"

    @property
    def is_test(self) -> bool:
        """Whether it is a file for tests."""
        return self.name.endswith("_test")

    @property
    def is_service(self) -> bool:
        """Whether it is a file below `services/`, as each service has one."""
        return self.name.startswith("services/")

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.module if self.is_package else self.module.rpartition(".")[0]


def place_of(source: Source, span: Span) -> Place:
    """The place of a span, in characters."""
    lines = source.lines
    line, column, end_line, end_column = span
    return Place(
        source.file,
        line,
        _characters(lines, line, column) + 1,
        end_line,
        _characters(lines, end_line, end_column) + 1,
        lines[line - 1] if 0 < line <= len(lines) else "",
    )


def place_of_line(source: Source, line: int) -> Place:
    """The place of a line without its indentation."""
    lines = source.lines
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    indent = len(text) - len(text.lstrip())
    return Place(source.file, line, indent + 1, line, len(text.rstrip()) + 1, text)


def place_of_node(source: Source, node: ast.AST) -> Place:
    """The place of a node of the syntax tree."""
    return place_of(source, span_of(node))


def span_of(node: ast.AST) -> Span:
    """The span of a statement, an expression, a keyword argument or an imported name."""
    assert isinstance(node, ast.stmt | ast.expr | ast.keyword | ast.alias | ast.arg)
    end_line, end_column = node.end_lineno, node.end_col_offset
    assert end_line is not None
    assert end_column is not None
    return node.lineno, node.col_offset, end_line, end_column


def conflicts_in(file: str, text: str) -> Iterator[Finding]:
    """A finding for each merge conflict that was left in a text."""
    if "<<<<<<< " not in text:
        return
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if line.startswith("<<<<<<< ") and any(it.startswith(">>>>>>>") for it in lines[number:]):
            yield Finding(
                "merge-conflict",
                f"{file} holds a merge conflict that nobody has resolved",
                Place(file, number, 1, number, len(line) + 1, line),
                "choose one of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>",
                file,
                fatal=True,
            )


def _characters(lines: list[str], line: int, column: int) -> int:
    if not 0 < line <= len(lines):
        return column
    text = lines[line - 1]
    return column if text.isascii() else len(text.encode()[:column].decode(errors="replace"))
