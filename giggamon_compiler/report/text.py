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
from giggamon_compiler.report.characters import brief, underlined, visible

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
        f"{brief(finding.message)}{colours.end}"
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
        yield f"{edge} note: {brief(remark)}"
    explain = f"giggamon explain {finding.id}" if finding.id in explained else ""
    advice = " · ".join(filter(None, (brief(finding.help), explain)))
    if advice:
        yield f"{edge} help: {advice}"


def _note(note: Note, margin: int, colours: Colours) -> Iterator[str]:
    assert isinstance(note.origin, Place)
    yield f"{' ' * margin} {colours.quiet}={colours.end} note: {brief(note.message)}"
    yield from _snippet(note.origin, margin, colours.quiet, colours, note.secret)


def _snippet(
    place: Place, margin: int, colour: str, colours: Colours, secret: bool
) -> Iterator[str]:
    quiet, end = colours.quiet, colours.end
    where = f"{visible(place.file)}:{place.line}:{place.column}"
    yield f"{' ' * margin}{quiet}-->{end} {where}"
    if not place.text.strip():
        return
    text, carets = underlined(*_part(place))
    if secret:
        text, carets = _NOT_SHOWN, ""
    yield f"{' ' * margin} {quiet}|{end}"
    yield f"{quiet}{place.line:>{margin}} |{end} {text}"
    if carets:
        yield f"{' ' * margin} {quiet}|{end} {colour}{carets}{end}"


def _part(place: Place) -> tuple[str, int, int]:
    """The first line of a span, and which of its characters are meant."""
    line = place.text.rstrip()
    start = place.column - 1
    return line, start, place.end_column - 1 if place.end_line == place.line else len(line)
