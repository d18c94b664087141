"""A severity is carried by no channel, so that nobody is told of its alerts.

Fires:

    # definitions/policy.py
    silent = Severity("silent", channels=[],
        group_wait="30s", group_interval="5m", repeat_interval="12h")
    policy = Policy(severities=[silent], fallback=silent, default_team=commerce)

Instead:

    # definitions/policy.py
    calm = Severity("calm", channels=["chat"],
        group_wait="30s", group_interval="5m", repeat_interval="12h")
    policy = Policy(severities=[calm], fallback=calm, default_team=commerce)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Every severity names a channel."""
    for severity in program.severities:
        if not severity.channels:
            yield Finding(
                "severity-without-channel",
                f"{severity.name} names no channel, so nobody is told of its alerts",
                at(severity.origin, "channels"),
                'name at least one, for example channels=["chat"]',
                severity.name,
            )
