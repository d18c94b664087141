"""The vocabulary of GigGaMon's definitions: everything that a file there may write.

Receivers are in `notify`, metrics in `metric`, panels in `panel`, ready-made rows in `block`.
"""

from giggamon_compiler.model import block, metric, notify, panel
from giggamon_compiler.model.case import AlertTest, RouteTest
from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.panel import Query
from giggamon_compiler.model.rule import Alert, Group, Record
from giggamon_compiler.model.service import Scrape, Service
from giggamon_compiler.model.slo import SLO, Measure, Ratio
from giggamon_compiler.model.team import (
    SMTP,
    Environment,
    Labels,
    Policy,
    Route,
    Severity,
    Team,
)

__all__ = [
    "SLO",
    "SMTP",
    "Alert",
    "AlertTest",
    "Dashboard",
    "Environment",
    "Group",
    "Labels",
    "Measure",
    "Policy",
    "Query",
    "Ratio",
    "Record",
    "Route",
    "RouteTest",
    "Row",
    "Scrape",
    "Service",
    "Severity",
    "Team",
    "block",
    "metric",
    "notify",
    "panel",
]
