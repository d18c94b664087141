"""Elasticsearch: the logs of everything."""

from definitions.policy import critical, warning
from definitions.teams import platform
from giggamon_compiler import Scrape, Service, library

service = Service(
    "elasticsearch",
    team=platform,
    scrape=Scrape(
        "elasticsearch", targets=["elasticsearch:9114"], catalogue="elasticsearch_exporter"
    ),
)

limits = library.elasticsearch.Limits(
    nodes=3,  # the plan's minimum; two of them are a majority
    documents=1,  # at night a dozen services still log some lines a second
    search_seconds=0.5,  # a search in Kibana asks many shards, and a person waits for the last one
)

alerts = library.elasticsearch.alerts("elasticsearch", limits, critical=critical, warning=warning)
panels = library.elasticsearch.panels("elasticsearch", alerts)
