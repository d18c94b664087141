"""An alert does not say how urgent it is.

The severity chooses the channels and how fast they tell. An alert without one is told as the
policy's fallback says, whatever it is about, and no promise of a severity holds for it.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program

LEVEL: Level = "warning"


def check(program: Program) -> Iterator[Finding]:
    """Every alert of a service has a severity, or states that label itself."""
    policy = program.policy
    if policy is None:
        return
    label = policy.labels.get("severity", "severity")
    advice = " or ".join(f"severity={name}" for name in policy.severities)
    for group in program.groups:
        for rule in group.rules:
            stated = rule.severity or label in rule.labels or label in group.labels
            if rule.kind == "alert" and rule.owner and not stated:
                yield Finding(
                    "alert-without-severity",
                    f"{rule.name} has no severity, so it is told as if it were {policy.fallback}",
                    rule.origin,
                    f"add {advice}",
                    rule.identity,
                )
