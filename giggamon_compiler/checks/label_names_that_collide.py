"""Two of the labels that the compiler puts have one name, or the name of somebody else's label.

The later one overwrites the other: alerts carry no team, or routing looks for a team where a
service stands, and pages go elsewhere. `alertname` is Prometheus' own, `slo` the objective's, and
`job` and `instance` come with the series.

Fires:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="20s", repeat_interval="4h")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce,
        labels=Labels(service="team"))

Instead:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="20s", repeat_interval="4h")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce,
        labels=Labels(service="app"))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
_TAKEN = {
    "alertname": "the name of the alert",
    "slo": "the objective",
    "job": "the job of the series",
    "instance": "the instance of the series",
}


def check(program: Program) -> Iterator[Finding]:
    """Each of the policy's label names is its own."""
    policy = program.policy
    if policy is None:
        return
    taken = dict(_TAKEN)
    for meaning, name in policy.labels.items():
        if name in taken:
            yield Finding(
                "label-names-that-collide",
                f"the label {name} cannot be the {meaning}: it is {taken[name]} already",
                at(policy.origin, "labels"),
                f"choose another name for the {meaning}",
                name,
            )
        taken.setdefault(name, f"the {meaning}")
