"""YAML as this compiler writes it, to raw trees, and the places in it.

Whatever the compiler never writes is refused at its place: aliases, merge keys, tags that change a
value, a key that is there twice.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml._yaml import CParser

from giggamon_compiler.ir import Plain, Tree
from giggamon_compiler.targets.shape import Keys, TargetError
from giggamon_compiler.targets.yaml_text.writing import is_bare

_DEEPEST = 100

_STR_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))
_TREE_TAGS = frozenset({None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


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
