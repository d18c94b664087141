"""The vocabulary of GigGaMon's definitions: everything that a file there may write.

Receivers are in `notify`, metrics in `metric`, panels in `panel`, ready-made rows in `block`, and
ready-made alerts in `library`. A name is imported when it is first asked for: a command that reads
no definitions needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from giggamon_compiler import library
    from giggamon_compiler.model import block, metric, notify, panel
    from giggamon_compiler.model.case import AlertTest, RouteTest
    from giggamon_compiler.model.dashboard import Dashboard, Row, Variable
    from giggamon_compiler.model.host import Host
    from giggamon_compiler.model.panel import Query
    from giggamon_compiler.model.probe import Module, Probe
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
    from giggamon_compiler.model.value import Allow

_MODULES = {
    "case": ("AlertTest", "RouteTest"),
    "dashboard": ("Dashboard", "Row", "Variable"),
    "host": ("Host",),
    "panel": ("Query",),
    "probe": ("Module", "Probe"),
    "rule": ("Alert", "Group", "Record"),
    "service": ("Scrape", "Service"),
    "slo": ("SLO", "Measure", "Ratio"),
    "team": ("SMTP", "Environment", "Labels", "Policy", "Route", "Severity", "Team"),
    "value": ("Allow",),
}

__all__ = [
    "SLO",
    "SMTP",
    "Alert",
    "AlertTest",
    "Allow",
    "Dashboard",
    "Environment",
    "Group",
    "Host",
    "Labels",
    "Measure",
    "Module",
    "Policy",
    "Probe",
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
    "Variable",
    "block",
    "library",
    "metric",
    "notify",
    "panel",
]


if not TYPE_CHECKING:  # what is misspelt is found by the type checker, too

    def __getattr__(name: str) -> object:
        """Import a name of the vocabulary, once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _MODULES.items() if name in names), None)
        if name == "library":
            value: object = import_module(f"{__name__}.library")
        elif home is None:
            value = import_module(f"{__name__}.model.{name}")
        else:
            value = getattr(import_module(f"{__name__}.model.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
