"""Redis: the cache and the queues of the backend."""

from definitions.teams import platform
from giggamon_compiler import Scrape, Service

service = Service(
    "redis",
    team=platform,
    scrape=Scrape("redis", targets=["redis:9121"], catalogue="redis_exporter"),
)
