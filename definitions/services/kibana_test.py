"""What the Kibana alerts must and must not do."""

from definitions.services.kibana import alerts
from giggamon_compiler import library

incidents = library.endpoint.reach_incidents("kibana", alerts)
