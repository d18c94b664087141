"""The rule files that patterns name, and what is in them.

`*`, `?` and `[…]` stand for a part of a name, `**` for any number of folders; names that begin with
a dot are met only by a pattern that does. A folder is entered once, however many links lead there.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache
from pathlib import Path

from giggamon_compiler.findings import Finding

ID = "rules-not-read"
LARGEST = 8 << 20  # bytes: more than a server would want in one file, and still read in seconds
_MAGIC = re.compile(r"[*?\[]")


@dataclass(slots=True)
class Found:
    """Contents by file name, in order; findings: what could not be read; closed: folders of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def refuse(self, name: str, what: str, advice: str) -> None:
        """Something cannot be read."""
        self.findings.append(Finding(ID, f"{name} {what}", None, advice, name, fatal=True))


def read(patterns: Sequence[str]) -> Found:
    """Read every file that the patterns name, each once."""
    found = Found()
    seen: set[tuple[int, int]] = set()
    for pattern in dict.fromkeys(patterns):
        before = len(found.closed)
        names = list(_match(pattern, found))
        if not names and len(found.closed) == before:
            found.refuse(pattern, "names no file", f"patterns are looked up from {_here()}")
        for name in names:
            _read_file(name, found, seen)
    return found


def _read_file(name: str, found: Found, seen: set[tuple[int, int]]) -> None:
    try:
        status = Path(name).stat()
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            return
        seen.add(identity)
        if stat.S_ISDIR(status.st_mode):
            found.refuse(name, "is a folder", f"name the files in it: --rules '{name}/**/*.yml'")
        elif not stat.S_ISREG(status.st_mode):
            found.refuse(name, "is no regular file", "write what it holds to a file")
        else:
            _read_content(name, found)
    except (OSError, ValueError) as error:  # the latter for a NUL in a name
        found.refuse(
            name, f"cannot be read: {_reason(error)}", "look at the path, and who may read"
        )


def _read_content(name: str, found: Found) -> None:
    with Path(name).open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        what = f"is larger than {LARGEST >> 20} MiB, which no rule file should be"
        found.refuse(name, what, "is it a rule file? if so, split it")
    else:
        found.files[name] = content


def _match(pattern: str, found: Found) -> Iterator[str]:
    """The names that a pattern stands for, sorted folder by folder; a name of a file is itself."""
    if not _MAGIC.search(pattern) or os.path.lexists(pattern):
        yield pattern
        return
    root = "/" if pattern.startswith("/") else ""
    yield from _below(root, [part for part in pattern.split("/") if part], found)


def _below(folder: str, parts: Sequence[str], found: Found) -> Iterator[str]:
    part, *rest = parts
    if part == "**":
        for inner in _every_folder(folder, found):
            yield from _below(inner, rest or ["*"], found)
    elif not _MAGIC.search(part):
        name = folder + part
        if not rest:
            if os.path.lexists(name):
                yield name
        elif Path(name).is_dir():
            yield from _below(f"{name}/", rest, found)
    else:
        for entry in _entries(folder, found):
            if not _fits(entry.name, part) or _is_folder(entry) != bool(rest):
                continue
            if rest:
                yield from _below(f"{folder}{entry.name}/", rest, found)
            else:
                yield folder + entry.name


def _every_folder(folder: str, found: Found) -> Iterator[str]:
    """A folder and all that are below it, each once."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        inner = waiting.pop()
        try:
            status = Path(inner).stat()
        except OSError as error:
            _refuse_folder(inner, error, found)
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        yield inner
        entries = _entries(inner, found)
        below = [it.name for it in entries if not it.name.startswith(".") and _is_folder(it)]
        waiting += [f"{inner}{name}/" for name in reversed(below)]


def _entries(folder: str, found: Found) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder or ".") as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return ()
    except OSError as error:
        _refuse_folder(folder, error, found)
        return ()


def _refuse_folder(folder: str, error: OSError, found: Found) -> None:
    name = folder.rstrip("/") or folder or "."
    if name not in found.closed:
        what = f"cannot be looked into: {_reason(error)}"
        found.refuse(name, what, "name files that you may read")
    found.closed.append(name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle is read as a file, which says so
        return False


def _fits(name: str, part: str) -> bool:
    if name.startswith(".") and not part.startswith("."):
        return False
    return _expression(part).match(name) is not None


@lru_cache(maxsize=64)
def _expression(part: str) -> re.Pattern[str]:
    return re.compile(translate(part))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _here() -> str:
    try:
        return str(Path.cwd())
    except OSError:  # the folder is gone
        return "a folder that is gone"
