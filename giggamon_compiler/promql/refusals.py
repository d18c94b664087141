"""What the engine refuses at every evaluation, though a rule file with it is loaded.

Source: the engine's `label_replace`, `label_join` and `count_values`, each tried with
`promtool test rules` of both generations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from giggamon_compiler.promql.language import knows
from giggamon_compiler.promql.nodes import (
    AggregateExpr,
    Call,
    Expr,
    Parsed,
    Problem,
    StringLiteral,
)
from giggamon_compiler.promql.regexes import problem
from giggamon_compiler.promql.walk import walk

_USERS: Final = ("label_replace", "label_join", "count_values")
_plain = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*").fullmatch
_ANY_NAME: Final = "3.0"  # the version from which on a label's name is any text that is not empty


def refusals(parsed: Parsed, version: str) -> tuple[Problem, ...]:
    """The constant arguments with which a function of that version fails, whatever the samples."""
    text = parsed.text.lower()
    if parsed.tree is None or not any(name in text for name in _USERS):
        return ()
    found = [one for node in walk(parsed.tree) for one in _of_node(node, version)]
    return tuple(sorted(found, key=lambda one: one.start))


def _of_node(node: Expr, version: str) -> Iterator[Problem]:
    if isinstance(node, AggregateExpr) and node.op == "count_values":
        yield from _of_name(node.param, version)
    elif isinstance(node, Call) and node.func == "label_join":
        for arg in (node.args[1], *node.args[3:]):
            yield from _of_name(arg, version)
    elif isinstance(node, Call) and node.func == "label_replace":
        yield from _of_name(node.args[1], version)
        pattern = node.args[4]
        if isinstance(pattern, StringLiteral) and (wrong := problem(pattern.value, version)):
            message = f"label_replace's pattern is no regular expression: {wrong}"
            advice = "write it in RE2's syntax; put \\\\ before a sign that stands for itself"
            yield Problem("type", pattern.start, pattern.end, message, advice)


def _of_name(arg: Expr | None, version: str) -> Iterator[Problem]:
    """A label's name that is none."""
    if not isinstance(arg, StringLiteral) or _plain(arg.value):
        return
    if not arg.value:
        message = f"{_said(arg)} names no label, so this fails at every evaluation"
        yield Problem("type", arg.start, arg.end, message, "write the label's name")
    elif not knows(version, _ANY_NAME):
        message = f"{_said(arg)} is no label's name to Prometheus {version}"
        advice = "write letters, digits and _ only; from 3.0 on it may be any text"
        yield Problem("type", arg.start, arg.end, message, advice)


def _said(arg: StringLiteral) -> str:
    value = arg.value if len(arg.value) <= 40 else f"{arg.value[:39]}…"
    return f'"{value}"'
