"""Alertmanager, as it shows itself: what it cannot load, agree on or send."""

from giggamon_compiler.library.alertmanager.board import panels
from giggamon_compiler.library.alertmanager.replays import incidents
from giggamon_compiler.library.alertmanager.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
