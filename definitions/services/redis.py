"""Redis: the cache and the queues of the backend."""

from definitions.hosts import targets
from definitions.policy import critical, info, warning
from definitions.teams import data
from giggamon_compiler import Scrape, Service, library

service = Service(
    "redis",
    team=data,
    scrape=Scrape("redis", targets=targets(9121, "redis"), catalogue="redis_exporter"),
    depends_on=["hosts"],
)

limits = library.redis.Limits(
    memory_used=0.85,  # a fork for a snapshot copies up to a tenth of it meanwhile
    clients_used=0.8,  # a deployment runs old and new pools side by side
    evictions_per_second=5,  # the cache drops some by design; queues share the memory
    replica_lag=30,  # beyond that a failover would lose orders from the queue
    command_seconds=0.005,  # usual is a tenth of a millisecond; from here on pages are slow
    hit_ratio=0.8,  # at half past eight, when the cache is coldest, it is 0.9
)

alerts = library.redis.alerts("redis", limits, critical=critical, warning=warning, info=info)

panels = library.redis.panels("redis", alerts)
