"""The incidents that the alerts of MySQL are for, replayed.

Instance a has the fault, b is just short of it, and the server of another job has it, too, but is
none of ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from giggamon_compiler.library.mysql.rules import Alerts, Limits
from giggamon_compiler.library.notation import at, gauge, minutes, series
from giggamon_compiler.model.case import AlertTest

# Minutes of health before a fault begins.
_BEFORE = 10

# The limit of connections of the servers in the replays.
_MAX_CONNECTIONS = 1000


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        "down": _down(job, alerts),
        "connections": _connections(job, limits, alerts),
    }


def _down(job: str, alerts: Alerts) -> AlertTest:
    wait = minutes(alerts.down.for_)
    return AlertTest(
        alerts.down,
        series={
            series("mysql_up", job, "a"): gauge((1, _BEFORE), (0, wait + 5)),
            series("mysql_up", job, "b"): gauge((1, _BEFORE), (0, wait), (1, 5)),
            series("mysql_up", "other", "c"): gauge((0, _BEFORE + wait + 5)),
        },
        quiet=[at(_BEFORE + wait - 1)],
        fires={at(_BEFORE + wait): [_at(job, "a")]},
    )


def _connections(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    wait = minutes(alerts.connections.for_)
    length = _BEFORE + wait + 5
    limit = limits.connections_used * _MAX_CONNECTIONS
    taken: Mapping[tuple[str, str], float] = {
        (job, "a"): limit + 1,
        (job, "b"): limit,
        ("other", "c"): _MAX_CONNECTIONS,
    }
    return AlertTest(
        alerts.connections,
        series={
            **{
                series("mysql_global_variables_max_connections", *target): gauge(
                    (_MAX_CONNECTIONS, length)
                )
                for target in taken
            },
            **{
                series("mysql_global_status_threads_connected", *target): gauge(
                    (1, _BEFORE), (count, length - _BEFORE)
                )
                for target, count in taken.items()
            },
        },
        quiet=[at(_BEFORE + wait - 1)],
        fires={at(_BEFORE + wait): [_at(job, "a")]},
    )


def _at(job: str, instance: str) -> dict[str, str]:
    return {"job": job, "instance": instance}
