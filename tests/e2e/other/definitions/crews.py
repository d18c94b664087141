"""The crews: some are woken by a relay, some by mail."""

from giggamon_compiler import Route, Team, notify

piers = Route(
    "piers",
    matchers=['place=~"pier-.+"'],
    page=notify.Webhook(url="https://relay.nordkai.example/call/piers"),
)

harbour = Team(
    "harbour",
    page=notify.Webhook(url="https://relay.nordkai.example/call/harbour"),
    chat=notify.Slack(channel="#harbour", api_url_file="chat-harbour"),
    mail=notify.Email(to="harbour@nordkai.example"),
    routes=[piers],
)

vessels = Team(
    "vessels",
    page=notify.Email(to="vessels-duty@nordkai.example"),
    chat=notify.Webhook(url="https://board.nordkai.example/vessels"),
    mail=notify.Email(to="vessels@nordkai.example"),
)
