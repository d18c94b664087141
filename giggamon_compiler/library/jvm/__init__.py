"""A Java service, as the official Java client shows its virtual machine."""

from giggamon_compiler.library.jvm.board import panels
from giggamon_compiler.library.jvm.replays import incidents
from giggamon_compiler.library.jvm.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
