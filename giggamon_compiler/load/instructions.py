"""From an instruction of a code object to the place of what it runs, looked up when reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType

from giggamon_compiler.findings import Place
from giggamon_compiler.load.source import Source, Span, place_of, place_of_line


def place_of_instruction(source: Source, code: CodeType, instruction: int) -> Place:
    """The place of what was run last in a frame."""
    line, span = position_of_instruction(code, instruction)
    return place_of(source, span) if span else place_of_line(source, line)


def line_of_instruction(code: CodeType, instruction: int) -> int:
    """The line of what was run last in a frame."""
    return position_of_instruction(code, instruction)[0]


def position_of_instruction(code: CodeType, instruction: int) -> tuple[int, Span | None]:
    """Line and span of an instruction; no span where Python keeps no columns."""
    line, end_line, column, end_column = _positions(_Identity(id(code), code))[instruction // 2]
    line = line or code.co_firstlineno
    if column is None or end_line is None or end_column is None:
        return line, None
    return line, (line, column, end_line, end_column)


_Position = tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Identity:
    """A code object as itself: two that are alike are equal, in whatever files they are."""

    identity: int
    code: CodeType = field(compare=False)


@lru_cache(maxsize=64)
def _positions(key: _Identity) -> list[_Position]:
    return list(key.code.co_positions())
