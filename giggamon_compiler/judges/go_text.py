"""Texts as Go prints them: quoted with escapes, and sets of labels as Prometheus shows them."""

from __future__ import annotations

import re

QUOTED = r'"(?:[^"\\]|\\.)*"'

_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PAIR = re.compile(rf"({QUOTED}|[^\s{{}}=,\"]+)=({QUOTED})")
_SET = re.compile(rf"\{{(?:(?:{_PAIR.pattern})(?:, )?)*\}}")


def quote(text: str) -> str:
    """A text in double quotes, as PromQL and Alertmanager read it back."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def unquote(text: str) -> str:
    """The text that stands in quotes, with Go's escapes undone."""
    return _ESCAPE.sub(lambda match: _character(match[1]), text[1:-1])


def _character(escape: str) -> str:
    if len(escape) > 1:
        number = int(escape[1:], 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _SIMPLE.get(escape, escape)


def read_label_sets(text: str) -> list[dict[str, str]]:
    """The sets of labels in a text: `{a="1"} 1E+00, {a="2"} 1E+00`."""
    return [
        {_name(pair[1]): unquote(pair[2]) for pair in _PAIR.finditer(found[0])}
        for found in _SET.finditer(text)
    ]


def _name(text: str) -> str:
    return unquote(text) if text.startswith('"') else text


def show_labels(labels: dict[str, str]) -> str:
    """A set of labels as Prometheus shows it, sorted by name."""
    return "{" + ", ".join(f"{name}={quote(labels[name])}" for name in sorted(labels)) + "}"
