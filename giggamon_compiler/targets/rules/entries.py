"""The fields of a mapping in a foreign rule file, each read by its kind, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal

from giggamon_compiler.findings import FilePlace, Finding, Note, Origin, TextFile
from giggamon_compiler.ir import Plain, Tree
from giggamon_compiler.targets import yaml_text
from giggamon_compiler.targets.rules.validity import Version, duration_fault, version_of
from giggamon_compiler.targets.shape import Keys, is_null

ID = "rules-file"
IGNORED = "rules-ignored"

Kind = Literal["text", "duration", "integer", "texts", "list"]
_MUST = {
    "text": "a single value",
    "duration": "a duration, as 5m",
    "integer": "a number",
    "texts": "a mapping of names to values",
    "list": "a list",
}
_AS_WRITTEN = frozenset({"alert", "record", "expr"})
_NULLS_ARE_NULL = (3, 0)
MOST = 1000  # findings in one file
_DECIMAL = frozenset("0123456789")


@dataclass(slots=True)
class Reading:
    """One reading of a file, for a version of Prometheus."""

    file: TextFile
    version: Version
    findings: list[Finding] = field(default_factory=list)

    def say(
        self,
        message: str,
        path: Keys,
        *,
        key: bool = False,
        advice: str = "",
        subject: str = "",
        notes: tuple[Note, ...] = (),
    ) -> None:
        """Something is wrong with a part of the file."""
        if len(self.findings) < MOST:
            origin = FilePlace(self.file, path, key=key)
            self.findings.append(Finding(ID, message, origin, advice, subject, notes=notes))
        elif len(self.findings) == MOST:
            more = f"{self.file.name}: more than {MOST:,} things are wrong, and no more are said"
            self.findings.append(Finding(ID, more, None, "is it a rule file?", self.file.name))

    def say_at(self, message: str, start: int, end: int, advice: str = "") -> None:
        """Something is wrong at some characters of the file."""
        place: Origin = yaml_text.marks_of(self.file).place(start, end)
        self.findings.append(Finding(ID, f"{self.file.name}: {message}", place, advice))

    def say_conflict(self, start: int, end: int) -> None:
        """A merge conflict begins, of which no reader of YAML makes sense."""
        message = f"{self.file.name} holds a merge conflict that nobody has resolved"
        advice = "choose one of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"
        place: Origin = yaml_text.marks_of(self.file).place(start, end)
        self.findings.append(Finding(ID, message, place, advice))

    def say_ignored(self, start: int) -> None:
        """A further document begins, which Prometheus does not look at."""
        marks = yaml_text.marks_of(self.file)
        message = f"{self.file.name}: Prometheus reads only the first document, and not this one"
        advice = "move its groups to the first document, or to a file of their own"
        place = marks.place(start, marks.end_of_line(start))
        self.findings.append(Finding(IGNORED, message, place, advice, self.file.name))


@dataclass(slots=True)
class Entries:
    """A mapping taken apart.

    who: how a message names it; values: by field, as its kind says; rest: what has no field of its
    own, what is null and what is empty
    """

    reading: Reading
    path: Keys
    who: str
    subject: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, Tree] = field(default_factory=dict)

    def take(
        self, tree: Tree, kinds: Mapping[str, Kind], since: Mapping[str, str] | None = None
    ) -> bool:
        """Take a mapping apart; whether it is one."""
        if not isinstance(tree, dict):
            self.reading.say(f"{self.who} must be a mapping", self.path, subject=self.subject)
            return False
        for name, item in tree.items():
            kind = kinds.get(name)
            if kind is None or (type(name) is Plain and is_null(name)):
                self._take_unknown(name, item, kinds)
                continue
            if since and name in since and version_of(since[name]) > self.reading.version:
                self._refuse_newer(name, since[name])
            elif (is_null(item) and not (item and self._is_kept(name))) or (
                not isinstance(item, str) and self._is_kept(name)
            ):
                self.rest[name] = item
            elif kind == "text" and isinstance(item, str):
                if item:
                    self.values[name] = str(item)
                else:
                    self.rest[name] = item
            else:
                _TAKERS[kind](self, name, item)
        return True

    def wrong(self, name: str, what: str, advice: str = "", *, key: bool = False) -> None:
        """Something is wrong with a field."""
        self.reading.say(
            f"{self.who}: {what}",
            (*self.path, name),
            key=key,
            advice=advice,
            subject=self.subject,
        )

    def _is_kept(self, name: str) -> bool:
        """Whether what stands there is taken as it is: a null as text, what is no text as none."""
        return name in _AS_WRITTEN and self.reading.version < _NULLS_ARE_NULL

    def _take_unknown(self, name: str, item: Tree, kinds: Mapping[str, Kind]) -> None:
        if type(name) is Plain and is_null(name):  # Go leaves it out
            self.rest[name] = item
            return
        near = get_close_matches(name, kinds, n=1, cutoff=0.6)
        advice = f"did you mean {near[0]}?" if near else f"it has {', '.join(kinds)}"
        self.wrong(name, f"Prometheus knows no field {name} here", advice, key=True)

    def _refuse_newer(self, name: str, since: str) -> None:
        what = f"Prometheus has the field {name} since {since}"
        self.wrong(name, what, "leave it out, or name your version with --prometheus", key=True)

    def _refuse_kind(self, name: str, kind: Kind) -> None:
        self.wrong(name, f"{name} must be {_MUST[kind]}")

    def _take_text(self, name: str, _item: Tree) -> None:
        self._refuse_kind(name, "text")

    def _take_duration(self, name: str, item: Tree) -> None:
        if not isinstance(item, str):
            self._refuse_kind(name, "duration")
        elif fault := duration_fault(item):
            self.wrong(name, f'{name} "{item}" {fault}', 'write it as in "5m" or "1h30m"')
        else:
            self.values[name] = str(item)

    def _take_integer(self, name: str, item: Tree) -> None:
        if type(item) is not Plain or not yaml_text.is_integer(item):
            self._refuse_kind(name, "integer")
        elif _DECIMAL.issuperset(item.removeprefix("-")):
            self.values[name] = str(item)
        else:
            self.rest[name] = item

    def _take_texts(self, name: str, item: Tree) -> None:
        if not isinstance(item, dict):
            self._refuse_kind(name, "texts")
            return
        texts: dict[str, str] = {}
        rest: dict[str, Tree] = {}
        for key, value in item.items():
            if type(key) is Plain and is_null(key):  # Go leaves it out
                rest[key] = value
            elif is_null(value):
                texts[str(key)] = ""
                rest[key] = value
            elif isinstance(value, str):
                texts[str(key)] = str(value)
            else:
                self._refuse_part(name, key)
        if texts:
            self.values[name] = texts
        if rest or not texts:
            self.rest[name] = rest

    def _refuse_part(self, name: str, key: str) -> None:
        path = (*self.path, name, key)
        message = f"{self.who}: {key} of {name} must be a single value"
        self.reading.say(message, path, subject=self.subject)

    def _take_list(self, name: str, item: Tree) -> None:
        if not isinstance(item, list):
            self._refuse_kind(name, "list")
        elif item:
            self.values[name] = item
        else:
            self.rest[name] = item


_TAKERS: Mapping[Kind, Callable[[Entries, str, Tree], None]] = {
    "text": Entries._take_text,
    "duration": Entries._take_duration,
    "integer": Entries._take_integer,
    "texts": Entries._take_texts,
    "list": Entries._take_list,
}
