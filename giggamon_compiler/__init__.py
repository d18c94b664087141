"""The vocabulary of GigGaMon's definitions: everything that a file there may write.

Receivers are in `notify`, metrics in `metric`, panels in `panel`, ready-made rows in `block`. A
name is imported when it is first asked for: a command that reads no definitions needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_MODULES = {
    "case": ("AlertTest", "RouteTest"),
    "dashboard": ("Dashboard", "Row"),
    "panel": ("Query",),
    "rule": ("Alert", "Group", "Record"),
    "service": ("Scrape", "Service"),
    "slo": ("SLO", "Measure", "Ratio"),
    "team": ("SMTP", "Environment", "Labels", "Policy", "Route", "Severity", "Team"),
}

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


if not TYPE_CHECKING:  # what is misspelt is found by the type checker, too

    def __getattr__(name: str) -> object:
        """Import a name of the vocabulary, once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((module for module, names in _MODULES.items() if name in names), None)
        if home is None:
            value: object = import_module(f"{__name__}.model.{name}")
        else:
            value = getattr(import_module(f"{__name__}.model.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
