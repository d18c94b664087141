"""A scrape may take longer than the time until the next one, which Prometheus refuses to load.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce,
        scrape=Scrape("orders", targets=["orders:8000"], interval="15s", timeout="20s"))

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce,
        scrape=Scrape("orders", targets=["orders:8000"], interval="15s", timeout="10s"))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """No time-out is longer than the job's own interval, or the policy's."""
    prometheus = program.prometheus
    for job in prometheus.jobs if prometheus else ():
        interval = job.interval or (prometheus.scrape_interval if prometheus else None)
        longest, timeout = milliseconds(interval), milliseconds(job.timeout)
        if longest is not None and timeout is not None and timeout > longest:
            yield Finding(
                "scrape-timeout-beyond-interval",
                f"{job.name}: a scrape may take {job.timeout}, and the next comes after {interval}",
                at(job.origin, "timeout"),
                f"shorten the timeout to {interval} or less, or scrape less often",
                job.name,
            )
