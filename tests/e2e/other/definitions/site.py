"""The one site, with one Alertmanager and a mail relay that asks for no user."""

from giggamon_compiler import SMTP, Environment

site = Environment(
    "quay",
    prometheus="2.42",
    alertmanager="0.25",
    retention="20d",
    external_labels={"site": "quay"},
    alertmanagers=["alarms:9093"],
    prometheus_url="http://metrics.nordkai.example",
    grafana_url="http://boards.nordkai.example/grafana",
    runbooks_url="http://wiki.nordkai.example/runbooks",
    secrets="/srv/alarms/keys",
    smtp=SMTP("relay.nordkai.example:25", from_="watch@nordkai.example", hello="alarms"),
)
