"""The variables of Grafana that the texts of a board read: `$job`, `${job:regex}`, `[[job]]`.

Source: Grafana documentation, "Variable syntax" and "Global variables".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from giggamon_compiler.ir import Dashboard, Panel, Query

# What Grafana fills in by itself within a query of Prometheus.
BUILT_IN = frozenset(
    {
        *("__interval", "__interval_ms", "__rate_interval", "__rate_interval_ms"),
        *("__range", "__range_s", "__range_ms", "__from", "__to"),
        *("__dashboard", "__name", "__org", "__user", "__timezone"),
    }
)
# `$1` is what a regular expression has found, in label_replace.
_READ = re.compile(
    r"\$(?P<plain>[A-Za-z_]\w*)|\$\{(?P<braced>\w+)(?:[.:][^}]*)?\}|\[\[(?P<old>\w+)(?::\w+)?\]\]"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A variable that a text reads, and at which of its characters."""

    name: str
    start: int
    end: int


def variables_in(text: str) -> Iterator[Read]:
    """What a text reads, in its order."""
    if "$" in text or "[[" in text:
        for found in _READ.finditer(text):
            name = found["plain"] or found["braced"] or found["old"]
            yield Read(name, found.start(), found.end())


def all_panels(board: Dashboard) -> Iterator[Panel]:
    """The panels of a board, those within rows too."""
    waiting = list(reversed(board.panels))
    while waiting:
        panel = waiting.pop()
        yield panel
        waiting += reversed(panel.panels)


def queries_of(board: Dashboard) -> Iterator[tuple[str, Query]]:
    """The queries of a board, those that fill its choices first, each with whose it is."""
    for variable in board.variables:
        yield f"{board.identity}/${variable.name}", variable.query
    for panel in all_panels(board):
        for target in panel.targets:
            yield f"{board.identity}/{panel.key or panel.title}", target.query


def names_read(board: Dashboard) -> set[str]:
    """The variables that anything of a board reads: a query, a title, a legend, what it repeats."""
    names: set[str] = set()
    for _, query in queries_of(board):
        names.update(it.name for it in variables_in(query.text))
    for panel in all_panels(board):
        legends = [target.legend for target in panel.targets]
        for text in (panel.title, panel.description, *legends):
            names.update(it.name for it in variables_in(text or ""))
        names.update(_read_in(panel.rest))
    return names


def _read_in(tree: Mapping[str, Any]) -> Iterator[str]:
    """What is read anywhere in the part of a panel that is not modelled."""
    waiting: list[Any] = [tree]
    if isinstance(tree.get("repeat"), str):
        yield tree["repeat"]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield from (it.name for it in variables_in(part))
        elif isinstance(part, Mapping):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
