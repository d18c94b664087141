"""Who is told: each team by each severity, and alerts that no service here sends."""

from definitions.policy import critical, heartbeat, info, warning
from definitions.teams import commerce, customers, data, payments, platform, watchdog, web
from giggamon_compiler import RouteTest

_teams = [commerce, payments, customers, web, data, platform]

pages = [
    RouteTest({"team": it.name, "severity": critical.name}, notifies=[it.page, it.chat])
    for it in _teams
]
chats = [
    RouteTest({"team": it.name, "severity": warning.name}, notifies=[it.chat]) for it in _teams
]
mails = [RouteTest({"team": it.name, "severity": info.name}, notifies=[it.mail]) for it in _teams]
beats = [
    RouteTest({"team": it.name, "severity": heartbeat.name}, notifies=[it.page]) for it in _teams
]

watchdog_beats = RouteTest(
    {"alertname": "Watchdog", "team": platform.name, "severity": heartbeat.name},
    notifies=[watchdog.page],
)

unknown_team = RouteTest(
    {"alertname": "DiskFull", "team": "logistics", "severity": critical.name},
    notifies=[platform.page, platform.chat],
)
no_team = RouteTest({"alertname": "DiskFull", "severity": info.name}, notifies=[platform.mail])
no_team_warning = RouteTest({"severity": warning.name}, notifies=[platform.chat])
no_team_beat = RouteTest({"severity": heartbeat.name}, notifies=[platform.page])
unknown_severity = RouteTest(
    {"alertname": "CartSlow", "team": commerce.name, "severity": "catastrophe"},
    notifies=[commerce.chat],
)
nothing_known = RouteTest({"alertname": "Stray"}, notifies=[platform.chat])
