"""What the Logstash alerts must and must not do."""

from definitions.services.logstash import alerts
from giggamon_compiler import library

incidents = library.endpoint.reach_incidents("logstash", alerts)
