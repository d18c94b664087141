"""Hosts: the machines that everything runs on."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "hosts",
    team=platform,
    scrape=Scrape(
        "node", targets=["app-1:9100", "app-2:9100", "db-1:9100"], catalogue="node_exporter"
    ),
)
