"""The whole program."""

from __future__ import annotations

from dataclasses import dataclass

from giggamon_compiler.ir.alerting import Alertmanager, Template
from giggamon_compiler.ir.boards import Dashboard, DataSource, Provider
from giggamon_compiler.ir.cases import AlertTest, RouteTest
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
from giggamon_compiler.ir.metrics import Catalogue, Metric
from giggamon_compiler.ir.objectives import Objective
from giggamon_compiler.ir.rules import Group, Rule
from giggamon_compiler.ir.servers import Blackbox, Prometheus


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that a definitions folder means, or an output tree says."""

    groups: tuple[Group, ...] = ()
    prometheus: Prometheus | None = None
    alertmanager: Alertmanager | None = None
    blackbox: Blackbox | None = None
    templates: tuple[Template, ...] = ()
    dashboards: tuple[Dashboard, ...] = ()
    datasources: tuple[DataSource, ...] = ()
    providers: tuple[Provider, ...] = ()
    services: tuple[Service, ...] = ()
    runbooks: tuple[Runbook, ...] = ()
    hosts: tuple[Host, ...] = ()
    teams: tuple[Team, ...] = ()
    severities: tuple[Severity, ...] = ()
    policy: Policy | None = None
    environment: Environment | None = None
    metrics: tuple[Metric, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    objectives: tuple[Objective, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    alert_tests: tuple[AlertTest, ...] = ()
    route_tests: tuple[RouteTest, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in the order of their groups."""
        return tuple(rule for group in self.groups for rule in group.rules)
