"""Alerts fire, and Prometheus knows no Alertmanager.

Prometheus takes a configuration without an Alertmanager for a good one: it evaluates every alert,
shows it as firing, and sends it to nobody. Where no service writes a `Scrape`, Prometheus'
configuration is somebody else's, and nothing is said.

Fires:

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
        secrets="/etc/alertmanager/secrets")

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical)

Instead:

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
        secrets="/etc/alertmanager/secrets",
        alertmanagers=["alertmanager:9093"])

    # definitions/services/orders.py
    service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
    down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Whoever writes Prometheus' configuration and has alerts names an Alertmanager."""
    server, environment = program.prometheus, program.environment
    if server is None or environment is None or server.alertmanagers or not server.jobs:
        return
    if any(rule.kind == "alert" for rule in program.rules):
        yield Finding(
            "alerts-sent-nowhere",
            f"{environment.name} names no Alertmanager, so Prometheus sends its alerts nowhere",
            environment.origin,
            'add alertmanagers=["alertmanager:9093"] to the environment',
            environment.name,
        )
