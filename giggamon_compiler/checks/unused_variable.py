"""A board offers a choice that nothing on it reads, so that choosing changes nothing.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    dashboard = Dashboard("orders", title="Orders",
        variables=[Variable("instance", query='label_values(up{job="orders"}, instance)')],
        rows=[Row("Queue", [
            panel.TimeSeries("Waiting", [Query("orders_queue_depth")], key="queue")])])

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    dashboard = Dashboard("orders", title="Orders",
        variables=[Variable("instance", query='label_values(up{job="orders"}, instance)')],
        rows=[Row("Queue", [
            panel.TimeSeries("Waiting", [Query('orders_queue_depth{instance=~"$instance"}')],
                key="queue")])])
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level
from giggamon_compiler.ir import Program
from giggamon_compiler.queries.choices import names_read

LEVEL: Level = "warning"


def check(program: Program) -> Iterator[Finding]:
    """Each variable of a board is read by something on it."""
    for board in program.dashboards:
        read = names_read(board) if board.variables else set()
        for variable in board.variables:
            if variable.name not in read:
                yield Finding(
                    "unused-variable",
                    f"{board.identity}/${variable.name}: nothing on the board reads it",
                    variable.origin,
                    f'read it in a query, for example {variable.name}=~"${variable.name}", '
                    "or delete it",
                    f"{board.identity}/${variable.name}",
                    LEVEL,
                )
