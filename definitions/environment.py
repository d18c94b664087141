"""Where things are, and how long samples are kept."""

from giggamon_compiler import SMTP, Environment

environment = Environment(
    "production",
    prometheus="2.42",
    alertmanager="0.25",
    retention="35d",
    external_labels={"cluster": "giggatek-1"},
    alertmanagers=["alertmanager-1:9093", "alertmanager-2:9093"],
    blackbox="blackbox:9115",
    prometheus_url="https://prometheus.giggatek.example",
    grafana_url="https://grafana.giggatek.example",
    runbooks_url="https://git.giggatek.example/monitoring/definitions/runbooks",
    secrets="/etc/alertmanager/secrets",
    smtp=SMTP(
        "mail.giggatek.example:587",
        from_="monitoring@giggatek.example",
        username="monitoring",
        password_file="smtp",
    ),
)
