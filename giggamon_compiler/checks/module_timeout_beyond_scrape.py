"""A module waits longer than the scrape of its probe, so that its own timeout never counts.

The blackbox exporter gives up half a second before the scrape's time is over, whatever its module
says (its README, "Prometheus Configuration"). A scrape takes 10s at most, or its interval where
that is shorter, unless the probe says otherwise.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http", timeout="20s")
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    page = Module("page", prober="http", timeout="20s")
    shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"],
        interval="1m", timeout="30s")
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "warning"

# Prometheus' own, where nothing is said (documentation, "Configuration", `<global>`).
_SCRAPE_TIMEOUT = 10_000
# What the exporter leaves to the scrape: its flag --timeout-offset.
_OFFSET = 500


def check(program: Program) -> Iterator[Finding]:
    """The timeout of a module fits into the scrape of each probe that uses it."""
    server = program.prometheus
    modules = {it.name: it for it in program.blackbox.modules} if program.blackbox else {}
    for job in server.jobs if server else ():
        module = modules.get(job.probing.module) if job.probing else None
        waits = milliseconds(module.timeout) if module else None
        interval = milliseconds(job.interval or (server.scrape_interval if server else None))
        if module is None or waits is None or interval is None:
            continue
        scrape = milliseconds(job.timeout) or min(_SCRAPE_TIMEOUT, interval)
        if waits > scrape - _OFFSET:
            most = f"{(scrape - _OFFSET) / 1000:g}s"
            yield Finding(
                "module-timeout-beyond-scrape",
                f"{job.name} gives up after {most}, before its module {module.name} does",
                job.origin,
                f"give {job.name} a longer timeout (and interval), or {module.name} at most {most}",
                job.name,
                LEVEL,
                notes=(
                    Note(f"{module.name} waits {module.timeout}", at(module.origin, "timeout")),
                ),
            )
