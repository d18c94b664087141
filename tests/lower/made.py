"""Boards that are made of the definitions of a small house, written to a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from giggamon_compiler import lower
from giggamon_compiler.findings import has_errors
from giggamon_compiler.ir import Dashboard, Panel, Program
from giggamon_compiler.load import read_definitions
from tests.house import write_house


def compiled(folder: Path, files: Mapping[str, str]) -> Program:
    """What a house with these files means; they must be right."""
    definitions, findings = read_definitions(write_house(folder, files))
    assert not has_errors(findings), [it.message for it in findings]
    return lower.lower(definitions)


def board(program: Program, uid: str) -> Dashboard:
    """The board of a uid."""
    return next(it for it in program.dashboards if it.uid == uid)


def rows(of: Dashboard) -> dict[str, list[Panel]]:
    """The panels of each row, by its title."""
    found: dict[str, list[Panel]] = {}
    last: list[Panel] = []
    for panel in of.panels:
        if panel.kind == "row":
            last = found.setdefault(panel.title, list(panel.panels))
        else:
            last.append(panel)
    return found


def titles(of: Dashboard) -> dict[str, list[str]]:
    """The titles of each row's panels."""
    return {row: [panel.title for panel in panels] for row, panels in rows(of).items()}


def texts(panels: list[Panel]) -> list[str]:
    """What some panels ask."""
    return [target.query.text for panel in panels for target in panel.targets]


def all_panels(panels: tuple[Panel, ...]) -> Iterator[Panel]:
    """Panels and those of closed rows, without the rows."""
    for panel in panels:
        if panel.kind != "row":
            yield panel
        yield from all_panels(panel.panels)
