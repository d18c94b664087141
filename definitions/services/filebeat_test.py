"""What the Filebeat alerts must and must not do."""

from definitions.services.filebeat import alerts
from giggamon_compiler import library

incidents = library.endpoint.reach_incidents("filebeat", alerts)
