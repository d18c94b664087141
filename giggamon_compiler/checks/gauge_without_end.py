"""A gauge has no end, so that its dial is always full.

A dial says how much of what there can be. Where nothing says what that is, Grafana takes the
largest of the values that it shows: of one value the dial is full, whatever it is. A share ends by
itself: `unit="percentunit"` at 1, `"percent"` at 100.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
        panel.Gauge("Waiting", [Query("orders_queue_depth")], key="queue", unit="short")])])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
        panel.Gauge("Waiting", [Query("orders_queue_depth")], key="queue", unit="short",
            max=500)])])
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program
from giggamon_compiler.queries.choices import all_panels

LEVEL: Level = "warning"


def check(program: Program) -> Iterator[Finding]:
    """Each gauge has an end, its own or that of its unit."""
    for board in program.dashboards:
        for panel in all_panels(board):
            if panel.kind != "gauge":
                continue
            defaults = panel.rest.get("fieldConfig", {}).get("defaults", {})
            if "max" not in defaults:
                name = f"{board.identity}/{panel.key or panel.title}"
                yield Finding(
                    "gauge-without-end",
                    f"{name}: nothing says how much there can be, so the dial is always full",
                    panel.origin,
                    "give it max=…, or show the figure as panel.Stat",
                    name,
                    LEVEL,
                )
