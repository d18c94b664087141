"""Alertmanager: tells people."""

from definitions.policy import critical, warning
from definitions.teams import platform
from giggamon_compiler import Scrape, Service, library

service = Service(
    "alertmanager",
    team=platform,
    scrape=Scrape(
        "alertmanager",
        targets=["alertmanager-1:9093", "alertmanager-2:9093"],
        catalogue="alertmanager",
    ),
)

limits = library.alertmanager.Limits(
    latency=10,  # a page is to arrive within a minute, and everything before takes up to 50 s
    active=100,  # six teams, and nobody reads more than a screen of alerts
)

alerts = library.alertmanager.alerts("alertmanager", limits, critical=critical, warning=warning)
panels = library.alertmanager.panels("alertmanager", alerts)
