"""The alerts of probed endpoints, and the limits that they compare with."""

from __future__ import annotations

from typing import NamedTuple

from giggamon_compiler.library.limits import Count, Days, Duration, Seconds, judged
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.team import Severity

DAY = 86_400


@judged
class Limits:
    """What is too much. Without a default is what depends on the house.

    seconds: how long an answer may take, all in all, averaged over five minutes
    down_for: how long an endpoint may be away before somebody is told
    changes: how often within half an hour an endpoint may go away or come back
    """

    seconds: Seconds
    down_for: Duration = "1m"
    changes: Count = 4


@judged
class CertificateLimits:
    """How many days before its end a certificate should have been replaced.

    days: when somebody should look; depends on when the house renews
    last_days: when it must be done now, whatever the hour; three bridge a weekend
    """

    days: Days
    last_days: Days = 3


class ReachAlerts(NamedTuple):
    """Whether targets answer, and whether anybody asks."""

    down: Alert
    not_probed: Alert


class Alerts(NamedTuple):
    """The alerts of a probe's endpoints."""

    down: Alert
    not_probed: Alert
    unsteady: Alert
    slow: Alert
    wrong_status: Alert


class CertificateAlerts(NamedTuple):
    """The alerts of a probe's certificates."""

    expires_soon: Alert
    expires: Alert


def reach_alerts(
    job: str, *, prefix: str, down: Severity, not_probed: Severity, down_for: str = "1m"
) -> ReachAlerts:
    """Alerts for the targets of a probe; prefix: what their names begin with.

    down, not_probed: the severities of the two
    """
    return ReachAlerts(
        down=Alert(
            f"{prefix}Unreachable",
            expr=f'probe_success{{job="{job}"}} == 0',
            for_=down_for,
            severity=down,
            summary="{{ $labels.instance }} does not answer as it should",
            description=f"Asked from outside, it has failed for more than {down_for}.",
        ),
        not_probed=Alert(
            f"{prefix}NotProbed",
            expr=f'up{{job="{job}"}} == 0 or absent(up{{job="{job}"}})',
            for_="5m",
            severity=not_probed,
            summary="Nobody asks from outside",
            description="The blackbox exporter does not probe "
            "{{ with $labels.instance }}{{ . }}{{ else }}"
            f"any target of {job}{{{{ end }}}}, so that nothing is known of it.",
        ),
    )


def alerts(
    job: str, limits: Limits, *, prefix: str, critical: Severity, warning: Severity
) -> Alerts:
    """The alerts for the targets of an HTTP probe; prefix: what their names begin with."""
    reach = reach_alerts(
        job, prefix=prefix, down=critical, not_probed=warning, down_for=limits.down_for
    )
    return Alerts(
        down=reach.down,
        not_probed=reach.not_probed,
        unsteady=Alert(
            f"{prefix}Unsteady",
            expr=f'changes(probe_success{{job="{job}"}}[30m]) > {limits.changes}',
            severity=warning,
            summary="{{ $labels.instance }} goes away and comes back again and again",
            description="It changed {{ $value | humanize }} times in half an hour.",
        ),
        slow=Alert(
            f"{prefix}Slow",
            expr=f'avg_over_time(probe_duration_seconds{{job="{job}"}}[5m])'
            f" > {number(limits.seconds)}",
            for_="5m",
            severity=warning,
            summary="{{ $labels.instance }} takes long to answer",
            description="A question takes {{ $value | humanizeDuration }} on average, seen from "
            "outside.",
        ),
        wrong_status=Alert(
            f"{prefix}WrongStatus",
            expr=f'probe_http_status_code{{job="{job}"}} >= 400',
            for_="5m",
            severity=warning,
            summary="{{ $labels.instance }} answers with an error",
            description="It has answered with status {{ $value }} for five minutes.",
        ),
    )


def certificate_alerts(
    job: str, limits: CertificateLimits, *, prefix: str, critical: Severity, warning: Severity
) -> CertificateAlerts:
    """The alerts for the certificates of a probe's targets: the first of the chain to end."""

    def ending(name: str, days: float, for_: str, severity: Severity) -> Alert:
        return Alert(
            f"{prefix}{name}",
            expr=f'probe_ssl_earliest_cert_expiry{{job="{job}"}} - time() < {number(days)} * {DAY}',
            for_=for_,
            severity=severity,
            summary="The certificate of {{ $labels.instance }} ends in {{ $value | "
            "humanizeDuration }}",
            description="In {{ $value | humanizeDuration }} no browser and no client will talk to "
            "it any more.",
        )

    return CertificateAlerts(
        expires_soon=ending("CertificateExpiresSoon", limits.days, "1h", warning),
        expires=ending("CertificateExpires", limits.last_days, "1h", critical),
    )
