"""Endpoints: what is asked from outside."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "endpoints",
    team=platform,
    scrape=Scrape("blackbox", targets=["blackbox:9115"], catalogue="blackbox_exporter"),
)
