"""A panel is to show an alert's level, and there is none that it could show.

`threshold=` draws the number that an alert's expression compares with: `expr > 5` draws 5, and
colours what lies above. An expression that compares with no number has no level. Where it compares
several things, joined by `and`, `or` or `unless`, the level is that of what the panel itself draws.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr="orders_queue_depth > orders_queue_capacity")
    dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
        panel.TimeSeries("Waiting", [Query("orders_queue_depth")], key="queue",
            threshold=backlog)])])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    backlog = Alert("OrdersBacklogGrowing", severity=warning,
        expr="orders_queue_depth / orders_queue_capacity > 0.9")
    dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
        panel.TimeSeries("Share of the room", [Query("orders_queue_depth / orders_queue_capacity")],
            key="queue", unit="percentunit", threshold=backlog)])])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Panel, Program, Rule
from giggamon_compiler.promql import levels
from giggamon_compiler.promql.parser import parse

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Each panel with a threshold draws what its alert compares with one number."""
    rules = {rule.identity: rule for rule in program.rules if rule.kind == "alert"}
    for board in program.dashboards:
        for panel in _panels(board.panels):
            rule = rules.get(panel.threshold) if panel.threshold else None
            said = _fault(panel, rule) if rule else None
            if rule and said:
                fault, advice = said
                name = f"{board.identity}/{panel.key or panel.title}"
                yield Finding(
                    "threshold-without-level",
                    f"{name}: {fault}",
                    at(panel.origin, "threshold"),
                    advice,
                    name,
                    notes=(Note(f"what {rule.name} says", rule.query.origin),),
                )


def _panels(panels: Sequence[Panel]) -> Iterator[Panel]:
    for panel in panels:
        yield panel
        yield from _panels(panel.panels)


def _fault(panel: Panel, rule: Rule) -> tuple[str, str] | None:
    """Why the level of an alert cannot be drawn, and what to do; None also where it has no tree."""
    tree = parse(rule.query.text).tree
    if tree is None:
        return None
    found = levels.levels_of(tree)
    if not found:
        return (
            f"{rule.name} compares with no number, so there is no level to draw",
            "end its expression with a number, for example > 5, or leave threshold out",
        )
    shown = panel.targets[:1] if panel.kind == "table" else panel.targets  # its first figure
    queries = [target.query.text for target in shown]
    level = levels.level_of(rule.query.text, queries)
    if level is None:
        texts = [rule.query.text[it.compared.start : it.compared.end] for it in found]
        several = list(dict.fromkeys(" ".join(text.split()) for text in texts))
        if len(several) == 1:
            return (
                f"{rule.name} compares {several[0]} with several numbers, and one is drawn",
                "give the panel an alert that compares with one of them",
            )
        return (
            f"{rule.name} compares several things with a number, and the panel draws none of them",
            f"draw {' or '.join(several)}",
        )
    if level.side == "apart" and panel.kind == "timeseries":
        return (
            f"{rule.name} compares by !=, so no side of {level.value:g} is the one that fires",
            "compare by > or <, or show the value as panel.Stat",
        )
    return _out_of_sight(panel, rule, level.value)


def _out_of_sight(panel: Panel, rule: Rule, value: float) -> tuple[str, str] | None:
    """Whether the axis, as it is written, ends before the level."""
    defaults = panel.rest.get("fieldConfig", {}).get("defaults", {})
    low, high = defaults.get("min"), defaults.get("max")
    # An axis reaches to the level of itself; a dial or a bar ends somewhere, whatever is left out.
    instead = "leave {0} out, or let it" if panel.kind == "timeseries" else "let {0}"
    for name, limit, beyond in (
        ("min", low, low is not None and value < low),
        ("max", high, high is not None and value > high),
    ):
        if beyond:
            return (
                f"the axis ends at {limit:g}, and {rule.name} fires at {value:g}, out of sight",
                f"{instead.format(name)} reach beyond {value:g}",
            )
    return None
