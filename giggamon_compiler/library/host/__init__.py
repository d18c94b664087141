"""Hosts that run Linux, as node_exporter shows them."""

from giggamon_compiler.library.host.board import panels
from giggamon_compiler.library.host.replays import incidents
from giggamon_compiler.library.host.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
