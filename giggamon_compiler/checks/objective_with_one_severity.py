"""The fast and the slow alert of an objective have one severity, and so every label in common.

To Alertmanager they are one alert: the end of the one is told while the other still fires, and the
fast one cannot silence the slow one.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    availability = SLO("availability", objective=99.9, window="30d", fast=critical, slow=critical,
        sli=Ratio(bad='http_requests_total{job="orders",code=~"5.."}',
            total='http_requests_total{job="orders"}'))

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    availability = SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
        sli=Ratio(bad='http_requests_total{job="orders",code=~"5.."}',
            total='http_requests_total{job="orders"}'))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """No objective has one severity for both of its alerts."""
    for objective in program.objectives:
        if objective.fast is not None and objective.fast == objective.slow:
            yield Finding(
                "objective-with-one-severity",
                f"{objective.identity}: its fast and its slow alert are both {objective.fast}, "
                "which makes them one alert",
                at(objective.origin, "slow"),
                "give the slow one another severity, or leave one of them out",
                objective.identity,
                notes=(Note("the fast one", at(objective.origin, "fast")),),
            )
