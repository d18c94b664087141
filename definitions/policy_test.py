"""Who is told about alerts that no service here sends."""

from definitions.policy import critical
from definitions.teams import commerce, platform
from giggamon_compiler import RouteTest

unknown_team = RouteTest(
    {"alertname": "DiskFull", "team": "logistics", "severity": critical.name},
    notifies=[platform.page, platform.chat],
)
no_team = RouteTest({"alertname": "DiskFull", "severity": "info"}, notifies=[platform.mail])
unknown_severity = RouteTest(
    {"alertname": "CartSlow", "team": "commerce", "severity": "catastrophe"},
    notifies=[commerce.chat],
)
nothing_known = RouteTest({"alertname": "Stray"}, notifies=[platform.chat])

platform_page = RouteTest(
    {"team": "platform", "severity": "critical"}, notifies=[platform.page, platform.chat]
)
platform_chat = RouteTest({"team": "platform", "severity": "warning"}, notifies=[platform.chat])
platform_mail = RouteTest({"team": "platform", "severity": "info"}, notifies=[platform.mail])
no_team_warning = RouteTest({"severity": "warning"}, notifies=[platform.chat])
