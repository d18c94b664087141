"""What every part says: a finding, and the place that it speaks of.

Positions are one-based lines and columns, columns count characters, and ends are exclusive: a span
of one character at the start of a file is 1:1 to 1:2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import CodeType
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a file; `text` is its first line as it stands there."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Where a value was constructed: code and last instruction of each frame, innermost first.

    `base` is the same of the value that this one is a `dataclasses.replace` of.
    """

    frames: tuple[tuple[CodeType, int], ...] = field(repr=False)
    base: Made | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PyPlace:
    """A value of the definitions, or an argument of it, whose span is looked up when reported.

    `path` leads from the value to the part meant: the argument's name, then keys and indices, such
    as ("fires", "32m", 0, "job"). An empty path means the call itself.
    """

    made: Made
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TextFile:
    """A file that was read as text; name: as people call it, to be shown."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A part of a file that this compiler did not write, whose span is looked up when reported.

    `path` leads to the part by keys and indices, through aliases and merge keys; `key` says that
    the last key itself is meant, and not what stands there.
    """

    file: TextFile
    path: tuple[str | int, ...] = ()
    key: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Within:
    """Characters `start` to `end` of a text that is written at `origin`, such as of a query.

    Where the characters cannot be traced to what is written there, the whole of it is meant.
    """

    origin: PyPlace | FilePlace
    text: str = field(repr=False)
    start: int
    end: int


Origin = Place | PyPlace | FilePlace | Within | None


def at(origin: Origin, *path: str | int) -> Origin:
    """The origin of a part of something: an argument, a key or an item below it."""
    if isinstance(origin, PyPlace):
        return PyPlace(origin.made, origin.path + path)
    if isinstance(origin, FilePlace):
        return FilePlace(origin.file, origin.path + path)
    return origin


def within(origin: Origin, text: str, start: int, end: int) -> Origin:
    """The origin of some characters of a text that is written at another origin."""
    if isinstance(origin, PyPlace | FilePlace):
        return Within(origin, text, start, end)
    return origin


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that belongs to a finding: where the cause lies, or a call that led there.

    `secret`: that a secret may stand at the place, so that no report shows the line.
    """

    message: str
    origin: Origin
    secret: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: who, what, where, and what to do about it.

    `subject` is the identity of what is meant (`orders/OrdersDown`), `message` begins with its
    name, `help` is one concrete next step. `fatal` marks what kept the job from being done (exit
    code 2), `secret` that a secret may stand at the place, so that no report shows the line.
    """

    id: str
    message: str
    origin: Origin = None
    help: str = ""
    subject: str = ""
    level: Level = "error"
    notes: tuple[Note, ...] = ()
    fatal: bool = field(default=False, kw_only=True)
    secret: bool = field(default=False, kw_only=True)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is of level error."""
    return any(finding.level == "error" for finding in findings)
