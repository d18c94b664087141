"""JSON to and from trees: sorted keys, two blanks a level, a newline at the end.

`json.dumps` leaves its fast encoder as soon as an indent is asked for. This writes the same text in
a fraction of the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring, encode_basestring_ascii

from giggamon_compiler.ir import Tree
from giggamon_compiler.targets.shape import TargetError

_DEEPEST = 100
_TOO_DEEP = f"nested more than {_DEEPEST} levels deep"
_WORDS = {None: "null", True: "true", False: "false"}


def write(tree: Tree) -> str:
    """The text of a tree; characters stand as they are, unless half of a pair is among them."""
    text = _written(tree, "\n", encode_basestring)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _written(tree, "\n", encode_basestring_ascii)
    return f"{text}\n"


def _written(tree: Tree, line: str, quote: Callable[[str], str]) -> str:
    """`line` is the line break with the indent of the part, which its closing bracket takes."""
    kind = type(tree)
    if kind is str:
        return quote(tree)
    if kind is dict:
        if not tree:
            return "{}"
        inner = f"{line}  "
        fields = [
            f"{quote(key)}: "
            f"{quote(it) if type(it := tree[key]) is str else _written(it, inner, quote)}"
            for key in sorted(tree)
        ]
        return f"{{{inner}{f',{inner}'.join(fields)}{line}}}"
    if kind is list:
        if not tree:
            return "[]"
        inner = f"{line}  "
        items = [_written(item, inner, quote) for item in tree]
        return f"[{inner}{f',{inner}'.join(items)}{line}]"
    if kind is int:
        return repr(tree)
    if kind is bool or tree is None:
        return _WORDS[tree]
    if isinstance(tree, Mapping):
        return _written(dict(tree), line, quote)
    if isinstance(tree, tuple):
        return _written(list(tree), line, quote)
    return json.dumps(tree)


def parse(text: str, path: str) -> Tree:
    """The tree of a text. Raises TargetError."""
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        raise TargetError(path, f"no JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise TargetError(path, _TOO_DEEP) from None
    level = [tree] if type(tree) in (dict, list) else []
    for _ in range(_DEEPEST):
        level = [
            item
            for part in level
            for item in (part.values() if type(part) is dict else part)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return tree
    raise TargetError(path, _TOO_DEEP)
