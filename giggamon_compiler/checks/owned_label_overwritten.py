"""A rule states another value for a label that the compiler puts.

Service, team and severity decide who is told. The compiler takes them from the service and from
`severity=`, and the routing tree, the tests and the boards rely on that. A rule may repeat the same
value, never state another.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical,
        labels={"severity": "warning"})

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=warning)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Group, Program, Rule

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """The owned labels of an alert, and of its group, say what the compiler would say."""
    if program.policy is None:
        return
    names = program.policy.labels
    services = {service.name: service for service in program.services}
    for group in program.groups:
        for rule in group.rules:
            service = services.get(rule.owner or "")
            if rule.kind != "alert" or service is None:
                continue
            values = {"service": service.name, "team": service.team, "severity": rule.severity}
            owned = {names[what]: value for what, value in values.items() if what in names}
            yield from _overwritten(rule, group, owned)


def _overwritten(rule: Rule, group: Group, owned: Mapping[str, str | None]) -> Iterator[Finding]:
    for label, value in owned.items():
        stated = rule.labels.get(label)
        if value is None:
            continue
        if stated is not None and stated != value:
            yield Finding(
                "owned-label-overwritten",
                f"{rule.name} states {label}={stated}, and the compiler puts {label}={value}",
                at(rule.origin, "labels", label),
                f"leave {label} out of labels"
                + (" and set severity=" if value == rule.severity else ""),
                rule.identity,
            )
        grouped = group.labels.get(label)
        if grouped is not None and grouped != value:
            yield Finding(
                "owned-label-overwritten",
                f"{group.name} states {label}={grouped} for its rules, "
                f"and {rule.name} has {label}={value}",
                at(group.origin, "labels", label),
                f"leave {label} out of the group's labels",
                rule.identity,
                notes=(Note(f"{rule.name} is in that group", rule.origin),),
            )
