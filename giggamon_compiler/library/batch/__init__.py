"""A batch that must succeed every so often, as the house's own scheduler shows it."""

from giggamon_compiler.library.batch.board import panels
from giggamon_compiler.library.batch.replays import incidents
from giggamon_compiler.library.batch.rules import Alerts, Limits, Metrics, alerts, metrics

__all__ = ["Alerts", "Limits", "Metrics", "alerts", "incidents", "metrics", "panels"]
