"""What the alerts about Prometheus must and must not do."""

from definitions.services.prometheus import alerts, limits, watchdog
from giggamon_compiler import AlertTest, library

incidents = library.prometheus.incidents("prometheus", limits, alerts)

beats = AlertTest(watchdog, series={}, fires={"0m": [{}], "60m": [{}]})
