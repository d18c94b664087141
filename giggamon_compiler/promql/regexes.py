"""Regular expressions of matchers: RE2's, as Go's regexp reads them, anchored at both ends.

The one place that imports google-re2, and only for what is not plain: names, dots, stars, simple
groups and classes mean the same in Python's own `re`, and are nearly all that people write.

Where Go and RE2 differ was asked of promtool of both versions: `_go_problem` says it.
A dot matches the end of a line too, as since Prometheus 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, cast

from giggamon_compiler.promql.language import knows

_ATOM = (
    r"(?:[a-zA-Z0-9_ :/@,;=!\"'%&~#<>-]|\.|\\[.+*?()|\[\]{}^$/\\_-]|\\[dwsDWS]"
    r"|\[\^?(?:0-9|a-z|A-Z|a-f|A-F|[a-zA-Z0-9_.:/])+\])(?:[*+?]\??)?"
)
_plain = re.compile(rf"(?:{_ATOM}|\((?:\?:)?(?:{_ATOM}|\|)*\)(?:[*+?]\??)?|\|)*").fullmatch
_words = re.compile(r"[^.+*?^$()\[\]{}\\]*").fullmatch
_parts = re.compile(
    r"\\Q.*?(?:\\E|\Z)|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|(?P<byte>\\C)|\\."
    r"|(?P<open>\()(?:\?(?P<new><(?![=!]))|\?P<)?(?P<name>[^>()]*>)?|(?P<close>\))"
    r"|\{[0-9]{6,}",
    re.DOTALL,
).finditer

_DEEPEST = 998  # brackets within brackets; Go counts more, and refuses some of fewer
_TOO_LARGE = "pattern too large"  # for RE2; Go has no bound of memory, and takes it


class _Match(Protocol):
    def group(self, number: int) -> bytes | None: ...


class _Pattern(Protocol):
    groups: int
    groupindex: Mapping[bytes, int]

    def fullmatch(self, text: bytes) -> _Match | None: ...


def problem(pattern: str, version: str) -> str | None:
    """What is wrong with a pattern; None where that version of Prometheus reads it.

    Prometheus 3 reads words between bars without asking whether they are UTF-8. Before 3.0 a
    pattern had to be one with the anchors around it too, which `\\Q` without `\\E` is not.
    """
    if _plain(pattern):
        return None
    old = not knows(version, "3.0")
    if not old and _words(pattern):
        return None
    ready = _compiled(pattern)
    if old and not isinstance(ready, str):
        ready = _compiled(f"^(?:{pattern})$")
    if isinstance(ready, str) and not ready.startswith(_TOO_LARGE):
        return ready
    return _go_problem(pattern, old)


def _go_problem(pattern: str, old: bool) -> str | None:
    """What RE2 takes and Go does not; old: the Go before its 1.22."""
    depth = 0
    for part in _parts(pattern):
        if part["open"]:
            depth += 1
            if depth > _DEEPEST:
                return "expression nests too deeply"
            name = part["name"]
            if part["new"] and old:
                return "invalid or unsupported Perl syntax: (?<"
            if name and part[0].startswith("(?") and not name.isascii():
                return f"invalid named capture: {part[0]}"
        elif part["close"]:
            depth -= 1
        elif part["byte"]:
            return "invalid escape sequence: \\C"
        elif part[0].startswith("{"):
            return f"invalid repeat count: {part[0]}"
    return None


def full_match(pattern: str, value: str) -> bool | None:
    """Whether a pattern matches all of a value; None where that cannot be told.

    It cannot for what is no pattern, and for one that RE2 finds too large.
    """
    ready = _compiled(pattern)
    if isinstance(ready, str):
        return None
    if isinstance(ready, re.Pattern):
        return ready.fullmatch(value) is not None
    return ready.fullmatch(_bytes(value)) is not None


def match_groups(pattern: str, value: str) -> dict[int | str, str] | None:
    """The groups by number and name when all of a value matches, 0 the whole; None otherwise."""
    ready = _compiled(pattern)
    if isinstance(ready, str):
        return None
    if isinstance(ready, re.Pattern):
        plain = ready.fullmatch(value)
        return dict(enumerate((plain[0], *plain.groups("")))) if plain else None
    match = ready.fullmatch(_bytes(value))
    if match is None:
        return None
    groups: dict[int | str, str] = {
        number: (match.group(number) or b"").decode("utf-8", "surrogateescape")
        for number in range(ready.groups + 1)
    }
    return groups | {name.decode(): groups[number] for name, number in ready.groupindex.items()}


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str] | _Pattern | str:
    """A pattern that is ready to match, or what is wrong with it."""
    if _plain(pattern) or _words(pattern):
        return re.compile(pattern, re.DOTALL | re.ASCII)
    import re2

    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    try:
        return cast("_Pattern", re2.compile(_bytes(pattern), options))
    except re2.error as error:
        said = error.args[0] if error.args else b""
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
