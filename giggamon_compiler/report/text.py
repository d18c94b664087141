"""Findings for people, each with the line that it speaks of.

error[unknown-service]: orders depends on payment, which is no service
  --> definitions/services/orders.py:22:17
   |
22 |     depends_on=["payment"],
   |                 ^^^^^^^^^
   = help: did you mean payments? · giggamon explain unknown-service
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from giggamon_compiler.findings import Finding, Note, Place
from giggamon_compiler.report.characters import visible, width

WIDTH = 100
_LEAD = 20  # how much of a long line is shown before the span
_NOT_SHOWN = "(not shown: a secret may stand here)"


@dataclass(frozen=True, slots=True)
class Colours:
    """The terminal's codes, or none: colour repeats what the words say."""

    error: str = ""
    warning: str = ""
    quiet: str = ""
    strong: str = ""
    end: str = ""


PLAIN = Colours()
ANSI = Colours("\033[1;31m", "\033[1;33m", "\033[34m", "\033[1m", "\033[0m")


def render(
    findings: Sequence[Finding], explained: Container[str] = (), colours: Colours = PLAIN
) -> str:
    """Placed findings, one below the other with a blank line after each.

    explained: the ids that `giggamon explain` knows.
    """
    return "".join(
        "\n".join((*_lines(finding, explained, colours), "", "")) for finding in findings
    )


def summarise(findings: Sequence[Finding], services: int, seconds: float) -> str:
    """The last line: "1 error, 0 warnings in 2 services (0.4 s)"."""
    errors = sum(finding.level == "error" for finding in findings)
    counts = f"{count(errors, 'error')}, {count(len(findings) - errors, 'warning')}"
    return f"{counts} in {count(services, 'service')} ({seconds:.1f} s)"


def count(number: int, noun: str) -> str:
    """ "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _lines(finding: Finding, explained: Container[str], colours: Colours) -> Iterator[str]:
    colour = getattr(colours, finding.level)
    yield (
        f"{colour}{finding.level}[{finding.id}]{colours.end}{colours.strong}: "
        f"{visible(finding.message)}{colours.end}"
    )
    notes = [note for note in finding.notes if isinstance(note.origin, Place)]
    remarks = [note.message for note in finding.notes if not isinstance(note.origin, Place)]
    places = [it for it in (finding.origin, *(n.origin for n in notes)) if isinstance(it, Place)]
    margin = max((len(str(place.line)) for place in places), default=0)
    if isinstance(finding.origin, Place):
        yield from _snippet(finding.origin, margin, colour, colours, finding.secret)
    for note in notes:
        yield from _note(note, margin, colours)
    edge = f"{' ' * margin} {colours.quiet}={colours.end}"
    for remark in remarks:
        yield f"{edge} note: {visible(remark)}"
    explain = f"giggamon explain {finding.id}" if finding.id in explained else ""
    advice = " · ".join(filter(None, (visible(finding.help), explain)))
    if advice:
        yield f"{edge} help: {advice}"


def _note(note: Note, margin: int, colours: Colours) -> Iterator[str]:
    assert isinstance(note.origin, Place)
    yield f"{' ' * margin} {colours.quiet}={colours.end} note: {visible(note.message)}"
    yield from _snippet(note.origin, margin, colours.quiet, colours, note.secret)


def _snippet(
    place: Place, margin: int, colour: str, colours: Colours, secret: bool
) -> Iterator[str]:
    quiet, end = colours.quiet, colours.end
    where = f"{visible(place.file)}:{place.line}:{place.column}"
    yield f"{' ' * margin}{quiet}-->{end} {where}"
    if not place.text.strip():
        return
    text, carets = _underlined(place)
    if secret:
        text, carets = _NOT_SHOWN, ""
    yield f"{' ' * margin} {quiet}|{end}"
    yield f"{quiet}{place.line:>{margin}} |{end} {text}"
    if carets:
        yield f"{' ' * margin} {quiet}|{end} {colour}{carets}{end}"


def _underlined(place: Place) -> tuple[str, str]:
    """The line as it is shown, and the carets below the part of it that is meant."""
    line = place.text.rstrip()
    start = min(max(place.column - 1, 0), len(line))
    stop = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line)
    stop = len(line[:stop].rstrip()) if stop > start and line[start:stop].strip() else stop
    before, meant, after = line[:start], line[start : max(stop, start)], line[max(stop, start) :]
    return _shortened(visible(before), visible(meant), visible(after))


def _shortened(before: str, meant: str, after: str) -> tuple[str, str]:
    """A line that fits the width: what is far from the span, before and after it, is left out."""
    if width(before + meant + after) > WIDTH:
        if width(before) > _LEAD and width(before + meant) > WIDTH:
            indent = before[: len(before) - len(before.lstrip())]
            before = indent[:4] + "…" + _last(before, _LEAD)
        meant = _first(meant, WIDTH - width(before))
        after = "" if meant.endswith("…") else _first(after, WIDTH - width(before + meant))
    return before + meant + after, " " * width(before) + "^" * max(width(meant), 1)


def _first(text: str, room: int) -> str:
    """The beginning of a text that fits, with a sign where something is left out."""
    if width(text) <= room:
        return text
    kept, used = [], 1
    for char in text:
        used += width(char)
        if used > room:
            break
        kept.append(char)
    return "".join(kept) + "…"


def _last(text: str, room: int) -> str:
    kept, used = [], 0
    for char in reversed(text):
        used += width(char)
        if used > room:
            break
        kept.append(char)
    return "".join(reversed(kept))
