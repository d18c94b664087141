"""Filebeat: reads the logs of each host's services, and sends them to Logstash."""

from definitions.policy import info, warning
from definitions.probes import inner
from definitions.teams import platform
from giggamon_compiler import Probe, Service, library

service = Service("filebeat", team=platform, depends_on=["logstash"])

node = Probe(  # its HTTP endpoint, with http.enabled, and http.host open to the exporter
    "filebeat",
    module=inner,
    targets=["http://app-1:5066/", "http://app-2:5066/"],
    catalogue="blackbox_http",
)

alerts = library.endpoint.reach_alerts(
    "filebeat",
    prefix="Filebeat",
    down=warning,
    not_probed=info,
    down_for="10m",  # it goes on where it stopped, for as long as the log files are there
)
panels = library.endpoint.reach_panels("filebeat", alerts)
