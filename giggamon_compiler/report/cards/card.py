"""A card: one thing of a program on a screen, as lines below titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from giggamon_compiler.findings import Origin
from giggamon_compiler.report.characters import visible, width

PlaceText = Callable[[Origin], str]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines below a title."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A thing: what kind it is, its identity, one line about it, where it is written, and more."""

    kind: str
    name: str
    about: str
    place: str
    sections: tuple[Section, ...] = ()


def card(
    kind: str, name: str, about: str, place: str, sections: Iterable[tuple[str, Iterable[str]]]
) -> Card:
    """A card without the sections that have nothing to say."""
    filled = (Section(title, tuple(lines)) for title, lines in sections)
    return Card(kind, name, about, place, tuple(it for it in filled if it.lines))


def render(cards: Iterable[Card]) -> str:
    """Cards for people, one below the other."""
    return "\n".join(_render(it) for it in cards)


def _render(it: Card) -> str:
    lines = [f"{it.kind} {visible(it.name)}: {visible(it.about)}"]
    if it.place:
        lines.append(f"  {it.place}")
    for section in it.sections:
        lines += ["", f"  {section.title}"]
        lines += [f"    {visible(line)}".rstrip() for line in section.lines]
    return "\n".join(lines) + "\n"


def as_tree(it: Card) -> Mapping[str, Any]:
    """A card for machines."""
    return {
        "kind": it.kind,
        "name": it.name,
        "about": it.about,
        "place": it.place,
        "sections": [{"title": at.title, "lines": list(at.lines)} for at in it.sections],
    }


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows of a table, each as one line."""
    table = [tuple(map(visible, row)) for row in rows]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(
            cell + " " * (wanted - width(cell)) for cell, wanted in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    ]
