"""A scrape job names a catalogue that does not exist.

A catalogue is a file below `definitions/catalogue/` that `giggamon record` writes: what an exporter
exposes. Without it nothing is known of the metrics that are scraped there.

Fires:

    # definitions/services/redis.py
    service = Service("redis", team=commerce,
        scrape=Scrape("redis", targets=["redis:9121"], catalogue="redis"))

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
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every catalogue that a job names is there."""
    known = [catalogue.name for catalogue in program.catalogues]
    for job in program.prometheus.jobs if program.prometheus else ():
        name = job.catalogue
        if name is not None and name not in known:
            near = get_close_matches(name, known, n=1)
            yield Finding(
                "unknown-catalogue",
                f"{job.name} names the catalogue {name}, which does not exist",
                at(job.origin, "catalogue"),
                f"did you mean {near[0]}?"
                if near
                else f"record it: giggamon record http://HOST:PORT/metrics {name or 'NAME'}",
                job.name,
            )
