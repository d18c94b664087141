"""From the frames that a value remembers to the span of an argument, when it is reported.

The innermost frame that lies in the definitions made the value; frames of the compiler and of
Python's library between are passed over. A whole call is shown by its head: what is called, and the
first argument where it ends on the same line. An argument that is left out is shown so too. Where
Python keeps no columns, the whole line is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType

from giggamon_compiler.findings import Made, Note, Place, Within
from giggamon_compiler.load.calls import head_of
from giggamon_compiler.load.instructions import place_of_instruction, position_of_instruction
from giggamon_compiler.load.literals import place_in_literal
from giggamon_compiler.load.source import Source, place_of, span_of
from giggamon_compiler.load.trees import (
    Argument,
    Function,
    Tree,
    argument_of_function,
    argument_of_value,
    calls_function,
    is_keyword_parameter,
    is_parameter,
    part_of,
    read_tree,
    unpacked_in,
)

_COMPREHENSIONS = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}

# The files of every load so far, by the file name in their code: places are looked up later.
_sources: dict[str, Source] = {}


def remember_sources(sources: Iterable[Source]) -> None:
    """Keep the text of files, so that the places of their values can be found."""
    _sources.update((source.path, source) for source in sources)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame of the definitions, with the call that it was in; None where there are no columns."""

    tree: Tree
    code: CodeType
    instruction: int
    call: ast.Call | None
    function: Function | None

    @property
    def place(self) -> Place:
        if self.call is None:
            return place_of_instruction(self.tree.source, self.code, self.instruction)
        return place_of(self.tree.source, head_of(self.call))


# How many characters are shown of a computed text, before and after what is meant.
_AROUND = 40

# Arguments of an alert that are annotations.
_ANNOTATIONS = ("summary", "description")


@dataclass(frozen=True, slots=True)
class _Cursor:
    """An expression, and the index of the frame that it was evaluated in."""

    index: int
    node: ast.expr


def resolve(
    made: Made, path: Sequence[str | int], part: Within | None
) -> tuple[Place | None, tuple[Note, ...]]:
    """The place of an argument, or of a part of its text, and the calls that led there."""
    frames = _frames_of(made)
    if not frames:
        return None, ()
    first = frames[0]
    written_here = made.frames[0][0].co_filename in _sources
    if path and first.call is not None and (written_here or made.base is not None):
        name, *rest = path
        given = argument_of_value(first.tree, first.call, str(name))
        found = _settle(frames, 0, first.call, str(name), given)
        if found is None and name in _ANNOTATIONS:
            found = _annotation(frames, first.call, str(name))
        if found is not None:
            return _descend(frames, found, rest, part)
        if made.base is not None:
            place, notes = resolve(made.base, path, part)
            return place, (*notes, Note("copied here", first.place), *_callers(frames, 0))
    computed = (_computed(part),) if part is not None else ()
    return first.place, (*computed, *_callers(frames, 0))


def _annotation(frames: Sequence[_Frame], call: ast.Call, name: str) -> _Cursor | None:
    """A text of an alert among its other annotations, where it is no argument of its own."""
    given = argument_of_value(frames[0].tree, call, "annotations")
    found = _settle(frames, 0, call, "annotations", given)
    if found is None:
        return None
    tree = frames[found.index].tree
    node = part_of(tree, found.node, name)
    return None if node is None else _follow(frames, _Cursor(found.index, node))


def _descend(
    frames: Sequence[_Frame], cursor: _Cursor, path: Sequence[str | int], part: Within | None
) -> tuple[Place, tuple[Note, ...]]:
    """The place of a part of an expression, as far down as it is written out."""
    meant = part
    for step in path:
        tree = frames[cursor.index].tree
        node = part_of(tree, cursor.node, step)
        if node is None:
            part = None
            break
        cursor = _follow(frames, _Cursor(cursor.index, node))
    source = frames[cursor.index].tree.source
    inside = part and place_in_literal(source, cursor.node, part.text, part.start, part.end)
    place = inside or place_of(source, span_of(cursor.node))
    made = (Note("made here", frames[0].place),) if cursor.index else ()
    computed = (_computed(meant),) if meant is not None and not inside else ()
    return place, (*computed, *made, *_callers(frames, cursor.index, place))


