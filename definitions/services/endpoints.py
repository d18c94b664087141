"""Endpoints: what customers open, asked from outside."""

from definitions.policy import critical, warning
from definitions.probes import page
from definitions.teams import platform
from giggamon_compiler import Alert, Probe, Scrape, Service, library

service = Service(
    "endpoints",
    team=platform,
    scrape=Scrape("blackbox", targets=["blackbox:9115"], catalogue="blackbox_exporter"),
)

website = Probe(
    "website",
    module=page,
    targets=["https://www.giggatek.example/", "https://api.giggatek.example/health"],
    catalogue="blackbox_http",
)

limits = library.endpoint.Limits(
    seconds=2,  # what we promise ourselves for a page, all in all
)
certificate_limits = library.endpoint.CertificateLimits(
    days=21,  # certificates of 90 days are renewed 30 days before their end; a week is for retries
)

alerts = library.endpoint.alerts(
    "website", limits, prefix="Website", critical=critical, warning=warning
)
certificates = library.endpoint.certificate_alerts(
    "website", certificate_limits, prefix="Website", critical=critical, warning=warning
)
panels = [
    *library.endpoint.panels("website", alerts),
    *library.endpoint.certificate_panels("website", certificates),
]

modules_refused = Alert(
    "BlackboxReloadFailed",
    expr='max_over_time(blackbox_exporter_config_last_reload_successful{job="blackbox"}[5m]) == 0',
    for_="5m",
    severity=warning,
    summary="The blackbox exporter refuses its configuration",
    description="{{ $labels.instance }} asks by the modules of before; new ones are unknown to it.",
)
module_unknown = Alert(
    "BlackboxModuleUnknown",
    expr='increase(blackbox_module_unknown_total{job="blackbox"}[5m]) > 0',
    for_="7m",
    severity=warning,
    summary="The blackbox exporter is asked for a module that it does not know",
    description="{{ $value | humanize }} probes failed for that alone within five minutes.",
)
exporter_down = Alert(
    "BlackboxDown",
    expr='up{job="blackbox"} == 0 or absent(up{job="blackbox"})',
    for_="5m",
    severity=warning,
    summary="Nothing is asked from outside",
    description="The blackbox exporter does not answer, so that every probe fails or is missing.",
)
