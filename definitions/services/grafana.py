"""Grafana: the boards."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "grafana",
    team=platform,
    scrape=Scrape("grafana", targets=["grafana:3000"], catalogue="grafana"),
)
