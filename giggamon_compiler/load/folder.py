"""The folder of definitions on disk: Python files, runbooks, catalogues, what cannot be read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from giggamon_compiler.findings import Finding, Place
from giggamon_compiler.load import catalogues
from giggamon_compiler.load.names import fault_of_identity
from giggamon_compiler.load.runbooks import headings_in
from giggamon_compiler.load.source import Source, conflicts_in
from giggamon_compiler.load.wording import printable
from giggamon_compiler.model.definitions import Catalogue

ROOT = "definitions"
_RUNBOOKS = "runbooks"
_WILD = re.compile(r"[][*?]")


@dataclass(slots=True)
class Folder:
    """What a folder holds.

    shown: how the folder itself is shown; sources: by name; runbooks, catalogues: as in
    `Definitions`; findings: what could not be read
    """

    shown: str
    sources: dict[str, Source] = field(default_factory=dict)
    runbooks: dict[str, Mapping[str, bool]] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_folder(path: Path) -> Folder:
    """Read every file that the folder's meaning depends on."""
    folder = Folder(shown_path(path))
    if not path.is_dir():
        wrong = "is no folder" if os.path.lexists(path) else "does not exist"
        folder.findings.append(_missing(folder.shown, wrong))
        return folder
    unreadable: list[Finding] = []
    for relative in sorted(_walk(path, "", folder.shown, (), unreadable)):
        read_file(folder, path, relative, unreadable)
    if not folder.sources and not unreadable:
        folder.findings.append(_missing(folder.shown, "holds no definition file"))
    folder.findings += unreadable
    folder.findings += _shadowed(folder)
    return folder


def shown_path(path: Path) -> str:
    """A folder as people know it: below the working folder, or else its name alone."""
    try:
        absolute = path.absolute()
    except OSError:  # the working folder was deleted
        return printable(path.as_posix())
    try:
        below = absolute.relative_to(Path.cwd())
    except (ValueError, OSError):
        return printable(absolute.name or str(absolute))
    return printable(below.as_posix() if below.parts else absolute.name)


def read_file(folder: Folder, root: Path, relative: str, findings: list[Finding]) -> None:
    """Read one file into the folder, or add what is wrong with it."""
    shown = printable(f"{folder.shown}/{relative}")
    try:
        content = (root / relative).read_bytes()
    except OSError as error:
        findings.append(_unreadable(shown, error))
        return
    text = _decode(shown, content, findings)
    if text is None:
        return
    if relative.endswith(".md"):
        findings += conflicts_in(shown, text)
        name = relative.removeprefix(f"{_RUNBOOKS}/").removesuffix(".md")
        folder.runbooks[name] = headings_in(text)
        return
    if relative.endswith(catalogues.SUFFIX):
        read_catalogue(folder, relative, shown, text, findings)
        return
    name = relative.removesuffix(".py")
    parts = name.split("/")
    for part in parts:
        fault = _fault_of_file(part)
        if fault:
            findings.append(_bad_file_name(shown, fault))
            return
    if parts[-1] == "__init__":
        parts.pop()
    module = ".".join((ROOT, *parts))
    path = str((root / relative).absolute())
    folder.sources[name] = Source(name, module, shown, path, text)


def read_catalogue(
    folder: Folder, relative: str, shown: str, text: str, findings: list[Finding]
) -> None:
    """Read an exposition into the folder, or add what is wrong with it."""
    name = relative.removeprefix(catalogues.FOLDER).removesuffix(catalogues.SUFFIX)
    conflicts = list(conflicts_in(shown, text))
    read = None if conflicts else catalogues.read_catalogue(shown, text)
    if isinstance(read, Catalogue):
        folder.catalogues[name] = read
    findings += conflicts if read is None else [read] if isinstance(read, Finding) else []


def _fault_of_file(part: str) -> str | None:
    if "." in part:
        return "a dot, which no import can name"
    if wild := _WILD.search(part):
        return f"{wild[0]} in it, which Prometheus reads as a pattern"
    return fault_of_identity(part)


