"""Prometheus itself, as it shows itself: what it cannot load, evaluate, keep or send."""

from giggamon_compiler.library.prometheus.board import panels
from giggamon_compiler.library.prometheus.limits import Limits
from giggamon_compiler.library.prometheus.replays import incidents
from giggamon_compiler.library.prometheus.rules import Alerts, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
