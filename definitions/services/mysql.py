"""MySQL: the database of the backend."""

from definitions.hosts import targets
from definitions.policy import critical, info, warning
from definitions.teams import data
from giggamon_compiler import Scrape, Service, library

service = Service(
    "mysql",
    team=data,
    scrape=Scrape("mysql", targets=targets(9104, "mysql"), catalogue="mysqld_exporter"),
    depends_on=["hosts"],
)

limits = library.mysql.Limits(
    connections_used=0.8,  # a deployment runs old and new pools side by side: it needs the rest
    aborted_per_minute=5,  # a wrong password in one worker retries every few seconds
    replica_lag=60,  # the backend reads its own writes from the primary, reports may be late
    slow_share=0.02,  # 1 in 200 is normal here, at night more: reports
    threads_running=40,  # the primaries have 16 cores; beyond twice that statements only wait
    deadlocks=20,  # the backend tries again, and customers do not notice a few
    buffer_pool_misses=0.02,  # the working set fits into memory
)

alerts = library.mysql.alerts("mysql", limits, critical=critical, warning=warning, info=info)

panels = library.mysql.panels("mysql", alerts)
