"""Endpoints as the blackbox exporter sees them from outside, and their certificates.

`alerts` are for what customers open; `reach_alerts` are the part of them for inner servers of which
only an answer is wanted; `certificate_alerts` are for what is asked by TLS. Panels and incidents
go with each.
"""

from giggamon_compiler.library.endpoint.board import certificate_panels, panels, reach_panels
from giggamon_compiler.library.endpoint.replays import (
    certificate_incidents,
    incidents,
    reach_incidents,
)
from giggamon_compiler.library.endpoint.rules import (
    Alerts,
    CertificateAlerts,
    CertificateLimits,
    Limits,
    ReachAlerts,
    alerts,
    certificate_alerts,
    reach_alerts,
)

__all__ = [
    "Alerts",
    "CertificateAlerts",
    "CertificateLimits",
    "Limits",
    "ReachAlerts",
    "alerts",
    "certificate_alerts",
    "certificate_incidents",
    "certificate_panels",
    "incidents",
    "panels",
    "reach_alerts",
    "reach_incidents",
    "reach_panels",
]
