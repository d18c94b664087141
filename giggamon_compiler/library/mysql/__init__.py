"""MySQL and MariaDB, as mysqld_exporter shows them."""

from giggamon_compiler.library.mysql.board import panels
from giggamon_compiler.library.mysql.replays import incidents
from giggamon_compiler.library.mysql.rules import Alerts, Limits, alerts

__all__ = ["Alerts", "Limits", "alerts", "incidents", "panels"]
