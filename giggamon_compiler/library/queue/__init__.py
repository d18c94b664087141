"""Queues of jobs, as the house's own workers show them."""

from giggamon_compiler.library.queue.board import panels
from giggamon_compiler.library.queue.replays import incidents
from giggamon_compiler.library.queue.rules import Alerts, Limits, Metrics, alerts, metrics

__all__ = ["Alerts", "Limits", "Metrics", "alerts", "incidents", "metrics", "panels"]
