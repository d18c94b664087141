"""Parts of the program to and from JSON, field by field, by the types that their classes state.

A field that holds its default is left out. `file`, `origin` and `covers` are no fields here: the
first is where the text stands, the others are no part of what is meant. In a raw tree a plain
scalar is JSON's own where that gives its text back, else tagged ({"!": "1e3"}); a mapping with
that only key is tagged too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from giggamon_compiler.ir import Plain, Query, Tree
from giggamon_compiler.targets.shape import Keys, ShapeError

_TAG = "!"
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_UNTOLD = frozenset({"file", "origin", "covers"})
_ABSENT = object()


def encode(value: Any) -> Tree:
    """The JSON of a part, or of a value of one of its fields."""
    kind: Any = type(value)
    if kind is str or value is None:  # what most are
        return value
    if kind is Query:
        return value.text
    if kind is Plain:
        return _encode_plain(value)
    if isinstance(value, Mapping):
        encoded = {name: encode(item) for name, item in value.items()}
        return {_TAG: encoded} if encoded.keys() == {_TAG} else encoded
    if is_dataclass(value):
        told = ((name, getattr(value, name), default) for name, _, default in _fields(kind))
        return {name: encode(item) for name, item, default in told if item != default}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    return value


def _encode_plain(text: Plain) -> Tree:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _NUMBER.fullmatch(text) else {_TAG: str(text)}


def decode(kind: Any, tree: Tree, path: str, keys: Keys, **given: Any) -> Any:
    """A part of a class from its JSON and the fields that are given. Raises ShapeError."""
    if not isinstance(tree, dict):
        raise ShapeError(path, keys, f"{_words(keys)} must be an object")
    values = dict(given)
    left = dict(tree)
    for name, hint, default in _fields(kind):
        item = left.pop(name, _ABSENT)
        if item is not _ABSENT:
            values[name] = _decode(hint, item, path, (*keys, name))
        elif default is MISSING:
            raise ShapeError(path, keys, f"{_words((*keys, name))} is missing")
    for name in left:
        raise ShapeError(path, (*keys, name), f"{_words((*keys, name))} is not known")
    return kind(**values)


def _decode(hint: Any, tree: Tree, path: str, keys: Keys) -> Any:
    outer, inner = get_origin(hint) or hint, get_args(hint)
    if outer is Any:
        return _decode_tree(tree)
    if outer in (UnionType, Union):
        return None if tree is None else _decode(inner[0], tree, path, keys)
    if outer is tuple and isinstance(tree, list):
        return tuple(
            _decode(inner[0], item, path, (*keys, index)) for index, item in enumerate(tree)
        )
    if outer is Mapping and isinstance(tree, dict):
        return {
            name: _decode(inner[1], item, path, (*keys, name))
            for name, item in _untagged(tree).items()
        }
    if is_dataclass(outer) and outer is not Query:
        return decode(outer, tree, path, keys)
    if type(tree) is int and outer is int:
        return tree
    if isinstance(tree, str) and outer in (str, Query):
        return outer(tree)
    if isinstance(tree, str) and outer is Literal and tree in inner:
        return tree
    raise ShapeError(path, keys, f"{_words(keys)} must be {_expected(outer, inner)}")


def _decode_tree(tree: Tree) -> Tree:
    if isinstance(tree, list):
        return [_decode_tree(item) for item in tree]
    if isinstance(tree, dict):
        if tree.keys() == {_TAG} and isinstance(tree[_TAG], str):
            return Plain(tree[_TAG])
        return {name: _decode_tree(item) for name, item in _untagged(tree).items()}
    if isinstance(tree, bool) or tree is None:
        return Plain(next(word for word, value in _WORDS.items() if value is tree))
    return tree if isinstance(tree, str) else Plain(str(tree))


def _untagged(tree: dict[str, Tree]) -> dict[str, Tree]:
    inner = tree.get(_TAG)
    return inner if len(tree) == 1 and isinstance(inner, dict) else tree


def _expected(outer: Any, inner: tuple[Any, ...]) -> str:
    if outer is Literal:
        return f"one of {', '.join(inner)}"
    return {tuple: "a list", Mapping: "an object", int: "a whole number"}.get(outer, "a text")


def _words(keys: Keys) -> str:
    """Keys as people read them: rules[3].owner."""
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return "".join(parts).removeprefix(".") or "the file"


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, Any], ...]:
    """Name, type and default of each field that is told; the default may be MISSING."""
    hints = get_type_hints(kind)
    return tuple(
        (
            entry.name,
            hints[entry.name],
            entry.default if entry.default_factory is MISSING else entry.default_factory(),
        )
        for entry in fields(kind)
        if entry.name not in _UNTOLD
    )
