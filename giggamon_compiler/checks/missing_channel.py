"""A severity names a channel that a team does not have.

An alert of that severity reaches the team by fewer ways than the severity promises, or not at all,
and Alertmanager finds nothing wrong with that.

Fires:

    # definitions/teams.py
    commerce = Team("commerce",
        chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"))

    # definitions/policy.py
    urgent = Severity("urgent", channels=["page", "chat"],
        group_wait="5s", group_interval="20s", repeat_interval="1h")
    policy = Policy(severities=[urgent], fallback=urgent, default_team=commerce)

Instead:

    # definitions/teams.py
    commerce = Team("commerce",
        chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"),
        page=notify.PagerDuty(routing_key_file="commerce-pagerduty"))

    # definitions/policy.py
    urgent = Severity("urgent", channels=["page", "chat"],
        group_wait="5s", group_interval="20s", repeat_interval="1h")
    policy = Policy(severities=[urgent], fallback=urgent, default_team=commerce)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Every team has every channel that a severity of the policy names."""
    used = program.policy.severities if program.policy else ()
    severities = [severity for severity in program.severities if severity.name in used]
    for team in program.teams:
        missing = dict.fromkeys(
            channel
            for severity in severities
            for channel in severity.channels
            if channel not in team.channels
        )
        for channel in missing:
            namers = [severity for severity in severities if channel in severity.channels]
            nobody = [
                severity.name
                for severity in namers
                if not any(it in team.channels for it in severity.channels)
            ]
            effect = f", so nobody is told of its {' and '.join(nobody)} alerts" if nobody else ""
            yield Finding(
                "missing-channel",
                f"{team.name} has no {channel}{effect}",
                team.origin,
                f"add {channel}=notify.… to the team, or take {channel} out of the severity",
                team.name,
                notes=tuple(
                    Note(f"{it.name} is told by {channel}", at(it.origin, "channels"))
                    for it in namers
                ),
            )
