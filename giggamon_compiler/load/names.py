"""The names that values may have: they become file names, parts of paths, labels and metrics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import get_args

from giggamon_compiler.findings import Finding
from giggamon_compiler.load.wording import printable, with_article
from giggamon_compiler.model.dashboard import Dashboard, Variable
from giggamon_compiler.model.host import Host
from giggamon_compiler.model.metric import Counter, Gauge, Histogram, Summary
from giggamon_compiler.model.panel import Panel
from giggamon_compiler.model.probe import Module, Probe
from giggamon_compiler.model.rule import Alert, Group, Record
from giggamon_compiler.model.service import Scrape, Service
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Environment, Labels, Route, Severity, Team
from giggamon_compiler.model.value import Value, origin_of

LONGEST = 100

# Prometheus' own grammar of names, as its versions before 3.0 demand and all later ones accept.
_METRIC = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
# A name of DNS, an IPv4 address, or an IPv6 address in the brackets that a target needs.
_ADDRESS = re.compile(r"[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]+\]")
_FORBIDDEN = {
    "/": "a slash",
    "\\": "a backslash",
    '"': "a double quote",
    "'": "a single quote",
    "`": "a backquote",
}


def fault_of_identity(name: str) -> str | None:
    """What keeps a name from being a part of a path, a file name and a label at once."""
    if not name:
        return "no character in it"
    if len(name) > LONGEST:
        return f"{len(name)} characters, more than {LONGEST}"
    if name[0] == ".":
        return "a dot at its start"
    if name != name.strip():
        return "white space at its start or end"
    wrong = next((char for char in name if char in _FORBIDDEN), None)
    return _FORBIDDEN[wrong] if wrong else _unprintable(name)


def fault_of_text(name: str) -> str | None:
    """What keeps a name from being readable in one line: the only rule for alerts and jobs."""
    return _unprintable(name) if name.strip() else "no character in it"


def fault_of_address(name: str) -> str | None:
    """What keeps a text from being the address of a machine, a host's name or an IP address."""
    if _ADDRESS.fullmatch(name):
        return None
    host, _, port = name.rpartition(":")
    if port.isdigit() and _ADDRESS.fullmatch(host):
        return "a port, which is a job's and not the machine's"
    return fault_of_text(name) or "a character that no host's name has"


def fault_of_metric(name: str) -> str | None:
    """What keeps a name from being one of a metric."""
    if _METRIC.fullmatch(name):
        return None
    return fault_of_text(name) or "a character that Prometheus allows in no metric"


def fault_of_label(name: str) -> str | None:
    """What keeps a name from being one of a label."""
    if _LABEL.fullmatch(name):
        return None
    return fault_of_text(name) or "a character that Prometheus allows in no label"


def fault_of_variable(name: str) -> str | None:
    """What keeps a name from being one of a variable of Grafana."""
    if name.startswith("__"):
        return "two underscores at its start, as Grafana's own variables have"
    if _LABEL.fullmatch(name):  # Grafana lets a digit begin one; `$1` is then not what it seems
        return None
    return fault_of_text(name) or "a character that Grafana reads in no variable"


Fault = Callable[[str], str | None]
RULES: dict[type[Value], tuple[tuple[str, Fault], ...]] = {
    Service: (("name", fault_of_identity),),
    Team: (("name", fault_of_identity),),
    Route: (("name", fault_of_identity),),
    Severity: (("name", fault_of_identity),),
    SLO: (("name", fault_of_identity),),
    Group: (("name", fault_of_identity),),
    Host: (("name", fault_of_identity), ("address", fault_of_address)),
    Environment: (("name", fault_of_identity),),
    Dashboard: (("key", fault_of_identity), ("folder", fault_of_identity)),
    Variable: (("name", fault_of_variable),),
    **dict.fromkeys(get_args(Panel), (("key", fault_of_identity),)),
    Scrape: (("job", fault_of_text),),
    Probe: (("name", fault_of_text),),
    Module: (("name", fault_of_identity),),
    Alert: (("name", fault_of_text),),
    Record: (("name", fault_of_metric),),
    Counter: (("name", fault_of_metric),),
    Gauge: (("name", fault_of_metric),),
    Histogram: (("name", fault_of_metric),),
    Summary: (("name", fault_of_metric),),
    Labels: tuple((kind, fault_of_label) for kind in ("service", "team", "severity", "sla")),
}
_HELP: dict[Fault, str] = {
    fault_of_identity: "use letters, digits, hyphens and dots: it becomes a file name and a label",
    fault_of_address: "write it as in db-1.example or 10.0.0.7",
    fault_of_text: "use words that can be read in one line",
    fault_of_metric: "use letters, digits, underscores and colons, and no digit at the start",
    fault_of_label: "use letters, digits and underscores, and no digit at the start",
    fault_of_variable: "use letters, digits and underscores, and a letter at the start",
}


def check_names(value: Value, subject: str) -> Iterator[Finding]:
    """A finding for each name of a value that cannot be one. The types are known to be right."""
    for argument, fault_of in RULES.get(type(value), ()):
        name = getattr(value, argument)
        fault = None if name is None else fault_of(name)
        if fault:
            kind = type(value).__name__
            yield Finding(
                "bad-name",
                f"{printable(name) or kind}: the {argument} of {with_article(kind)} has {fault}",
                origin_of(value, argument),
                _HELP[fault_of],
                subject,
            )


def _unprintable(name: str) -> str | None:
    if name.isprintable():
        return None
    for char in name:
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            shown = "a line break" if char in "\n\r" else f"the control character U+{ord(char):04X}"
            return f"{shown} in it"
    return None
