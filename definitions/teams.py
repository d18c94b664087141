"""Who owns what, and where each team wants to be told."""

from giggamon_compiler import Route, Team, notify

commerce = Team(
    "commerce",
    page=notify.PagerDuty(routing_key_file="commerce-pagerduty"),
    chat=notify.Slack(channel="#commerce-alerts", api_url_file="commerce-slack"),
    mail=notify.Email(to="commerce@giggatek.example"),
)

provider_channel = Route(
    "provider",
    matchers=['alertname="PaymentsProviderFailing"'],
    chat=notify.Slack(channel="#payments-provider", api_url_file="payments-slack"),
)

payments = Team(
    "payments",
    page=notify.PagerDuty(routing_key_file="payments-pagerduty"),
    chat=notify.Slack(channel="#payments-alerts", api_url_file="payments-slack"),
    mail=notify.Email(to="payments@giggatek.example"),
    routes=[provider_channel],
)

platform = Team(
    "platform",
    page=notify.PagerDuty(routing_key_file="platform-pagerduty"),
    chat=notify.Slack(channel="#platform-alerts", api_url_file="platform-slack"),
    mail=notify.Email(to="platform@giggatek.example"),
)
