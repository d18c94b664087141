"""MySQL: the database of the backend."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "mysql",
    team=platform,
    scrape=Scrape("mysql", targets=["mysql:9104"], catalogue="mysqld_exporter"),
)
