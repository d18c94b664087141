"""Findings as people see them: with places in files, without secrets, in the order of the files.

How a value of a definition is found in its file is in `places`, imported when one is to be found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from giggamon_compiler.findings import FilePlace, Finding, Note, Origin, Place, PyPlace, Within
from giggamon_compiler.secrets import masked


def place_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give every finding and note its place; sorted by place, each once."""
    placed = {place_finding(finding) for finding in sorted(findings, key=_home)}
    return tuple(sorted(placed, key=_order))


def place_finding(finding: Finding) -> Finding:
    """One finding with places; the calls that led to its place are added to its notes.

    What looks like a secret is in none of it, nor in the lines that are shown.
    """
    place, led_here = _place(finding.origin)
    if finding.secret:  # a call may hold what the place is not shown for
        led_here = tuple(replace(note, secret=True) for note in led_here if note.origin)
    notes = [replace(note, origin=_place(note.origin)[0]) for note in finding.notes]
    return replace(
        finding,
        message=masked(finding.message),
        help=masked(finding.help),
        origin=_masked_place(place),
        notes=tuple(
            replace(note, message=masked(note.message), origin=_masked_place(note.origin))
            for note in (*notes, *led_here)
        ),
    )


def _masked_place(place: Origin) -> Origin:
    if isinstance(place, Place) and (text := _masked_line(place.text)) != place.text:
        return replace(place, text=text)
    return place


# A file on one line has all its findings there, and the line may be long.
_masked_line = lru_cache(maxsize=16)(masked)


def _place(origin: Origin) -> tuple[Place | None, tuple[Note, ...]]:
    part, written = None, origin
    if isinstance(origin, Within):
        part, written = origin, origin.origin
    if isinstance(written, PyPlace):
        from giggamon_compiler.load.places import resolve

        return resolve(written.made, written.path, part)
    if isinstance(written, FilePlace):  # one that nobody has looked up
        first, _, _ = written.file.text.partition("\n")
        return Place(written.file.name, 1, 1, 1, 2, first), ()
    assert not isinstance(written, Within)
    return written, ()


def _home(finding: Finding) -> str:
    """The file to look at, so that those of one file are looked at together."""
    origin = finding.origin
    if isinstance(origin, Within):
        origin = origin.origin
    if isinstance(origin, PyPlace):
        return origin.made.frames[-1][0].co_filename
    if isinstance(origin, FilePlace):
        return origin.file.name
    return origin.file if origin else ""


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.origin
    assert place is None or isinstance(place, Place)
    where = (place.file, place.line, place.column) if place else ("", 0, 0)
    return (*where, finding.id, finding.message)
