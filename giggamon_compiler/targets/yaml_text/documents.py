"""YAML that somebody else wrote, as Go's yaml.v3 reads it, to raw trees.

Aliases and merge keys stand for what they mean; an alias shares the tree of its anchor, and what
all of them come to is bounded as Go bounds it. Tags are dropped once they are obeyed. Offsets count
characters. Facts: gopkg.in/yaml.v3 (decode.go, resolve.go), each tried with promtool.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml._yaml import CParser

from giggamon_compiler.ir import Plain, Tree
from giggamon_compiler.targets.shape import NULLS
from giggamon_compiler.targets.yaml_text.numbers import BOOLS, kind_of

_Scalar, _Alias = yaml.ScalarEvent, yaml.AliasEvent
_SequenceStart, _SequenceEnd = yaml.SequenceStartEvent, yaml.SequenceEndEvent
_MappingEnd = yaml.MappingEndEvent
_DEEPEST = 100
_MOST_NODES = 500_000  # of more than 25,000 rules: more could not be read in a second or two
# How a scalar without quotes begins that is a number, a date or nothing; and what else is no text.
_TYPED = "+-.0123456789~"
_WORDS = NULLS | BOOLS
_CORE = "tag:yaml.org,2002:"
_KINDS = frozenset({"int", "float", "bool", "null", "timestamp"})
_SLASH = re.compile(r'"(?:[^"\\]|\\[^/])*\\/')
_BEGINS_DOCUMENT = re.compile(r"(?:^|[\n\r])---(?:\s|#[^\n\r]*)*\Z")
_MARK_BEGINS_LINE = re.compile("[\n\r\x85\u2028\u2029]\ufeff")

# What Go takes for an attack, from decode.go: the share of nodes that come from aliases.
_FEW_ALIASED, _FEW_NODES = 100, 1000
_LOW, _HIGH, _SHARE, _LEAST = 400_000, 4_000_000, 0.99, 0.10


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at some characters of a text."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The first document of a text, which is all that Go's reader looks at.

    tree: None where there is none to be had; faults: why Go refuses it, or would read it otherwise
    ignored: where a further document begins
    """

    tree: Tree | None
    faults: Sequence[Fault] = ()
    ignored: int | None = None


def read_document(text: str) -> Document:
    """The first document of a text; an empty one is null. Whatever is wrong with it is a fault."""
    reader = _Reader(text)
    try:
        tree = reader.read()
    except _Stop as stop:
        return Document(None, (*reader.faults, stop.fault))
    except yaml.YAMLError as error:
        return Document(None, (*reader.faults, _syntax_fault(error, text)))
    if found := _MARK_BEGINS_LINE.search(text):
        reader.faults.append(Fault("a byte order mark begins a line", found.end() - 1, found.end()))
    return Document(tree, reader.faults, reader.find_ignored())


