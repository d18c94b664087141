"""Logstash: takes the logs from Filebeat, and puts them into Elasticsearch."""

from definitions.policy import info, warning
from definitions.probes import inner
from definitions.teams import platform
from giggamon_compiler import Probe, Service, library

service = Service("logstash", team=platform, depends_on=["elasticsearch"])

node = Probe(  # the root of its monitoring API says who it is
    "logstash",
    module=inner,
    targets=["http://logstash:9600/"],
    catalogue="blackbox_http",
)

alerts = library.endpoint.reach_alerts(
    "logstash",
    prefix="Logstash",
    down=warning,
    not_probed=info,
    down_for="5m",  # Filebeat waits for it, and nothing is lost while it restarts
)
panels = library.endpoint.reach_panels("logstash", alerts)
