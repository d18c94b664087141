"""The shape that a format expects of a file: what is modelled, what is left over, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import overload

from giggamon_compiler.ir import Plain, Tree

Keys = tuple[str | int, ...]

# How YAML 1.1 and 1.2 write null, as Go's reader takes it.
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "yes", "on", "y"})
_FALSE = frozenset({"false", "no", "off", "n"})


class TargetError(Exception):
    """A file that cannot be read: its path, what is wrong, and where (from 1), if known."""

    def __init__(
        self, path: str, message: str, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = path
        self.message = message
        self.line = line
        self.column = column


class ShapeError(Exception):
    """A part of a file that is not what its format says; `keys` lead to it."""

    def __init__(self, path: str, keys: Keys, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.keys = keys
        self.message = message


class Fields:
    """A mapping of a file, taken apart field by field; `rest` is what nobody has asked for yet."""

    __slots__ = ("keys", "path", "rest")

    def __init__(self, tree: Tree, path: str, keys: Keys = ()) -> None:
        if is_null(tree):
            tree = {}
        if not isinstance(tree, dict):
            raise ShapeError(path, keys, f"{_last(keys)} must be a mapping")
        self.rest: dict[str, Tree] = dict(tree)
        self.path = path
        self.keys = keys

    def wrong(self, name: str, message: str) -> ShapeError:
        """The error that says so of a field."""
        return ShapeError(self.path, (*self.keys, name), message)

    @overload
    def text(self, name: str) -> str | None: ...

    @overload
    def text(self, name: str, default: str) -> str: ...

    def text(self, name: str, default: str | None = None) -> str | None:
        """A scalar as text; the default where it is not there, or null."""
        tree = self.rest.pop(name, None)
        if tree is None or is_null(tree):
            return default
        if not isinstance(tree, str):
            raise self.wrong(name, f"{name} must be a single value")
        return str(tree)

    def needed(self, name: str) -> str:
        """A scalar as text, which must be there."""
        text = self.text(name)
        if text is None:
            raise ShapeError(self.path, self.keys, f"{name} is missing")
        return text

    def flag(self, name: str) -> bool:
        """A boolean in any of YAML's spellings; False where it is not there."""
        text = self.text(name)
        if text is None or text.lower() in _FALSE:
            return False
        if text.lower() in _TRUE:
            return True
        raise self.wrong(name, f"{name} must be true or false")

    def items(self, name: str) -> list[Tree] | None:
        """A sequence, raw; None where it is not there, or null."""
        tree = self.rest.pop(name, None)
        if tree is None or is_null(tree):
            return None
        if not isinstance(tree, list):
            raise self.wrong(name, f"{name} must be a list")
        return tree

    def texts(self, name: str) -> tuple[str, ...]:
        """A sequence of scalars; empty where it is not there."""
        items = self.items(name) or []
        for index, item in enumerate(items):
            if not isinstance(item, str):
                message = f"an item of {name} must be a single value"
                raise ShapeError(self.path, (*self.keys, name, index), message)
        return tuple(map(str, items))

    def text_map(self, name: str) -> dict[str, str]:
        """A mapping to scalars; empty where it is not there."""
        tree = self.rest.pop(name, None)
        if tree is None or is_null(tree):
            return {}
        if not isinstance(tree, dict):
            raise self.wrong(name, f"{name} must be a mapping")
        for key, value in tree.items():
            if not isinstance(value, str):
                message = f"{key} of {name} must be a single value"
                raise ShapeError(self.path, (*self.keys, name, key), message)
        return {key: "" if is_null(value) else str(value) for key, value in tree.items()}

    def below(self, name: str) -> Fields:
        """A mapping, to be taken apart; without fields where it is not there."""
        return Fields(self.rest.pop(name, {}), self.path, (*self.keys, name))

    def each(self, name: str) -> Iterator[Fields]:
        """A sequence of mappings, to be taken apart one by one."""
        for index, item in enumerate(self.items(name) or ()):
            yield Fields(item, self.path, (*self.keys, name, index))

    def nothing_left(self) -> None:
        """Refuse a field that the program has no place for."""
        for name in self.rest:
            raise self.wrong(name, f"{name} is a field that is not read here")


def is_null(tree: Tree) -> bool:
    """Whether a tree is YAML's null."""
    return type(tree) is Plain and tree in NULLS


def in_order(tree: Tree) -> Tree:
    """A raw tree with the keys of every mapping sorted."""
    if isinstance(tree, Mapping):
        return {key: in_order(tree[key]) for key in sorted(tree)}
    if isinstance(tree, (list, tuple)):
        return [in_order(item) for item in tree]
    return tree


def present(fields: Mapping[str, Tree | None], rest: Mapping[str, Tree]) -> dict[str, Tree]:
    """The fields that are there, in their order, then those of `rest`, sorted by name.

    Of a mapping that both have, `rest` holds the remainder; of a list, what stands between the
    items, with an empty mapping in the place of each of them.
    """
    known = {name: tree for name, tree in fields.items() if tree is not None}
    for name in sorted(rest):
        tree = in_order(rest[name])
        if isinstance(tree, dict) and isinstance(known.get(name), dict):
            known[name] = {**known[name], **tree}
        elif isinstance(tree, list) and isinstance(known.get(name), list):
            items = iter(known[name])
            known[name] = [next(items) if item == {} else item for item in tree]
        else:
            known.setdefault(name, tree)
    return known


def below(files: Mapping[str, str], folder: str, suffix: str) -> Iterator[tuple[str, str, str]]:
    """The files of a folder: name below it without suffix, path, text; sorted by name."""
    names = {
        path[len(folder) : -len(suffix)]: path
        for path in files
        if path.startswith(folder) and path.endswith(suffix)
    }
    return ((name, names[name], files[names[name]]) for name in sorted(names))


def _last(keys: Keys) -> str:
    names = [key for key in keys if isinstance(key, str)]
    return names[-1] if names else "the file"
