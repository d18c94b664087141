"""A scrape job has no target, so that none of its metrics exists and none of its alerts can fire.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=[]))

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Every job has a target, unless a field that we do not model finds them."""
    for job in program.prometheus.jobs if program.prometheus else ():
        if not job.targets and not job.rest:
            yield Finding(
                "scrape-without-target",
                f"{job.name} has no target, so nothing is scraped",
                at(job.origin, "targets"),
                'name host and port of each instance, for example targets=["orders:8000"]',
                job.name,
            )
