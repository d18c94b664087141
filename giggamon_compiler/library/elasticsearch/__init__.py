"""Elasticsearch, as elasticsearch_exporter shows it with `--es.all`."""

from giggamon_compiler.library.elasticsearch.board import panels
from giggamon_compiler.library.elasticsearch.replays import incidents
from giggamon_compiler.library.elasticsearch.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
