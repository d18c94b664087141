"""The panels of probed endpoints."""

from __future__ import annotations

from giggamon_compiler.library.endpoint.rules import Alerts, CertificateAlerts, ReachAlerts
from giggamon_compiler.model.panel import Query, State, StateTimeline, Table, TimeSeries


def reach_panels(job: str, alerts: ReachAlerts | Alerts) -> list[TimeSeries | StateTimeline]:
    """Whether the targets of a probe answer, and how fast."""
    mine = f'{{job="{job}"}}'
    return [
        StateTimeline(
            "Answers from outside",
            [Query(f"probe_success{mine}", legend="{{instance}}")],
            key=f"{job}-success",
            unit="none",
            description="A failure is an answer that is missing, too late or wrong.",
            states=[State(1, "answers", color="green"), State(0, "fails", color="red")],
            threshold=alerts.down,
            signal="errors",
        ),
        TimeSeries(
            "Time to answer, from outside",
            [Query(f"probe_duration_seconds{mine}", legend="{{instance}}")],
            key=f"{job}-duration",
            unit="s",
            description="All in all: the name, the connection, TLS, the server, the transfer.",
            threshold=alerts.slow if isinstance(alerts, Alerts) else None,
            signal="duration",
        ),
    ]


def panels(job: str, alerts: Alerts) -> list[TimeSeries | StateTimeline]:
    """What shows how the endpoints of an HTTP probe are, by target."""
    mine = f'{{job="{job}"}}'
    return [
        *reach_panels(job, alerts),
        TimeSeries(
            "Where the time goes",
            [
                Query(
                    f"avg by (phase) (probe_http_duration_seconds{mine})",
                    legend="{{phase}}",
                )
            ],
            key=f"{job}-phases",
            unit="s",
            description="processing is the server; resolve, connect and tls are the way to it.",
            signal="duration",
        ),
        TimeSeries(
            "Status of the answers",
            [Query(f"probe_http_status_code{mine}", legend="{{instance}}")],
            key=f"{job}-status",
            unit="none",
            description="0 is no answer at all.",
            threshold=alerts.wrong_status,
            signal="errors",
        ),
    ]


def certificate_panels(job: str, alerts: CertificateAlerts) -> list[Table]:
    """How long the certificates of a probe's targets are good for, the first to end on top."""
    return [
        Table(
            "Certificates",
            [
                Query(
                    f'probe_ssl_earliest_cert_expiry{{job="{job}"}} - time()',
                    legend="ends in",
                )
            ],
            key=f"{job}-certificates",
            unit="s",
            description="The first of a chain to end. It goes down by a day a day, and jumps when "
            "one is renewed.",
            columns={"instance": "endpoint"},
            smallest_first=True,
            threshold=alerts.expires_soon,
            signal="saturation",
        )
    ]
