"""Filebeat: reads the logs of each host's services, and sends them to Logstash."""

from definitions.hosts import targets
from definitions.policy import info, warning
from definitions.probes import inner
from definitions.teams import platform
from giggamon_compiler import Probe, Service, library

service = Service("filebeat", team=platform, depends_on=["logstash"])

node = Probe(  # its HTTP endpoint, with http.enabled, and http.host open to the exporter
    "filebeat",
    module=inner,
    targets=[f"http://{target}/" for target in targets(5066, "app")],
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
