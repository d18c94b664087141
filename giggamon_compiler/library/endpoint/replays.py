"""The incidents that the alerts of endpoints are for, replayed."""

from __future__ import annotations

from giggamon_compiler.library.endpoint.rules import (
    DAY,
    Alerts,
    CertificateAlerts,
    CertificateLimits,
    Limits,
    ReachAlerts,
)
from giggamon_compiler.library.faults import OTHER_JOB, Figure, held
from giggamon_compiler.library.notation import at, gauge, minutes, series
from giggamon_compiler.model.case import AlertTest
from giggamon_compiler.model.rule import Alert

_HOUR = 3600


def reach_incidents(job: str, alerts: ReachAlerts | Alerts) -> dict[str, AlertTest]:
    """A replay for each alert of `reach_alerts`, and for a probe that is not there at all."""
    wait = minutes(alerts.not_probed.for_)
    return {
        "down": held(alerts.down, job, [Figure(metric="probe_success", well=1, short=1, bad=0)]),
        "not_probed": held(alerts.not_probed, job, [Figure(metric="up", well=1, short=1, bad=0)]),
        "probe_gone": AlertTest(
            alerts.not_probed,
            series={series("up", OTHER_JOB, "c"): gauge((1, wait + 5))},
            quiet=[at(wait - 1)],
            fires={at(wait): [{"job": job}]},
        ),
    }


def incidents(job: str, limits: Limits, alerts: Alerts) -> dict[str, AlertTest]:
    """A replay for each alert: what makes it fire, and what must not."""
    return {
        **reach_incidents(job, alerts),
        "unsteady": _unsteady(job, limits, alerts),
        "slow": held(
            alerts.slow,
            job,
            [
                Figure(
                    metric="probe_duration_seconds",
                    well=0,
                    short=limits.seconds * 0.99,
                    bad=limits.seconds * 1.01,
                )
            ],
            window="5m",
        ),
        "wrong_status": held(
            alerts.wrong_status,
            job,
            [Figure(metric="probe_http_status_code", well=200, short=399, bad=400)],
        ),
    }


def _unsteady(job: str, limits: Limits, alerts: Alerts) -> AlertTest:
    """One changes once more than it may, within less than half an hour and more than a quarter;
    the other one as often, over more than half an hour and less than a whole one.
    """
    last = 80

    def changing(span: int) -> tuple[str, int]:
        """Samples, and the minute of the first change."""
        every = -(-span // limits.changes)
        first = last - every * limits.changes
        turns = [(float(turn % 2), every) for turn in range(limits.changes)]
        return gauge((1, first), *turns, (float(limits.changes % 2), 40)), first

    often, first = changing(20)
    rarely, _ = changing(36)
    return AlertTest(
        alerts.unsteady,
        series={
            series("probe_success", job, "a"): often,
            series("probe_success", job, "b"): rarely,
            series("probe_success", OTHER_JOB, "c"): often,
        },
        quiet=[at(last - 1), at(first + 31)],
        fires={at(last): [_at(job, "a")], at(first + 28): [_at(job, "a")]},
    )


def certificate_incidents(
    job: str, limits: CertificateLimits, alerts: CertificateAlerts
) -> dict[str, AlertTest]:
    """A replay for each alert of `certificate_alerts`."""
    return {
        "expires_soon": _ending(job, limits.days, alerts.expires_soon),
        "expires": _ending(job, limits.last_days, alerts.expires),
    }


def _ending(job: str, days: float, alert: Alert) -> AlertTest:
    """One certificate comes too near its end after three hours, one is replaced before somebody is
    told, one never comes that near.
    """
    wait = minutes(alert.for_) // 60
    too_near = days * DAY + 3 * _HOUR
    metric, length = "probe_ssl_earliest_cert_expiry", wait + 8
    fires = 4 + wait
    return AlertTest(
        alert,
        series={
            series(metric, job, "a"): gauge((too_near, length)),
            series(metric, job, "b"): gauge((too_near + length * _HOUR, length)),
            series(metric, job, "d"): gauge((too_near, fires), (too_near + 90 * DAY, 8)),
            series(metric, OTHER_JOB, "c"): gauge((0, length)),
        },
        quiet=[at(180), at((fires - 1) * 60)],
        fires={at(fires * 60): [_at(job, "a")]},
        interval="1h",
    )


def _at(job: str, instance: str) -> dict[str, str]:
    return {"job": job, "instance": instance}
