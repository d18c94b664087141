"""YAML to and from raw trees, exact to the character, through libyaml.

In a raw tree a plain scalar that YAML may take for something other than a string is an `ir.Plain`
with its source text; every other scalar is a str. Both are written back so that Prometheus,
Alertmanager and Grafana read the same: strings stand without quotes only where no version of YAML
has a second opinion, and with escapes where a line break or a control character is in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml
from yaml._yaml import CEmitter, CParser

from giggamon_compiler.ir import Plain, Tree
from giggamon_compiler.targets.shape import Keys, TargetError

_DEEPEST = 100

# Characters that libyaml writes as they are, without the breaks U+0085, U+2028 and U+2029.
_SHOWN = r" -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
_ONE_LINE = re.compile(rf"[{_SHOWN}]*")
# Lines that a literal block gives back exactly: no blank ends one or begins the first.
_LINE = rf"[{_SHOWN}]*(?! )[{_SHOWN}]"
_BLOCK = re.compile(rf"(?! ){_LINE}(?:\n(?:{_LINE})?)*(?<!\n\n)")
# A start that leaves only a string; then nothing that ends or splits a plain scalar.
_STRING = re.compile(rf"[A-Za-z_/$(](?:(?!: | #)[{_SHOWN}])*(?<![: ])")
_DURATION = re.compile(r"(?:[0-9]+(?:ms|[smhdwy]))+")
_NO_STRINGS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

_STR_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))
_TREE_TAGS = frozenset({None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})

_MAPPING_START = yaml.MappingStartEvent(None, None, True, flow_style=False)
_MAPPING_END = yaml.MappingEndEvent()
_SEQUENCE_START = yaml.SequenceStartEvent(None, None, True, flow_style=False)
_SEQUENCE_END = yaml.SequenceEndEvent()


def is_bare(text: str) -> bool:
    """Whether a string is written without quotes: no reader takes it for anything else."""
    if _STRING.fullmatch(text):
        return len(text) > 5 or text.lower() not in _NO_STRINGS
    return _DURATION.fullmatch(text) is not None


# Writing ------------------------------------------------------------------------------------------


def write(tree: Tree, comment: str = "") -> str:
    """The text of a tree, mappings in their own order, below one line of comment."""
    stream: Any = _Stream()
    if comment:
        stream.append(f"# {''.join(char if char.isprintable() else ' ' for char in comment)}\n")
    emitter = CEmitter(stream, width=-1, allow_unicode=True)
    emitter.emit(yaml.StreamStartEvent())
    emitter.emit(yaml.DocumentStartEvent(explicit=False))
    _write_tree(emitter, tree, {})
    emitter.emit(yaml.DocumentEndEvent(explicit=False))
    emitter.emit(yaml.StreamEndEvent())
    return "".join(stream)


class _Stream(list[str]):
    """What libyaml writes to; an encoding of None asks it for text."""

    encoding = None
    write = list.append


def _write_tree(emitter: CEmitter, tree: Tree, names: dict[str, yaml.ScalarEvent]) -> None:
    if isinstance(tree, str):
        emitter.emit(_scalar(tree, _style(tree)))
    elif isinstance(tree, Mapping):
        emitter.emit(_MAPPING_START)
        for name, value in tree.items():
            event = names.get(name)
            if event is None:
                event = names[name] = _scalar(name, _style(name))
            emitter.emit(event)
            _write_tree(emitter, value, names)
        emitter.emit(_MAPPING_END)
    else:
        emitter.emit(_SEQUENCE_START)
        for item in tree:
            _write_tree(emitter, item, names)
        emitter.emit(_SEQUENCE_END)


def _scalar(text: str, style: str | None) -> yaml.ScalarEvent:
    return yaml.ScalarEvent(None, None, (True, True), str(text), style=style)


def _style(text: str) -> str | None:
    if type(text) is Plain or is_bare(text):
        return None
    if _ONE_LINE.fullmatch(text):
        return "'"
    return "|" if _BLOCK.fullmatch(text) else '"'


# Reading ------------------------------------------------------------------------------------------


class _Parser(CParser):
    """libyaml's parser, with what composing asks of a loader: tags say nothing here."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        return ""

    def descend_resolver(self, _parent: Any, _index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


def parse(text: str, path: str) -> Tree:
    """The raw tree of a text; an empty one is null. Raises TargetError.

    Refused are, beside bad syntax, a second document, a key that is there twice or is no scalar,
    aliases and merge keys, and tags that change a value.
    """
    try:
        parser = _Parser(text)
        parser.get_event()
        if isinstance(parser.get_event(), yaml.StreamEndEvent):
            return Plain("")
        tree = _read_tree(parser, parser.get_event(), path, 0)
        parser.get_event()
        after = parser.get_event()
    except yaml.YAMLError as error:
        raise _syntax_error(error, text, path) from None
    if not isinstance(after, yaml.StreamEndEvent):
        raise _error(path, "a second document begins here", after)
    return tree


def _read_tree(parser: _Parser, event: Any, path: str, depth: int) -> Tree:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return _read_scalar(event, path)
    if kind is yaml.AliasEvent:
        raise _error(path, f"the alias *{event.anchor} is not read; write the value itself", event)
    if event.tag not in _TREE_TAGS:
        raise _error(path, f"the tag {event.tag} is not read", event)
    if depth == _DEEPEST:
        raise _error(path, f"nested more than {_DEEPEST} levels deep", event)
    if kind is yaml.SequenceStartEvent:
        items = []
        while type(event := parser.get_event()) is not yaml.SequenceEndEvent:
            items.append(_read_tree(parser, event, path, depth + 1))
        return items
    fields: dict[str, Tree] = {}
    while type(event := parser.get_event()) is not yaml.MappingEndEvent:
        name = _read_name(event, path)
        if name in fields:
            raise _error(path, f"{name} is there twice", event)
        fields[name] = _read_tree(parser, parser.get_event(), path, depth + 1)
    return fields


def _read_scalar(event: Any, path: str) -> str:
    text: str = event.value
    if event.tag is None:
        return Plain(text) if event.style == "" and not is_bare(text) else text
    if event.tag in _STR_TAGS:
        return text
    if event.tag in _PLAIN_TAGS:
        return Plain(text)
    raise _error(path, f"the tag {event.tag} is not read", event)


def _read_name(event: Any, path: str) -> str:
    if type(event) is not yaml.ScalarEvent:
        raise _error(path, "a key must be a single value", event)
    if event.value == "<<" and event.style == "":
        raise _error(path, "the merge key << is not read; write the fields themselves", event)
    return str(event.value)


def _error(path: str, message: str, event: Any) -> TargetError:
    mark = event.start_mark
    return TargetError(path, message, mark.line + 1, mark.column + 1)


def _syntax_error(error: yaml.YAMLError, text: str, path: str) -> TargetError:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.problem, error.context) if part)
        if mark is not None:
            lines = text.splitlines() or [""]
            if mark.line < len(lines):
                return TargetError(path, f"no YAML: {said}", mark.line + 1, mark.column + 1)
            return TargetError(path, f"no YAML: {said}", len(lines), len(lines[-1]) + 1)
    before = text.encode()[: max(getattr(error, "position", 0), 0)]
    reason = getattr(error, "reason", error)
    return TargetError(path, f"no YAML: {reason}", before.count(b"\n") + 1)


