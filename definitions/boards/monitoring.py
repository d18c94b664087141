"""Monitoring: whether what watches everything else is itself well."""

from definitions.services import (
    alertmanager,
    elasticsearch,
    endpoints,
    filebeat,
    grafana,
    kibana,
    logstash,
    prometheus,
)
from giggamon_compiler import Dashboard, Query, Row, block, panel

_PARTS = (alertmanager, elasticsearch, endpoints, filebeat, grafana, kibana, logstash, prometheus)
_NAMES = "|".join(it.service.name for it in _PARTS)
_PROBES = "|".join(
    it.name
    for it in (endpoints.website, filebeat.node, grafana.health, kibana.status, logstash.node)
)
# `up` of a probe is that of its exporter: it counts where there is no finding.
_ANSWERS = "probe_success or up"

overview = Dashboard(
    "monitoring",
    title="Monitoring of the monitoring",
    description="Follows the way of a sample: scraped, stored, evaluated, told, looked at.",
    tags=["team:platform"],
    rows=[
        *block.alerts(f'service=~"{_NAMES}"'),
        Row(
            "Asked from outside",
            [
                panel.StateTimeline(
                    "Parts that answer, and the website",
                    [
                        Query(
                            f'max by (job, instance) (probe_success{{job=~"{_PROBES}"}} '
                            f'or up{{job=~"{_PROBES}"}})',
                            legend="{{job}} {{instance}}",
                        )
                    ],
                    key="reach",
                    unit="short",
                    states=[
                        panel.State(0, "no answer", color="red"),
                        panel.State(1, "answers", color="green"),
                    ],
                    description="As the exporter of probes sees them. All red at once is the "
                    "exporter, or its network.",
                )
            ],
        ),
        Row(
            "Scraped",
            [
                panel.BarGauge(
                    "Share of targets that answer, by job",
                    [Query(f"avg by (job) ({_ANSWERS})", legend="{{job}}")],
                    key="up",
                    unit="percentunit",
                    max=1,
                    description="1 is all of them. Of a probe it says what was found; 0, too, where "
                    "the exporter of probes is gone.",
                ),
                panel.TimeSeries(
                    "Targets that do not answer",
                    [Query(f"count by (job) (({_ANSWERS}) == 0)", legend="{{job}}")],
                    key="down",
                    unit="short",
                    min=0,
                    description="No line: all of them do. Those of a probe count where it fails.",
                ),
                panel.TimeSeries(
                    "Slowest scrape, by job",
                    [Query("max by (job) (scrape_duration_seconds)", legend="{{job}}")],
                    key="scrapes",
                    unit="s",
                    min=0,
                    description="A scrape that takes 10 s has failed.",
                ),
            ],
        ),
        *block.pick(
            "Stored and evaluated",
            prometheus.panels,
            "prometheus-samples",
            "prometheus-samples-refused",
            "prometheus-series",
            "prometheus-blocks",
            "prometheus-rules-failing",
            "prometheus-rules-duration",
            prefix="server",
        ),
        *block.pick(
            "Told",
            [*prometheus.panels, *alertmanager.panels],
            "prometheus-notifications-dropped",
            "prometheus-queue",
            "alertmanager-received",
            "alertmanager-notifications-failing",
            "alertmanager-latency",
            "alertmanager-members",
            prefix="told",
        ),
        *block.pick(
            "Looked at",
            [*grafana.panels, *kibana.panels],
            "grafana-health-duration",
            "scheduler-behind",
            "kibana-duration",
            prefix="looked",
        ),
        *block.pick(
            "Logs",
            elasticsearch.panels,
            "elasticsearch-indexing",
            "elasticsearch-rejected",
            "elasticsearch-unassigned",
            "elasticsearch-disk",
            prefix="logs",
        ),
    ],
)
