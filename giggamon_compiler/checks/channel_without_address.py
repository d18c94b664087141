"""A channel does not say where its messages go.

Alertmanager refuses the whole configuration when a receiver has no key or address, so no alert of
anybody would be sent. What a kind of receiver needs, one of several fields, may be left out of its
value, because any of them is enough.

Fires:

    # definitions/teams.py
    commerce = Team("commerce",
        page=notify.PagerDuty(),
        chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"))

Instead:

    # definitions/teams.py
    commerce = Team("commerce",
        page=notify.PagerDuty(routing_key_file="commerce-pagerduty"),
        chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"))
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program
from giggamon_compiler.model.notify import KINDS

LEVEL: Level = "error"

# By Alertmanager's key: the kind's name, and the fields of which it needs one.
_NEEDS: Mapping[str, tuple[str, Sequence[str]]] = {
    kind.CONFIG: (kind.__name__, getattr(kind, "NEEDS", ())) for kind in KINDS
}


def check(program: Program) -> Iterator[Finding]:
    """Every channel has one of the fields that its kind needs."""
    for team in program.teams:
        for path, channel in team.channels.items():
            kind, needs = _NEEDS.get(channel.config, ("", ()))
            if needs and not any(channel.fields.get(name) for name in needs):
                yield Finding(
                    "channel-without-address",
                    f"{team.name}/{path}: {kind} needs {needs[0]}",
                    channel.origin,
                    "add " + " or ".join(f'{name}="…"' for name in needs),
                    f"{team.name}/{path}",
                )
