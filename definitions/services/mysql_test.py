"""What the MySQL alerts must and must not do."""

from definitions.services.mysql import alerts, limits
from giggamon_compiler import library

incidents = library.mysql.incidents("mysql", limits, alerts)
