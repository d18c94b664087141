"""Grafana: the boards."""

from definitions.policy import info, warning
from definitions.probes import inner
from definitions.teams import platform
from giggamon_compiler import Alert, Probe, Query, Scrape, Service, library, panel

service = Service(
    "grafana",
    team=platform,
    scrape=Scrape("grafana", targets=["grafana:3000"], catalogue="grafana"),
    depends_on=["prometheus"],
)

health = Probe(  # /api/health asks its database, too
    "grafana-health",
    module=inner,
    targets=["http://grafana:3000/api/health"],
    catalogue="blackbox_http",
)

BEHIND = 60  # seconds; rules of Grafana itself are a supplement here, and run once a minute

reach = library.endpoint.reach_alerts(
    "grafana-health",
    prefix="Grafana",
    down=warning,
    not_probed=info,
    down_for="5m",  # nobody is woken for boards: alerts come without them
)

down = Alert(
    "GrafanaDown",
    expr='up{job="grafana"} == 0 or absent(up{job="grafana"})',
    for_="5m",
    severity=warning,
    summary="Grafana does not answer Prometheus",
    description="No metric of Grafana has come for five minutes.",
)
rules_failing = Alert(
    "GrafanaRulesFailing",
    expr='grafana_alerting_alerts{job="grafana",state="error"} > 0',
    for_="15m",
    severity=warning,
    summary="Rules of Grafana cannot be evaluated",
    description="{{ $value }} alerts of Grafana's own are in error, and cannot fire.",
)
rules_late = Alert(
    "GrafanaRulesLate",
    expr=f'grafana_alerting_scheduler_behind_seconds{{job="grafana"}} > {BEHIND}',
    for_="10m",
    severity=warning,
    summary="Rules of Grafana are evaluated late",
    description="The scheduler is {{ $value | humanizeDuration }} behind.",
)

panels = [
    *library.endpoint.reach_panels("grafana-health", reach),
    panel.TimeSeries(
        "Alerts of Grafana's own by state",
        [
            Query(
                'sum by (state) (grafana_alerting_alerts{job="grafana"})',
                legend="{{state}}",
            )
        ],
        key="alerts-by-state",
        unit="short",
        description="Those in error cannot fire.",
        signal="errors",
    ),
    panel.TimeSeries(
        "How late rules are",
        [
            Query(
                'grafana_alerting_scheduler_behind_seconds{job="grafana"}',
                legend="{{instance}}",
            )
        ],
        key="scheduler-behind",
        unit="s",
        description="More than a minute: an evaluation is left out.",
        threshold=rules_late,
        signal="saturation",
    ),
    panel.TimeSeries(
        "Time to send a notification",
        [
            Query(
                'rate(grafana_alerting_notification_latency_seconds_sum{job="grafana"}'
                "[$__rate_interval])"
                ' / rate(grafana_alerting_notification_latency_seconds_count{job="grafana"}'
                "[$__rate_interval])",
                legend="{{instance}}",
            )
        ],
        key="notification-latency",
        unit="s",
        description="What the receiver's own server takes to answer, on average.",
        signal="duration",
    ),
]
