"""What the alerts of hosts must and must not do."""

from definitions.services.hosts import alerts, limits
from giggamon_compiler import library

incidents = library.host.incidents("node", limits, alerts)
