"""The alerts of MySQL, and the limits that they compare with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is too much. Without a default is what depends on the house.

    connections_used: the share of `max_connections` that may be taken
    """

    connections_used: float


class Alerts(NamedTuple):
    """The alerts of a MySQL job."""

    down: Alert
    connections: Alert


def alerts(job: str, limits: Limits, *, critical: Severity, warning: Severity) -> Alerts:
    """The alerts for the servers that a job scrapes through mysqld_exporter."""
    return Alerts(
        down=Alert(
            "MySQLDown",
            expr=f'mysql_up{{job="{job}"}} == 0',
            for_="1m",
            severity=critical,
            summary="MySQL takes no connection on {{ $labels.instance }}",
            description="The exporter has been unable to connect for a minute.",
        ),
        connections=Alert(
            "MySQLConnectionsNearLimit",
            expr=f'mysql_global_status_threads_connected{{job="{job}"}}'
            f' / mysql_global_variables_max_connections{{job="{job}"}}'
            f" > {number(limits.connections_used)}",
            for_="5m",
            severity=warning,
            summary="MySQL runs out of connections on {{ $labels.instance }}",
            description="{{ $value | humanizePercentage }} of max_connections are taken.",
        ),
    )
