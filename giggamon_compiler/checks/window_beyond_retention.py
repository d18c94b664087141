"""An objective looks further back than samples are kept.

Prometheus forgets what is older than its retention. A share over a longer window is computed from
what is left, and nothing says that part of the window is missing.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    availability = SLO("availability", objective=99.9, window="90d", sli=Ratio(
        bad='http_requests_total{job="orders",code=~"5.."}',
        total='http_requests_total{job="orders"}'))

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    availability = SLO("availability", objective=99.9, window="30d", sli=Ratio(
        bad='http_requests_total{job="orders",code=~"5.."}',
        total='http_requests_total{job="orders"}'))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """No window is longer than `Environment.retention`."""
    environment = program.environment
    kept = milliseconds(environment.retention) if environment else None
    if environment is None or kept is None:
        return
    for objective in program.objectives:
        window = milliseconds(objective.window)
        if window is not None and window > kept:
            yield Finding(
                "window-beyond-retention",
                f"{objective.identity} looks back {objective.window}, "
                f"and samples are kept for {environment.retention}",
                at(objective.origin, "window"),
                f"shorten the window to {environment.retention} or less, or keep samples longer",
                objective.identity,
                notes=(Note("the retention is stated here", at(environment.origin, "retention")),),
            )
