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

customers = Team(
    "customers",
    page=notify.PagerDuty(routing_key_file="customers-pagerduty"),
    chat=notify.Slack(channel="#customers-alerts", api_url_file="customers-slack"),
    mail=notify.Email(to="customers@giggatek.example"),
)

web = Team(
    "web",
    page=notify.PagerDuty(routing_key_file="web-pagerduty"),
    chat=notify.Slack(channel="#web-alerts", api_url_file="web-slack"),
    mail=notify.Email(to="web@giggatek.example"),
)

data = Team(
    "data",
    page=notify.PagerDuty(routing_key_file="data-pagerduty"),
    chat=notify.Slack(channel="#data-alerts", api_url_file="data-slack"),
    mail=notify.Email(to="data@giggatek.example"),
)

watchdog = Route(  # a dead man's switch, outside of what it watches, calls when the beats stop
    "watchdog",
    matchers=['alertname="Watchdog"'],
    page=notify.Webhook(url="https://deadman.giggatek.example/beats", send_resolved=False),
)

platform = Team(
    "platform",
    page=notify.PagerDuty(routing_key_file="platform-pagerduty"),
    chat=notify.Slack(channel="#platform-alerts", api_url_file="platform-slack"),
    mail=notify.Email(to="platform@giggatek.example"),
    routes=[watchdog],
)
