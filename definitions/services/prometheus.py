"""Prometheus: collects metrics and evaluates rules."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "prometheus",
    team=platform,
    scrape=Scrape("prometheus", targets=["prometheus:9090"], catalogue="prometheus"),
)
