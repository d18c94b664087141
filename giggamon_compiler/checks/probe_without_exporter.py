"""A probe is there, and the environment names no blackbox exporter that could ask.

A probe is a scrape of the blackbox exporter, which asks the target. Without its address Prometheus
scrapes nothing, and every alert on the probe is silent.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http")
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http")
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25",
        retention="35d", blackbox="blackbox:9115")
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Every probe has an exporter; one finding, because one line of the environment mends all."""
    jobs = program.prometheus.jobs if program.prometheus else ()
    without = [job for job in jobs if job.probing is not None and not job.probing.exporter]
    environment = program.environment
    if without and environment is not None:
        yield Finding(
            "probe-without-exporter",
            f"{environment.name} names no blackbox exporter, and {without[0].name} is a probe",
            at(environment.origin),
            'add blackbox="blackbox:9115" to the environment, its host and port',
            environment.name,
            notes=tuple(Note(f"{job.name} is a probe", job.origin) for job in without),
        )
