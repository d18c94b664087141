"""A catalogue is named by no scrape job, so that nothing is made of it.

Fires:

    # definitions/services/redis.py
    service = Service("redis", team=commerce, scrape=Scrape("redis", targets=["redis:9121"]))

    # definitions/catalogue/redis_exporter.prom
    redis_up 0

Instead:

    # definitions/services/redis.py
    service = Service("redis", team=commerce,
        scrape=Scrape("redis", targets=["redis:9121"], catalogue="redis_exporter"))

    # definitions/catalogue/redis_exporter.prom
    redis_up 0
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program

LEVEL: Level = "warning"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every catalogue is named by a job."""
    named = {job.catalogue for job in program.prometheus.jobs} if program.prometheus else set()
    for catalogue in program.catalogues:
        if catalogue.name not in named:
            yield Finding(
                "unused-catalogue",
                f"{catalogue.name} is a catalogue that no scrape job names",
                catalogue.origin,
                f'name it where it is scraped: Scrape(…, catalogue="{catalogue.name}"), '
                "or delete the file",
                catalogue.name,
                LEVEL,
            )
