"""A query of a board reads a variable that neither the board nor Grafana has.

Grafana leaves what it does not know as it stands. The query then asks for a value "$instance",
which no series has, and the panel shows no data.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    dashboard = Dashboard("orders", title="Orders", rows=[Row("Queue", [
        panel.TimeSeries("Waiting", [Query('orders_queue_depth{instance=~"$instance"}')],
            key="queue")])])

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
from difflib import get_close_matches

from giggamon_compiler.findings import Finding, Level, within
from giggamon_compiler.ir import Dashboard, Program
from giggamon_compiler.queries.choices import BUILT_IN, queries_of, variables_in

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Each variable that a query reads is one of its board's, or of Grafana's own."""
    for board in program.dashboards:
        known = {variable.name for variable in board.variables} | BUILT_IN
        for name, query in queries_of(board):
            for read in variables_in(query.text):
                if read.name not in known:
                    yield Finding(
                        "unknown-variable",
                        f"{name}: there is no variable ${read.name}",
                        within(query.origin, query.text, read.start, read.end),
                        _advice(read.name, board),
                        name,
                    )


def _advice(name: str, board: Dashboard) -> str:
    own = [variable.name for variable in board.variables]
    near = get_close_matches(name, [*own, *sorted(BUILT_IN)], n=1, cutoff=0.7)
    if near:
        return f"did you mean ${near[0]}?"
    return f'add it to the board: variables=[Variable("{name}", query="label_values(…, {name})")]'
