"""What every part speaks: the program between definitions and files, small, flat and neutral.

Scalars are source text: a duration is "5m", a limit "10". None means that a field is not there.
Mappings are unordered, sequences are ordered, and equality ignores `origin`. `rest` holds the
fields of a foreign file that are not modelled, verbatim, so that reading loses nothing. `file` is
the name of a definition file below its folder, without `.py`: "services/orders".
"""

from giggamon_compiler.ir.alerting import (
    Alertmanager,
    Inhibition,
    Integration,
    Receiver,
    Route,
    Template,
)
from giggamon_compiler.ir.boards import Dashboard, DataSource, Panel, Provider, Target, Variable
from giggamon_compiler.ir.cases import AlertTest, Firing, RouteTest
from giggamon_compiler.ir.house import (
    Allowance,
    Environment,
    Host,
    Policy,
    Runbook,
    Service,
    Severity,
    Team,
)
from giggamon_compiler.ir.metrics import Catalogue, Exposed, Metric
from giggamon_compiler.ir.objectives import Objective
from giggamon_compiler.ir.program import Program
from giggamon_compiler.ir.rules import Group, Query, Rule
from giggamon_compiler.ir.scalars import Plain, Rest, Tree
from giggamon_compiler.ir.servers import Blackbox, Module, Probing, Prometheus, ScrapeJob

__all__ = [
    "AlertTest",
    "Alertmanager",
    "Allowance",
    "Blackbox",
    "Catalogue",
    "Dashboard",
    "DataSource",
    "Environment",
    "Exposed",
    "Firing",
    "Group",
    "Host",
    "Inhibition",
    "Integration",
    "Metric",
    "Module",
    "Objective",
    "Panel",
    "Plain",
    "Policy",
    "Probing",
    "Program",
    "Prometheus",
    "Provider",
    "Query",
    "Receiver",
    "Rest",
    "Route",
    "RouteTest",
    "Rule",
    "Runbook",
    "ScrapeJob",
    "Service",
    "Severity",
    "Target",
    "Team",
    "Template",
    "Tree",
    "Variable",
]
