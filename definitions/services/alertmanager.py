"""Alertmanager: tells people."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "alertmanager",
    team=platform,
    scrape=Scrape(
        "alertmanager",
        targets=["alertmanager-1:9093", "alertmanager-2:9093"],
        catalogue="alertmanager",
    ),
)
