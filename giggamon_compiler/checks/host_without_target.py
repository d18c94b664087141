"""A host of the inventory that no scrape job asks, so that nobody sees how it is.

A host is asked where a job has a target with its address, whatever the port. Targets made of the
inventory cannot miss one. Where nothing is scraped at all, `prometheus.yml` is somebody else's.

Fires:

    # definitions/hosts.py
    app = Host("app-1", address="app-1.example", roles=["app"])
    db = Host("db-1", address="db-1.example", roles=["mysql"])

    # definitions/services/orders.py
    service = Service("hosts", team=commerce, scrape=Scrape("node", targets=["app-1.example:9100"]))

Instead:

    # definitions/hosts.py
    app = Host("app-1", address="app-1.example", roles=["app"])
    db = Host("db-1", address="db-1.example", roles=["mysql"])

    # definitions/services/orders.py
    from definitions.hosts import app, db

    service = Service("hosts", team=commerce,
        scrape=Scrape("node", targets=[f"{host.address}:9100" for host in [app, db]]))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every host is the target of a job; a probe asks what a host offers, not the host."""
    jobs = program.prometheus.jobs if program.prometheus else ()
    targets = [target for job in jobs if job.probing is None for target in job.targets]
    asked = {target.rpartition(":")[0] or target for target in targets}
    for host in program.hosts if targets else ():
        if host.address not in asked:
            yield Finding(
                "host-without-target",
                f"{host.name} is a host that no scrape job asks, so nobody sees how it is",
                at(host.origin, "address"),
                f'add "{host.address}:…" to the targets of a Scrape, or make them of the inventory',
                host.name,
            )
