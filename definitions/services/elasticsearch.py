"""Elasticsearch: the logs of everything."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "elasticsearch",
    team=platform,
    scrape=Scrape(
        "elasticsearch", targets=["elasticsearch:9114"], catalogue="elasticsearch_exporter"
    ),
)
