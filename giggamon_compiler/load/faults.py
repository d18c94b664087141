"""What went wrong when a definition file ran, said at the line of the definition."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType, TracebackType

from giggamon_compiler.findings import Finding, Note, Place
from giggamon_compiler.load.calls import check_calls, head_of
from giggamon_compiler.load.importer import NotRead
from giggamon_compiler.load.imports import Modules, imported_files
from giggamon_compiler.load.instructions import place_of_instruction
from giggamon_compiler.load.source import Source, place_of, place_of_line, place_of_node
from giggamon_compiler.load.syntax import Parsed
from giggamon_compiler.load.vocabulary import signature_of
from giggamon_compiler.load.wording import listed, nearest, printable, with_article
from giggamon_compiler.model.refusal import Refused
from giggamon_compiler.model.value import Value

_FEW = 12


def check_run(
    parsed: Parsed, failure: BaseException, sources: Mapping[str, Source]
) -> Iterator[Finding]:
    """Findings for a file that did not run to its end; none where only another file is to blame."""
    calls = list(check_calls(parsed.source)) if parsed.names is not None else []
    yield from calls
    if isinstance(failure, NotRead) or (calls and isinstance(failure, TypeError)):
        return
    place, frames = _place_of_failure(failure, sources, parsed.source)
    if parsed.speaks_of((frames[-1] if frames else place).line):
        return
    if isinstance(failure, Refused):
        yield from _refused(parsed, failure, place, frames, sources)
        return
    text = _text_of(failure)
    kind = type(failure).__name__
    advice = _advice(parsed, failure)
    yield Finding(
        "import-failed",
        f"{parsed.source.file} fails when it is read: {text or kind}"
        + (f" ({kind})" if text else ""),
        place,
        advice,
        parsed.source.file,
        notes=tuple(Note("called from here", frame) for frame in frames),
        fatal=True,
    )


def _refused(
    parsed: Parsed,
    refusal: Refused,
    call: Place,
    frames: Sequence[Place],
    sources: Mapping[str, Source],
) -> Iterator[Finding]:
    """A finding for each fault of a call, at its argument where that is written there."""
    source = next(it for it in sources.values() if it.file == call.file)
    arguments: dict[str, Place] = {}
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Call) and place_of_node(source, node) == call:
            arguments = {it.arg: place_of_node(source, it) for it in node.keywords if it.arg}
            call = place_of(source, head_of(node))
    for fault in refusal.faults:
        yield Finding(
            fault.id,
            printable(fault.message),
            arguments.get(fault.argument, call),
            printable(fault.help),
            parsed.source.file,
            notes=tuple(Note("called from here", frame) for frame in frames),
            fatal=True,
        )


def _text_of(failure: BaseException) -> str:
    try:
        return printable(str(failure).partition("\n")[0])
    except Exception:  # what it was raised with cannot be written, as a number of too many digits
        return ""


def blocked_notes(
    causes: Iterable[str], modules: Modules, unread: set[str], blamed: set[str]
) -> Iterator[tuple[str, Note]]:
    """For each file that could not be read, which others cannot be read only because of it.

    blamed: files that have a finding of their own, or are named in one
    """
    users: dict[str, list[tuple[str, Place]]] = {}
    for module in sorted(unread):
        source = modules[module].source
        for needed, used in imported_files(modules[module], modules):
            users.setdefault(needed, []).append((module, place_of(source, used.span)))
    for cause in causes:
        waiting, places = [cause], dict[str, Place]()
        while waiting:
            for user, place in users.get(waiting.pop(), ()):
                if user not in places:
                    places[user] = place
                    waiting.append(user)
        innocent = {user: place for user, place in places.items() if user not in blamed}
        if innocent:
            yield cause, _note_on(innocent, modules)


def _note_on(places: Mapping[str, Place], modules: Modules) -> Note:
    files = sorted(modules[user].source.file for user in places)
    more = len(files) - 1
    others = f" and {more} more file{'s' if more > 1 else ''}" if more else ""
    first = min(places.values(), key=lambda place: place.file)
    return Note(f"{files[0]}{others} cannot be read either, because of this", first)


def _place_of_failure(
    failure: BaseException, sources: Mapping[str, Source], at_least: Source
) -> tuple[Place, list[Place]]:
    """The innermost line of a definition, and those that called it, inner ones first."""
    places = []
    trace: TracebackType | None = failure.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in sources:
            places.append(place_of_instruction(sources[code.co_filename], code, trace.tb_lasti))
        trace = trace.tb_next
    if not places:
        return place_of_line(at_least, 1), []
    inner, *outer = dict.fromkeys(reversed(places))  # a recursion is one call
    return inner, outer


def _advice(parsed: Parsed, failure: BaseException) -> str:
    if isinstance(failure, NameError) and failure.name:
        near = nearest(failure.name, set(parsed.names or ()))
        return f"did you mean {near}?" if near else "correct it there"
    if isinstance(failure, AttributeError) and failure.name:
        who, known = _offered(failure.obj)
        if near := nearest(failure.name, known):
            return f"did you mean {near}?"
        if 0 < len(known) <= _FEW:
            return f"{who} has {listed(known)}"
    return "correct it there"


def _offered(thing: object) -> tuple[str, Sequence[str]]:
    """How to speak of what an attribute was asked of, and what it has that definitions may use."""
    if isinstance(thing, Value):
        return with_article(type(thing).__name__), signature_of(type(thing)).arguments
    public = [name for name in dir(thing) if not name.startswith("_")]
    if isinstance(thing, ModuleType):
        exported = getattr(thing, "__all__", public)
        makers = [name for name in exported if callable(getattr(thing, name, None))]
        return thing.__name__.rpartition(".")[2], makers
    return with_article(type(thing).__name__), public
