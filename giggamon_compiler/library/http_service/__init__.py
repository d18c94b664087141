"""A service that answers HTTP requests, as the house's own middleware shows it."""

from giggamon_compiler.library.http_service.board import panels
from giggamon_compiler.library.http_service.replays import incidents
from giggamon_compiler.library.http_service.rules import Alerts, Limits, Metrics, alerts, metrics

__all__ = ["Alerts", "Limits", "Metrics", "alerts", "incidents", "metrics", "panels"]
