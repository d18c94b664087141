"""Cards of dashboards: their panels, where they lie, and what they ask."""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.ir import Dashboard, Panel, Variable
from giggamon_compiler.report.cards.card import Card, PlaceText, card


def board_card(it: Dashboard, place_of: PlaceText) -> Card:
    """A dashboard: its address, and panel by panel what it shows."""
    return card(
        "dashboard",
        it.identity,
        f"{it.title}, in the folder {it.folder}",
        place_of(it.origin),
        [
            (
                f"becomes grafana/dashboards/{it.identity}.json, at the address /d/{it.uid}:",
                [line for panel in it.panels for line in _panel(panel)],
            ),
            ("offers to choose:", [_choice(variable) for variable in it.variables]),
        ],
    )


def _choice(variable: Variable) -> str:
    return f"${variable.name}  {' '.join(variable.query.text.split())}"


def _panel(panel: Panel) -> Iterator[str]:
    if panel.kind == "row":
        yield panel.title
        for inner in panel.panels:
            yield from _panel(inner)
        return
    unit = f", {panel.unit}" if panel.unit else ""
    size = f"{panel.width}×{panel.height} at {panel.x},{panel.y}"
    yield f"  {panel.key}: {panel.title} ({panel.kind}{unit}, {size})"
    for target in panel.targets:
        yield f"    {target.ref}  {' '.join(target.query.text.split())}"
