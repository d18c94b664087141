"""A query compares a variable by = or !=, of which several values may be chosen.

Grafana writes several values, and the choice "All", as a regular expression: `(a|b)` and `.+`. By
= that is a value that no series has, so that the panel shows no data; by != nothing is left out.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    dashboard = Dashboard("orders", title="Orders",
        variables=[Variable("instance", query='label_values(up{job="orders"}, instance)')],
        rows=[Row("Queue", [
            panel.TimeSeries("Waiting", [Query('orders_queue_depth{instance="$instance"}')],
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

import re
from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, within
from giggamon_compiler.ir import Program, Variable
from giggamon_compiler.queries.choices import queries_of, variables_in

LEVEL: Level = "error"

_AS_REGEX = {"=": "=~", "!=": "!~"}
# A string after = can be nothing but the value of a matcher.
_MATCHER = re.compile(
    r"""(?P<sign>=~|!~|!=|==|=)\s*(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)"""
    r"""|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\#[^\n]*""",
    re.DOTALL,
)


def check(program: Program) -> Iterator[Finding]:
    """Each matcher of a variable of several values is one of a regular expression."""
    for board in program.dashboards:
        several = {it.name for it in board.variables if _may_be_several(it)}
        for name, query in queries_of(board) if several else ():
            for found in _MATCHER.finditer(query.text):
                if found["sign"] not in _AS_REGEX:
                    continue
                for read in variables_in(found["value"]):
                    if read.name in several:
                        yield Finding(
                            "variable-compared-exactly",
                            f"{name}: several values of ${read.name} may be chosen, "
                            f"and {found['sign']} compares with one",
                            within(query.origin, query.text, *found.span()),
                            f"write {_AS_REGEX[found['sign']]} in its place",
                            name,
                        )


def _may_be_several(variable: Variable) -> bool:
    return any(variable.rest.get(name) is True for name in ("multi", "includeAll"))
