"""Redis, as redis_exporter shows it."""

from giggamon_compiler.library.redis.board import panels
from giggamon_compiler.library.redis.replays import incidents
from giggamon_compiler.library.redis.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
