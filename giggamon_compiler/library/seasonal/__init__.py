"""A counter with seasons, compared with the same hours of the past weeks."""

from giggamon_compiler.library.seasonal.board import panels
from giggamon_compiler.library.seasonal.replays import incidents
from giggamon_compiler.library.seasonal.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
