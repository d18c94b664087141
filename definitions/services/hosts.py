"""Hosts: the machines that everything runs on."""

from definitions.hosts import targets
from definitions.policy import critical, info, warning
from definitions.teams import platform
from giggamon_compiler import Scrape, Service, library

service = Service(
    "hosts",
    team=platform,
    scrape=Scrape("node", targets=targets(9100), catalogue="node_exporter"),
)

limits = library.host.Limits(
    cpu_busy=0.9,  # deployments and nightly reports take all cores, for less than half an hour
    load_per_core=3,  # the database hosts run at 1.5 on the first of a month
    memory_available=0.08,  # Elasticsearch and MySQL are sized to take all but a tenth
    swap_pages=200,  # below that nobody has noticed anything
    disk_free=0.05,  # on our smallest disk that is 2 GB: an hour of logs
    disk_growth_free=0.4,  # what fills up faster than that is a backup under way
    disk_busy=0.9,  # the database hosts reach it in their nightly backup, for 20 minutes
)

alerts = library.host.alerts("node", limits, critical=critical, warning=warning, info=info)

panels = library.host.panels("node", alerts)
