"""Where each part of a YAML text is written, looked up when something is reported.

Offsets count characters; through aliases and merge keys, a part is where it is written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from re import compile as pattern
from typing import Any, cast

import yaml
from yaml._yaml import CParser

from giggamon_compiler.findings import Place, TextFile
from giggamon_compiler.targets.shape import Keys
from giggamon_compiler.targets.yaml_text.spelling import Span, read_spelling

_DEEPEST = 100
_LINE_BREAK = pattern("\r\n|\n|\r")
_PROPERTIES = pattern(r"(?:[&!]\S*(?:[ \t\r\n\x85\u2028\u2029]+(?:#[^\r\n\x85\u2028\u2029]*)?)*)+")
_NAMING = ("alert", "record", "name")


@dataclass(slots=True)
class Mark:
    """A part of a text; value and style: of a scalar; children: of a sequence.

    flow: whether it is a collection between braces or brackets
    """

    start: int
    end: int
    value: str | None = None
    style: str = ""
    pairs: list[tuple[Mark, Mark]] = field(default_factory=list)
    children: list[Mark] = field(default_factory=list)
    flow: bool = False


@lru_cache(maxsize=4)
def marks_of(file: TextFile) -> Marks:
    """The parts of a file; findings come file by file, so a few are kept."""
    return Marks(file)


class Marks:
    """The parts of a file, and its lines."""

    def __init__(self, file: TextFile) -> None:
        self.text = file.text
        self._name = file.name
        breaks = [found.span() for found in _LINE_BREAK.finditer(file.text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(file.text)]
        self._lines: dict[int, str] = {}

    @cached_property
    def _root(self) -> Mark | None:
        return _read(self.text)

    def find(self, keys: Keys) -> tuple[list[tuple[Mark | None, Mark]], int]:
        """The way to what the keys lead to, as key and value, and how many keys lead there."""
        if self._root is None:
            return [], 0
        way: list[tuple[Mark | None, Mark]] = [(None, self._root)]
        for count, key in enumerate(keys):
            found = _step(way[-1][1], key)
            if found is None:
                return way, count
            way.append(found)
        return way, len(keys)

    def span(self, mark: Mark) -> Span:
        """What stands for a part: a scalar's text, the head of what holds more."""
        if mark.value is not None:
            return self._scalar_span(mark)
        named = any(name.value in _NAMING for name, _ in mark.pairs)
        if mark.flow and not named and mark.end <= self.end_of_line(mark.start):
            return mark.start, mark.end
        if mark.pairs:
            return self._pair_span(*_head(mark))
        if mark.children:
            return self.span(mark.children[0])
        return mark.start, mark.start

    def inside(self, mark: Mark, text: str, start: int, end: int) -> Span | None:
        """Where characters of a scalar's value are written."""
        if mark.value is None or mark.value != text:
            return None
        spelling = read_spelling(self.text, mark.start, mark.end, mark.style, mark.value)
        return spelling.span(start, end) if spelling else None

    def place(self, start: int, end: int) -> Place:
        """The place of some characters."""
        line, column = self._position(start)
        return Place(self._name, line, column, *self._position(end), self._line(line))

    def _position(self, offset: int) -> tuple[int, int]:
        """The line and column of a character, from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def end_of_line(self, offset: int) -> int:
        """Where the line of a character ends."""
        return self._ends[bisect_right(self._starts, offset) - 1]

    def _line(self, number: int) -> str:
        """A line, from 1, without its end; one text for all that speak of it."""
        line = self._lines.get(number)
        if line is None:
            line = self.text[self._starts[number - 1] : self._ends[number - 1]]
            self._lines[number] = line
        return line

    def _pair_span(self, name: Mark, value: Mark) -> Span:
        """A field with its value where that ends on the same line, else its name."""
        fits = value.value is not None and name.start <= value.end
        return name.start, value.end if fits and value.end <= self.end_of_line(
            name.start
        ) else name.end

    def _scalar_span(self, mark: Mark) -> Span:
        if mark.style not in ("|", ">") or mark.value is None:
            return mark.start, mark.end
        meant = mark.value.strip()
        first = mark.value.find(meant) if meant else 0
        found = self.inside(mark, mark.value, first, first + len(meant)) if meant else None
        return found or (mark.start, mark.start + 1)


def _step(mark: Mark, key: str | int) -> tuple[Mark | None, Mark] | None:
    if isinstance(key, int):
        return (None, mark.children[key]) if key < len(mark.children) else None
    for name, value in mark.pairs:
        if name.value == key:
            return name, value
    for name, value in mark.pairs:
        if name.value == "<<":
            for source in value.children or [value]:
                found = _step(source, key)
                if found is not None:
                    return found
    return None


def _head(mark: Mark) -> tuple[Mark, Mark]:
    """The field that stands for a mapping: its name, or the first that it has itself."""
    named = (pair for pair in mark.pairs if pair[0].value in _NAMING)
    own = (pair for pair in mark.pairs if pair[0].value != "<<")
    return next(named, None) or next(own, mark.pairs[0])


def _read(text: str) -> Mark | None:
    """The whole of the first document; None where it is no YAML."""
    try:
        return _Reader(text).read_document()
    except (yaml.YAMLError, _TooDeep, KeyError):
        return None


class _TooDeep(Exception):
    """The text is nested deeper than anything that is reported."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._next: Any = CParser(text).get_event
        self._anchors: dict[str, Mark] = {}

    def read_document(self) -> Mark | None:
        self._next()
        if type(self._next()) is yaml.StreamEndEvent:
            return None
        return self._read(self._next(), 0)

    def _read(self, event: Any, depth: int) -> Mark:
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._anchors[event.anchor]
        mark = Mark(event.start_mark.index, event.end_mark.index)
        if event.anchor is not None:
            self._anchors[event.anchor] = mark
        if event.anchor is not None or event.tag is not None:
            end = mark.end if kind is yaml.ScalarEvent else len(self._text)
            mark.start = _without_properties(self._text, mark.start, end)
        if kind is yaml.ScalarEvent:
            mark.value, mark.style = event.value, event.style or ""
            return mark
        if depth == _DEEPEST:
            raise _TooDeep
        mark.flow = event.flow_style
        for item in self._items(kind, mark):
            child = self._read(item, depth + 1)
            if kind is yaml.SequenceStartEvent:
                mark.children.append(child)
            else:
                mark.pairs.append((child, self._read(self._next(), depth + 1)))
        return mark

    def _items(self, kind: type, mark: Mark) -> Iterator[Any]:
        end = yaml.SequenceEndEvent if kind is yaml.SequenceStartEvent else yaml.MappingEndEvent
        event: Any = self._next()
        while type(event) is not end:
            yield event
            event = self._next()
        mark.end = cast(Any, event).end_mark.index


def _without_properties(text: str, start: int, end: int) -> int:
    """Where a scalar itself begins, behind its anchor and its tag."""
    found = _PROPERTIES.match(text, start, end)
    return found.end() if found else start
