"""Raw trees as YAML, exact to the character, through libyaml.

Strings stand without quotes only where no version of YAML has a second opinion, and with escapes
where a line break or a control character is in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml
from yaml._yaml import CEmitter

from giggamon_compiler.ir import Plain, Tree

# Characters that libyaml writes as they are, without the breaks U+0085, U+2028 and U+2029.
_SHOWN = r" -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
_ONE_LINE = rf"[{_SHOWN}]*"
# Lines that a literal block gives back exactly: no blank ends one or begins the first.
_LINE = rf"[{_SHOWN}]*(?! )[{_SHOWN}]"
_BLOCK = rf"(?! ){_LINE}(?:\n(?:{_LINE})?)*(?<!\n\n)"
# A start that leaves only a string; then nothing that ends or splits a plain scalar.
_STRING = rf"[A-Za-z_/$(](?:(?!: | #)[{_SHOWN}])*(?<![: ])"
_DURATION = r"(?:[0-9]+(?:ms|[smhdwy]))+"
_NO_STRINGS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

_MAPPING_START = yaml.MappingStartEvent(None, None, True, flow_style=False)
_MAPPING_END = yaml.MappingEndEvent()
_SEQUENCE_START = yaml.SequenceStartEvent(None, None, True, flow_style=False)
_SEQUENCE_END = yaml.SequenceEndEvent()


# With such classes it takes long to make them, and who only reads needs none.
_pattern = lru_cache(re.compile)


def is_bare(text: str) -> bool:
    """Whether a string is written without quotes: no reader takes it for anything else."""
    if _pattern(_STRING).fullmatch(text):
        return len(text) > 5 or text.lower() not in _NO_STRINGS
    return _pattern(_DURATION).fullmatch(text) is not None


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
    elif type(tree) is dict or isinstance(tree, Mapping):
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
    if _pattern(_ONE_LINE).fullmatch(text):
        return "'"
    return "|" if _pattern(_BLOCK).fullmatch(text) else '"'