def _computed(part: Within) -> Note:
    """Where characters stand in a text that is nowhere written as it is."""
    before = part.text[max(0, part.start - _AROUND) : part.start]
    after = part.text[part.start : part.start + _AROUND]
    begin = "…" if part.start > _AROUND else ""
    end = "…" if len(part.text) > part.start + _AROUND else ""
    said = " ".join(f"{begin}{before}▸{after}{end}".split())
    return Note(f"the text is computed, and this stands at ▸ in it: {said}", None)


def _settle(
    frames: Sequence[_Frame], index: int, call: ast.Call, name: str, found: Argument
) -> _Cursor | None:
    """The expression that gives an argument of a call; None where it is left out."""
    if found.node is None:
        return None
    if found.certain:
        return _follow(frames, _Cursor(index, found.node))
    function = frames[index].function
    caller = _caller(frames, index)
    keywords = found.node
    if (
        caller is not None
        and function is not None
        and isinstance(keywords, ast.Name)
        and is_keyword_parameter(function, keywords.id)
        and len(list(unpacked_in(call))) == 1
    ):
        outer = frames[caller].call
        assert outer is not None
        further = argument_of_function(outer, function, name)
        return _settle(frames, caller, outer, name, further)
    return _Cursor(index, keywords)


def _follow(frames: Sequence[_Frame], cursor: _Cursor) -> _Cursor:
    """From a parameter of a function to what its caller gave, as far as that goes."""
    frame = frames[cursor.index]
    node = cursor.node
    caller = _caller(frames, cursor.index)
    if (
        caller is None
        or frame.function is None
        or not isinstance(node, ast.Name)
        or not is_parameter(frame.function, node.id)
    ):
        return cursor
    call = frames[caller].call
    assert call is not None
    given = argument_of_function(call, frame.function, node.id)
    if given.node is None:
        return cursor
    if any(given.node is it for it in ast.walk(call)):
        found = _settle(frames, caller, call, node.id, given)
        return found or cursor
    return _Cursor(cursor.index, given.node)  # the default, which stands in the function's file


def _caller(frames: Sequence[_Frame], index: int) -> int | None:
    """The frame that called the function of a frame, if it did so itself."""
    function = frames[index].function
    while index < len(frames) and frames[index].code.co_name in _COMPREHENSIONS:
        index += 1
    index += 1
    if function is None or index >= len(frames):
        return None
    caller = frames[index]
    if caller.call is None or not calls_function(caller.tree, caller.call, function):
        return None
    return index


def _callers(frames: Sequence[_Frame], index: int, place: Place | None = None) -> tuple[Note, ...]:
    """A note for each call that led to a frame, but for those that are written around the place."""
    place = place or frames[index].place
    notes = []
    for frame in frames[index + 1 :]:
        around = place_of(frame.tree.source, span_of(frame.call)) if frame.call else frame.place
        if not _encloses(around, place):
            notes.append(Note("called from here", frame.place))
    return tuple(dict.fromkeys(notes))


def _encloses(outer: Place, inner: Place) -> bool:
    return (
        outer.file == inner.file
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and (outer.end_line, outer.end_column) >= (inner.end_line, inner.end_column)
    )


def _frames_of(made: Made) -> list[_Frame]:
    frames = []
    for code, instruction in made.frames:
        source = _sources.get(code.co_filename)
        if source is not None:
            tree = _tree_of(source)
            _, span = position_of_instruction(code, instruction)
            call, function = tree.calls.get(span[2:], (None, None)) if span else (None, None)
            frames.append(_Frame(tree, code, instruction, call, function))
    return frames


@lru_cache(maxsize=64)
def _tree_of(source: Source) -> Tree:
    return read_tree(source)
