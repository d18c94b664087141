"""Prometheus: collects metrics and evaluates rules."""

from definitions.policy import critical, heartbeat, warning
from definitions.teams import platform
from giggamon_compiler import Alert, Scrape, Service, library

service = Service(
    "prometheus",
    team=platform,
    scrape=Scrape("prometheus", targets=["prometheus:9090"], catalogue="prometheus"),
    depends_on=["alertmanager"],
)

limits = library.prometheus.Limits(
    series=1_000_000,  # each takes 4 to 7 kB with its queries, and the server has 16 GB
    volume_bytes=250e9,  # half of the 500 GB for metrics and logs is the volume of Prometheus
)

alerts = library.prometheus.alerts("prometheus", limits, critical=critical, warning=warning)
panels = library.prometheus.panels("prometheus", alerts)

watchdog = Alert(
    "Watchdog",
    expr="vector(1)",
    severity=heartbeat,
    summary="The way from Prometheus to people is open",
    description="This always fires. Its receiver calls when it stops.",
)
