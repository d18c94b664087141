"""Groups are flushed more often than Alertmanagers wait for one another.

Each Alertmanager but the first waits 15 s in every flush for each one before it, to learn whether
they have sent the message already. Where that takes longer than `group_interval`, its picture of
the alerts is older than what the others have sent meanwhile: an alert that was told to be resolved
is told to fire again, and then to be resolved once more. Seen with Alertmanager 0.25 and 0.33.

Fires:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="10s", repeat_interval="4h")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce)

Instead:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="20s", repeat_interval="4h")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program
from giggamon_compiler.latency import PEER

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Every `group_interval` is longer than the last Alertmanager waits."""
    prometheus = program.prometheus
    waited = PEER * (len(prometheus.alertmanagers) - 1) if prometheus else 0
    if prometheus is None or waited <= 0:
        return
    several = Note("these wait for one another", at(prometheus.origin, "alertmanagers"))
    for severity in program.severities:
        interval = milliseconds(severity.group_interval)
        if interval is not None and interval <= waited:
            yield Finding(
                "group-interval-within-peer-timeout",
                f"{severity.name}: groups are flushed every {severity.group_interval}, and an "
                f"Alertmanager waits {duration_text(waited)} for its peers",
                at(severity.origin, "group_interval"),
                f"make group_interval longer than {duration_text(waited)}",
                severity.name,
                notes=(several,),
            )