def _walk(
    root: Path, below: str, shown: str, above: tuple[tuple[int, int], ...], findings: list[Finding]
) -> Iterator[str]:
    """Every file to read, as a path below the root; links to a folder above end the walk."""
    here = printable(f"{shown}/{below}".rstrip("/"))
    try:
        status = (root / below).stat()
        if (status.st_dev, status.st_ino) in above:
            findings.append(_unreadable(here, "it is a link to a folder above itself"))
            return
        entries = sorted(entry.name for entry in (root / below).iterdir())
    except OSError as error:
        findings.append(_unreadable(here, error))
        return
    above = (*above, (status.st_dev, status.st_ino))
    for entry in entries:
        relative = f"{below}{entry}"
        if entry.startswith(".") or entry == "__pycache__":
            continue
        wanted = (
            entry.endswith(".py")
            or (entry.endswith(".md") and relative.startswith(f"{_RUNBOOKS}/"))
            or (entry.endswith(catalogues.SUFFIX) and relative.startswith(catalogues.FOLDER))
        )
        try:
            mode = (root / relative).stat().st_mode
        except OSError as error:
            if wanted:
                findings.append(_unreadable(printable(f"{shown}/{relative}"), error))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(root, f"{relative}/", shown, above, findings)
        elif wanted and stat.S_ISREG(mode):
            yield relative
        elif wanted:
            findings.append(_unreadable(printable(f"{shown}/{relative}"), "it is no regular file"))


def _decode(shown: str, content: bytes, findings: list[Finding]) -> str | None:
    content = content.removeprefix(b"\xef\xbb\xbf")
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        place = _place_of_byte(shown, content, error.start)
        findings.append(
            Finding(
                "not-utf-8",
                f"{shown} is not UTF-8: byte 0x{content[error.start]:02x} cannot be read",
                place,
                "save the file as UTF-8",
                shown,
                fatal=True,
            )
        )
        return None
    if "\0" in text:
        findings.append(
            Finding(
                "nul-byte",
                f"{shown} holds a NUL byte, so it is no text",
                _place_of_byte(shown, content, content.index(0)),
                "restore the file, or delete that character",
                shown,
                fatal=True,
            )
        )
        return None
    return text


def _place_of_byte(shown: str, content: bytes, offset: int) -> Place:
    start = content.rfind(b"\n", 0, offset) + 1
    line = content.count(b"\n", 0, offset) + 1
    column = len(content[start:offset].decode(errors="replace")) + 1
    end = content.find(b"\n", offset)
    text = content[start : end if end >= 0 else len(content)].decode(errors="replace")
    return Place(shown, line, column, line, column + 1, text)


def _shadowed(folder: Folder) -> Iterator[Finding]:
    """Files that Python would never import, because a folder has the same name."""
    folders = {name[: end.start()] for name in folder.sources for end in re.finditer("/", name)}
    for name in sorted(folders & folder.sources.keys()):
        file = folder.sources.pop(name).file
        yield Finding(
            "file-shadowed",
            f"{file} can never be imported, because the folder beside it has the same name",
            Place(file, 1, 1, 1, 1),
            "rename the file or the folder",
            file,
            fatal=True,
        )


def _missing(shown: str, wrong: str) -> Finding:
    return Finding(
        "no-definitions",
        f"{shown} {wrong}",
        None,
        "name the folder that holds your definitions, or begin one with policy.py, "
        "environment.py, teams.py and a file for each service in services/",
        shown,
        fatal=True,
    )


def _bad_file_name(shown: str, fault: str) -> Finding:
    return Finding(
        "bad-file-name",
        f"{shown} has a name with {fault}",
        Place(shown, 1, 1, 1, 1),
        "rename the file",
        shown,
        fatal=True,
    )


def _unreadable(shown: str, error: OSError | str) -> Finding:
    reason = error if isinstance(error, str) else (error.strerror or type(error).__name__)
    return Finding(
        "file-unreadable",
        f"{shown} cannot be read: {reason}",
        Place(shown, 1, 1, 1, 1),
        "make it readable, or take it out of the folder",
        shown,
        fatal=True,
    )
