"""A module of the blackbox exporter is used by no probe.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http")

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http")
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program

LEVEL: Level = "warning"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every module is used."""
    jobs = program.prometheus.jobs if program.prometheus else ()
    used = {job.probing.module for job in jobs if job.probing is not None}
    for module in program.blackbox.modules if program.blackbox else ():
        if module.name not in used:
            yield Finding(
                "unused-module",
                f"{module.name} is a module that no probe uses",
                module.origin,
                "use it: Probe(…, module=…), or delete it",
                module.name,
                LEVEL,
            )
