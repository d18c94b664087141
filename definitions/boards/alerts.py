"""Alerts: what fires anywhere, whether people are told of it, and what fires too often."""

from definitions.services import alertmanager, prometheus
from giggamon_compiler import Dashboard, Query, Row, block, panel

EVALUATED = 10  # seconds between two samples of ALERTS: the policy's evaluation_interval

_OURS = 'severity!="heartbeat"'  # the watchdog fires for as long as all is well
_FIRING = f'ALERTS{{alertstate="firing",{_OURS}}}'

overview = Dashboard(
    "alerts",
    title="Alert overview",
    description="Begin here when several things ring at once.",
    rows=[
        Row(
            "Now",
            [
                panel.Stat(
                    "Alerts that fire",
                    [
                        Query(
                            f'count(ALERTS{{alertstate="firing",severity="{severity}"}}) '
                            "or vector(0)",
                            legend=severity,
                        )
                        for severity in ("critical", "warning", "info")
                    ],
                    key="now",
                    unit="short",
                    description="How many, by severity. A critical one has paged somebody.",
                ),
                panel.Stat(
                    "The watchdog",
                    [
                        Query(
                            'count(ALERTS{alertstate="firing",alertname="Watchdog"}) or vector(0)',
                            legend="watchdog",
                        )
                    ],
                    key="watchdog",
                    unit="short",
                    states=[
                        panel.State(0, "silent", color="red"),
                        panel.State(1, "well", color="green"),
                    ],
                    description="Silent means that no rule is evaluated: nothing below is true.",
                ),
                panel.BarGauge(
                    "Alerts that fire, by team",
                    [Query(f"count by (team) ({_FIRING})", legend="{{team}}")],
                    key="by-team",
                    unit="short",
                    description="No bar: nothing fires. One long bar is one cause more often than "
                    "many.",
                ),
                panel.BarGauge(
                    "Alerts that fire, by service",
                    [Query(f"count by (service) ({_FIRING})", legend="{{service}}")],
                    key="by-service",
                    unit="short",
                    description="Begin with the service that the others depend on.",
                ),
            ],
        ),
        *block.alerts(_OURS, by=["service", "team"]),
        *block.pick(
            "Whether people are told",
            [*prometheus.panels, *alertmanager.panels],
            "prometheus-notifications-dropped",
            "prometheus-notifications-failing",
            "alertmanager-notifications-failing",
            "alertmanager-notifications",
            "alertmanager-latency",
            prefix="told",
        ),
        Row(
            "What fires too often",
            [
                panel.TimeSeries(
                    "Alerts that fire, by severity",
                    [Query(f"count by (severity) ({_FIRING})", legend="{{severity}}")],
                    key="history",
                    unit="short",
                    min=0,
                    stacked=True,
                    description="A level that never falls is alerts that nobody acts on.",
                ),
                panel.Table(
                    "Time that alerts fired in a day",
                    [
                        Query(
                            "topk(20, sum by (alertname, service, severity) "
                            f"(count_over_time({_FIRING}[1d])) * {EVALUATED})",
                            legend="Firing",
                        )
                    ],
                    key="longest",
                    unit="s",
                    columns={"alertname": "Alert", "service": "Service", "severity": "Severity"},
                    description="All instances together. What stands at the top every week is "
                    "mended, tuned or deleted.",
                ),
            ],
        ),
    ],
)