# Places -------------------------------------------------------------------------------------------


def keys_at(text: str, line: int, column: int | None = None) -> Keys:
    """The keys that lead to what stands at a one-based place; without a column, to the line's last.

    Empty where nothing stands, and for a text that is no YAML. JSON is read as YAML.
    """
    place = (line - 1, column - 1 if column else 1 << 30)
    node = _compose(text)
    keys: Keys = ()
    while isinstance(node, yaml.CollectionNode):
        children = [child for child in _children(node) if _mark(child[1]) <= place]
        if not children:
            break
        key, _, node = children[-1]
        keys = (*keys, key)
    return keys


def place_of(text: str, keys: Keys) -> tuple[int, int] | None:
    """The one-based line and column of what the keys lead to, or of the nearest thing above it."""
    node = _compose(text)
    if node is None:
        return None
    start = _mark(node)
    for key in keys:
        found = [child for child in _children(node) if child[0] == key]
        if not found:
            break
        _, place, node = found[0]
        start = _mark(place)
    return start[0] + 1, start[1] + 1


def _compose(text: str) -> Any:
    try:
        return _Parser(text).get_single_node()
    except (yaml.YAMLError, RecursionError):
        return None


def _children(node: Any) -> list[tuple[str | int, Any, Any]]:
    """Key, the node at which it begins, and value."""
    if isinstance(node, yaml.SequenceNode):
        return [(index, item, item) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return [(str(name.value), name, value) for name, value in node.value]
    return []


def _mark(node: Any) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column
