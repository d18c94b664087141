"""Values to program: a few pure passes, each adding its part to what those before it made."""

from __future__ import annotations

from collections.abc import Callable

from giggamon_compiler.ir import Program
from giggamon_compiler.lower.alerting import lower_alertmanager
from giggamon_compiler.lower.allowances import lower_allowances
from giggamon_compiler.lower.catalogues import lower_catalogues
from giggamon_compiler.lower.dashboards import lower_dashboards
from giggamon_compiler.lower.house import lower_house
from giggamon_compiler.lower.made_boards import add_boards
from giggamon_compiler.lower.rules import lower_rules
from giggamon_compiler.lower.serving import lower_servers
from giggamon_compiler.lower.slo import lower_objectives
from giggamon_compiler.lower.testing import lower_tests
from giggamon_compiler.model.definitions import Definitions

PASSES: tuple[Callable[[Definitions, Program], Program], ...] = (
    lower_house,  # services, teams, severities, policy, environment, declared metrics
    lower_catalogues,  # what exporters expose, as it was recorded
    lower_dashboards,  # boards: panels, layout, ids
    lower_objectives,  # objectives, and the recordings and alerts that each becomes
    lower_rules,  # alerts, recordings, groups
    lower_servers,  # prometheus.yml and what Grafana is provisioned with
    lower_alertmanager,  # the routing tree, receivers, inhibitions, message templates
    lower_tests,  # tests of alerts and routes
    lower_allowances,  # checks that are silent, and about what
)


def lower(definitions: Definitions) -> Program:
    """The program that the definitions mean. Total: what `load` lets through can be lowered."""
    definitions = add_boards(definitions)
    program = Program()
    for lower_part in PASSES:
        program = lower_part(definitions, program)
    return program
