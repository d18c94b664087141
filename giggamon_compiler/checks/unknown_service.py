"""A service depends on a service that does not exist.

Names across services are strings, so that files never import each other in a circle. The type
checker does not see them: a wrong one would silently depend on nothing.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, depends_on=["payment"])

    # definitions/services/payments.py
    service = Service("payments", team=commerce)

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce, depends_on=["payments"])

    # definitions/services/payments.py
    service = Service("payments", team=commerce)
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every name in `depends_on` is the name of a service."""
    known = [service.name for service in program.services]
    for service in program.services:
        for index, name in enumerate(service.depends_on):
            if name not in known:
                near = get_close_matches(name, known, n=1)
                yield Finding(
                    "unknown-service",
                    f"{service.name} depends on {name}, which is no service",
                    at(service.origin, "depends_on", index),
                    f"did you mean {near[0]}?"
                    if near
                    else "name a service of definitions/services",
                    service.name,
                )
