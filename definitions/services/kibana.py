"""Kibana: where people read the logs."""

from definitions.policy import info, warning
from definitions.probes import inner
from definitions.teams import platform
from giggamon_compiler import Probe, Service, library

service = Service("kibana", team=platform, depends_on=["elasticsearch"])

status = Probe(  # /api/status answers 200 while Kibana can be used, 503 while it cannot
    "kibana",
    module=inner,
    targets=["http://kibana:5601/api/status"],
    catalogue="blackbox_http",
)

alerts = library.endpoint.reach_alerts(
    "kibana",
    prefix="Kibana",
    down=warning,
    not_probed=info,
    down_for="5m",  # a restart takes some minutes, and nobody waits for it at night
)
panels = library.endpoint.reach_panels("kibana", alerts)