class _Stop(Exception):
    """What is wrong with a text, where it cannot be read further."""

    def __init__(self, message: str, event: Any) -> None:
        super().__init__(message)
        self.fault = _fault(message, event)


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._next: Any = CParser(text).get_event
        # The tree of each anchor and how many nodes it is; None while it is being read.
        self._anchors: dict[str, tuple[Tree, int] | None] = {}
        self._nodes = 0
        self._aliased = 0
        # What Go reads otherwise than libyaml is looked for only where it can be.
        self._careful = r"\/" in text or "?" in text
        self._flows = 0
        self._end = 0

    def read(self) -> Tree:
        """The tree of the first document."""
        self._next()
        start = self._next()
        if type(start) is yaml.StreamEndEvent:
            return Plain("")
        if start.version not in (None, (1, 1)):
            raise _Stop("its version of YAML is not 1.1", start)
        tree = self._read(self._next(), 0)
        self._end = self._next().end_mark.index
        return tree

    def find_ignored(self) -> int | None:
        """Where the next document begins that says something.

        Go stumbles over its first token, and over directives, but looks no further.
        """
        began = False
        try:
            while began := type(self._next()) is yaml.DocumentStartEvent:
                event = self._next()
                if type(event) is not _Scalar or event.value or event.style:
                    offset: int = event.start_mark.index
                    return offset
                self._next()
        except yaml.YAMLError as error:
            fault = _syntax_fault(error, self._text)
            directive = not began and self._text.startswith("%", self._end)
            if directive or (began and _BEGINS_DOCUMENT.search(self._text[: fault.start])):
                self.faults.append(fault)
            return fault.start
        return None

    def _read(self, event: Any, depth: int) -> Tree:
        kind = type(event)
        self._nodes += 1
        if kind is _Scalar:
            value: str = event.value
            if event.tag is not None or event.anchor is not None or self._careful:
                value = self._read_scalar(event)
            elif event.style == "" and (value[:1] in _TYPED or value in _WORDS):
                value = Plain(value)
            return value
        if kind is _Alias:
            return self._read_alias(event)
        if self._nodes > _MOST_NODES:
            raise _Stop(f"more than {_MOST_NODES:,} values, which nobody reads: split it", event)
        if depth == _DEEPEST:
            raise _Stop(f"nested more than {_DEEPEST} levels deep", event)
        before = self._nodes
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._flows += event.flow_style
        read = self._read_sequence if kind is _SequenceStart else self._read_mapping
        tree: Tree = read(depth + 1)
        self._flows -= event.flow_style
        if event.anchor is not None:
            self._anchors[event.anchor] = (tree, self._nodes - before + 1)
        return tree

    def _read_sequence(self, depth: int) -> Tree:
        items = []
        while type(event := self._next()) is not _SequenceEnd:
            items.append(self._read(event, depth))
        return items

    def _read_mapping(self, depth: int) -> Tree:
        fields: dict[str, Tree] = {}
        merged: list[Tree] = []
        merges = 0
        while type(event := self._next()) is not _MappingEnd:
            if _is_merge(event):
                merges += 1
                if merges == 2:
                    self.faults.append(_fault("the merge key << is there twice", event))
                merged += self._read_merged(depth)
                continue
            name = self._read(event, depth)
            value = self._read(self._next(), depth)
            if not isinstance(name, str):
                self.faults.append(_fault("a key must be a single value", event))
            elif name in fields:
                self.faults.append(_fault(f"{name or 'the empty key'} is there twice", event))
            else:
                fields[name] = value
        for other in merged:
            for name, value in other.items():
                fields.setdefault(name, value)
        return fields

    def _read_merged(self, depth: int) -> list[Tree]:
        """The mappings that a merge key takes in, the first first."""
        event = self._next()
        tree = self._read(event, depth)
        if isinstance(tree, list) and type(event) is not _Alias:
            trees = tree
        else:
            trees = [tree]
        if not all(isinstance(it, dict) for it in trees):
            self.faults.append(_fault("the merge key << takes a mapping, or a list of them", event))
            return []
        return trees

    def _read_alias(self, event: Any) -> Tree:
        if event.anchor not in self._anchors:
            raise _Stop(f"there is no anchor &{event.anchor} above this", event)
        known = self._anchors[event.anchor]
        if known is None:
            raise _Stop(f"the anchor &{event.anchor} holds itself", event)
        tree, size = known
        self._nodes += size
        self._aliased += size
        if self._aliased > _FEW_ALIASED and self._nodes > _FEW_NODES:
            share = self._aliased / self._nodes
            over = min(max(self._nodes - _LOW, 0) / (_HIGH - _LOW), 1)
            if share > _SHARE - (_SHARE - _LEAST) * over:
                raise _Stop("its aliases stand for more than anybody wrote", event)
        return tree

    def _read_scalar(self, event: Any) -> str:
        text = self._obey_tag(event)
        if self._careful:
            self._judge_spelling(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (text, 1)
        return text

    def _judge_spelling(self, event: Any) -> None:
        """What libyaml takes, and Go does not."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.style == '"' and (found := _SLASH.match(self._text, start, end)):
            fault = Fault(r"Go's YAML knows no escape \/", found.end() - 2, found.end())
            self.faults.append(fault)
        if event.style == "" and self._flows and "?" in event.value:
            message = "a ? between braces or brackets needs quotes around the whole value"
            self.faults.append(Fault(message, start, end))

    def _obey_tag(self, event: Any) -> str:
        text: str = event.value
        tag: str | None = event.tag
        if tag is None or tag == "!":
            typed = event.style == "" and (text[:1] in _TYPED or text in _WORDS)
            return Plain(text) if typed else text
        kind = tag.removeprefix(_CORE)
        if kind == "binary":
            return self._read_binary(event)
        if tag.startswith(_CORE) and kind in _KINDS:
            if kind_of(text) != kind and (kind, kind_of(text)) != ("float", "int"):
                raise _Stop(f"{text} is no !!{kind}", event)
            return Plain(text)
        return text

    def _read_binary(self, event: Any) -> str:
        try:
            return b64decode(re.sub(r"[\r\n]", "", event.value), validate=True).decode()
        except ValueError:
            raise _Stop("a value of the tag !!binary holds no text in base64", event) from None


def _is_merge(event: Any) -> bool:
    return (
        type(event) is _Scalar
        and event.value == "<<"
        and (event.tag == f"{_CORE}merge" or (event.tag in (None, "!") and event.style == ""))
    )


def _fault(message: str, event: Any) -> Fault:
    return Fault(message, event.start_mark.index, event.end_mark.index)


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.problem, error.context) if part)
        if mark is not None:
            start = min(mark.index, len(text))
            return Fault(f"no YAML: {said}", start, min(start + 1, len(text)))
    before = text.encode()[: max(getattr(error, "position", 0), 0)]
    start = len(before.decode(errors="ignore"))
    return Fault(f"no YAML: {getattr(error, 'reason', error)}", start, start + 1)
