"""A list names one thing twice.

Alertmanager refuses a label that stands in `group_by` twice, and a second leaf of one severity is
never reached.

Fires:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="20s", repeat_interval="4h")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce,
        group_by=["alertname", "alertname"])

Instead:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="20s", repeat_interval="4h")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce,
        group_by=["alertname", "service"])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giggamon_compiler.findings import Finding, Level, Origin, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Severities and labels of the policy, and channels of a severity, stand in their list once."""
    policy = program.policy
    if policy is not None:
        yield from _repeated("policy", "severities", policy.severities, policy.origin)
        group_by = program.alertmanager.route.group_by if program.alertmanager else None
        yield from _repeated("policy", "group_by", group_by or (), policy.origin)
    for severity in program.severities:
        yield from _repeated(severity.name, "channels", severity.channels, severity.origin)


def _repeated(who: str, argument: str, names: Sequence[str], origin: Origin) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Finding(
                "listed-twice",
                f"{who}: {argument} names {name} twice",
                at(origin, argument, index),
                "take one of them out",
                who,
            )
