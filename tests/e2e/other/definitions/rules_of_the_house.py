"""How urgent things are, and how they are told."""

from definitions.crews import harbour
from giggamon_compiler import Labels, Policy, Severity

wake = Severity(
    "wake",
    channels=["page"],
    group_wait="3s",
    group_interval="12s",
    repeat_interval="30m",
    notified_within="30s",
)
look = Severity(
    "look", channels=["mail"], group_wait="20s", group_interval="2m", repeat_interval="6h"
)
note = Severity(
    "note", channels=["chat"], group_wait="1m", group_interval="1h", repeat_interval="2d"
)

policy = Policy(
    severities=[wake, look, note],
    fallback=look,
    default_team=harbour,
    labels=Labels(service="app", team="crew", severity="urgency", sla="contract"),
    group_by=["alertname", "app", "crew"],
    scrape_interval="5s",
    evaluation_interval="5s",
)
