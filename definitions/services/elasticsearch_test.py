"""What the Elasticsearch alerts must and must not do."""

from definitions.services.elasticsearch import alerts, limits
from giggamon_compiler import library

incidents = library.elasticsearch.incidents("elasticsearch", limits, alerts)
