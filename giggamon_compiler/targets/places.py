"""From a part of a foreign file to its characters, when it is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from giggamon_compiler.findings import FilePlace, Finding, Origin, Place, Within
from giggamon_compiler.targets import yaml_text
from giggamon_compiler.targets.shape import Keys

# The model's names of arguments, which checks speak of, and where a file has them.
_FIELDS: dict[str, tuple[Keys, ...]] = {
    "name": (("alert",), ("record",)),
    "for_": (("for",),),
    "summary": (("annotations", "summary"),),
    "description": (("annotations", "description"),),
}


def place_files(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings and notes that speak of foreign files their place; the others stay as they are.

    They come out sorted by file, because each file is looked at as a whole.
    """
    return tuple(_placed(finding) for finding in sorted(findings, key=_home))


def _placed(finding: Finding) -> Finding:
    origin = _place(finding.origin)
    notes = tuple(replace(note, origin=_place(note.origin)) for note in finding.notes)
    if origin is finding.origin and notes == finding.notes:
        return finding
    return replace(finding, origin=origin, notes=notes)


def _home(finding: Finding) -> str:
    origin = finding.origin
    if isinstance(origin, Within):
        origin = origin.origin
    return origin.file.name if isinstance(origin, FilePlace) else ""


def _place(origin: Origin) -> Origin:
    if isinstance(origin, FilePlace):
        return _place_of(origin, None)
    if isinstance(origin, Within) and isinstance(origin.origin, FilePlace):
        return _place_of(origin.origin, origin)
    return origin


def _place_of(origin: FilePlace, part: Within | None) -> Place:
    marks = yaml_text.marks_of(origin.file)
    way, count = marks.find(origin.path)
    if count < len(origin.path) and isinstance(origin.path[count], str):
        for fields in _FIELDS.get(str(origin.path[count]), ()):
            path = (*origin.path[:count], *fields, *origin.path[count + 1 :])
            further, reached = marks.find(path)
            if reached == len(path):
                way, count = further, len(origin.path)
                break
    if not way:
        return marks.place(0, min(1, len(origin.file.text)))
    name, value = way[-1]
    whole = count == len(origin.path)
    if origin.key and whole and name is not None:
        value = name
    inside = marks.inside(value, part.text, part.start, part.end) if part and whole else None
    return marks.place(*(inside or marks.span(value)))
