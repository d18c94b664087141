"""MySQL: the database of the backend."""

from definitions.policy import critical, warning
from definitions.teams import data
from giggamon_compiler import Scrape, Service, library

service = Service(
    "mysql",
    team=data,
    scrape=Scrape("mysql", targets=["mysql:9104"], catalogue="mysqld_exporter"),
)

limits = library.mysql.Limits(
    connections_used=0.8,  # the backend's pools may double while a deployment runs old and new
)

alerts = library.mysql.alerts("mysql", limits, critical=critical, warning=warning)
