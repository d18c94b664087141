"""An objective is written as a share, and means per cent.

`objective` is in per cent: 0.995 promises that one event in a hundred is good, and an alert on its
error budget never fires.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    availability = SLO("availability", objective=0.995, window="30d", sli=Ratio(
        bad='http_requests_total{job="orders",code=~"5.."}',
        total='http_requests_total{job="orders"}'))

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    availability = SLO("availability", objective=99.5, window="30d", sli=Ratio(
        bad='http_requests_total{job="orders",code=~"5.."}',
        total='http_requests_total{job="orders"}'))
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """No objective lies above 0 and up to 1."""
    for objective in program.objectives:
        share = _number(objective.target)
        if share is not None and 0 < share <= 1:
            meant = f"{100 * share:f}"
            meant = meant.rstrip("0").rstrip(".") if "." in meant else meant
            yield Finding(
                "objective-as-share",
                f"{objective.identity}: the objective is {objective.target} %, "
                "so nearly every event may be bad",
                at(objective.origin, "objective"),
                f"did you mean {meant}?" if share < 1 else "write it in per cent, for example 99.9",
                objective.identity,
            )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
