"""House rules: who is told what, and how fast."""

from definitions.teams import platform
from giggamon_compiler import Labels, Policy, Severity

critical = Severity(
    "critical",
    channels=["page", "chat"],
    group_wait="5s",
    group_interval="20s",
    repeat_interval="1h",
    notified_within="60s",
)
warning = Severity(
    "warning", channels=["chat"], group_wait="30s", group_interval="5m", repeat_interval="12h"
)
info = Severity(
    "info", channels=["mail"], group_wait="5m", group_interval="4h", repeat_interval="1d"
)
heartbeat = Severity(  # sent for as long as all is well; repeated at every flush of the group
    "heartbeat", channels=["page"], group_wait="1s", group_interval="20s", repeat_interval="15s"
)

policy = Policy(
    severities=[critical, warning, info, heartbeat],
    fallback=warning,
    default_team=platform,
    labels=Labels(service="service", team="team", severity="severity", sla="sla"),
    group_by=["alertname", "service"],
    scrape_interval="10s",
    evaluation_interval="10s",
)
