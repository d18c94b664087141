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
