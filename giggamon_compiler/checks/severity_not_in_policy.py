"""An alert or objective has a severity that the policy does not list.

The routing tree is made from the severities of the policy. An alert of another one falls to the
policy's fallback: other channels, other timers.

Fires:

    # definitions/services/orders.py
    urgent = Severity("urgent", channels=["page"],
        group_wait="5s", group_interval="10s", repeat_interval="1h")
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=urgent)

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every severity of an alert stands in `Policy.severities`."""
    policy = program.policy
    if policy is None:
        return
    speeds = {it.identity: {it.fast: "fast", it.slow: "slow"} for it in program.objectives}
    for rule in program.rules:
        if rule.severity is None or rule.severity in policy.severities:
            continue
        argument = speeds.get(rule.objective or "", {}).get(rule.severity, "severity")
        yield Finding(
            "severity-not-in-policy",
            f"{rule.name} has the severity {rule.severity}, which the policy does not list; "
            f"it is treated as {policy.fallback}",
            at(rule.origin, argument),
            f"add {rule.severity} to the policy's severities, or choose one of "
            f"{', '.join(policy.severities)}",
            rule.identity,
            notes=(Note("the policy's severities", at(policy.origin, "severities")),),
        )
