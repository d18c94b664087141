"""Programs for the tests of the judges, whose every place can be told by its maker's name."""

from collections.abc import Iterable

from giggamon_compiler import ir
from giggamon_compiler.findings import Finding, Made, PyPlace, at

_MADE: dict[str, Made] = {}


def origin(name: str, *path: str | int) -> PyPlace:
    """The place of a value that is called so in the test."""
    if name not in _MADE:
        _MADE[name] = Made(((compile("", name, "exec"), 0),))
    return PyPlace(_MADE[name], path)


def where(finding: Finding) -> tuple[str, ...]:
    """Whose place a finding has, and the path below it; nothing where no place is known."""
    place = finding.origin
    if not isinstance(place, PyPlace):
        return ()
    return (place.made.frames[0][0].co_filename, *map(str, place.path))


def alert(name: str, expr: str = "up == 0", owner: str = "orders", **fields) -> ir.Rule:
    place = origin(name)
    return ir.Rule(
        "alert", name, ir.Query(expr, at(place, "expr")), owner=owner, origin=place, **fields
    )


def record(name: str, expr: str = "up", owner: str = "orders", **fields) -> ir.Rule:
    place = origin(name)
    return ir.Rule(
        "record", name, ir.Query(expr, at(place, "expr")), owner=owner, origin=place, **fields
    )


def group(*rules: ir.Rule, name: str = "orders", file: str = "services/orders", **fields):
    return ir.Group(file, name, rules, origin=origin(f"group {name}"), **fields)


def job(name: str = "orders", *targets: str, **fields) -> ir.ScrapeJob:
    return ir.ScrapeJob(name, targets or ("orders:8000",), origin=origin(f"job {name}"), **fields)


def prometheus(*jobs: ir.ScrapeJob, **fields) -> ir.Prometheus:
    given = {"rule_files": ("rules/services/*.yml",), **fields}
    return ir.Prometheus("10s", "10s", jobs=jobs, origin=origin("environment"), **given)


def route(receiver: str, *matchers: str, routes: Iterable[ir.Route] = (), **fields) -> ir.Route:
    return ir.Route(
        receiver, matchers, routes=tuple(routes), origin=origin(f"route {receiver}"), **fields
    )


def receiver(name: str, *integrations: ir.Integration) -> ir.Receiver:
    return ir.Receiver(name, integrations, origin=origin(f"receiver {name}"))


def slack(channel: str, **fields: str) -> ir.Integration:
    return ir.Integration(
        "slack_configs",
        {"api_url_file": "/secrets/slack", "channel": channel, **fields},
        origin(f"slack {channel}"),
    )


def pager(key: str, **fields: str) -> ir.Integration:
    return ir.Integration(
        "pagerduty_configs",
        {"routing_key_file": f"/secrets/{key}", **fields},
        origin(f"pager {key}"),
    )


def alertmanager(tree: ir.Route, *receivers: ir.Receiver, **fields) -> ir.Alertmanager:
    return ir.Alertmanager(tree, receivers, origin=origin("policy"), **fields)


POLICY = ir.Policy(
    "policy",
    ("critical", "warning"),
    "warning",
    "platform",
    {"service": "service", "team": "team", "severity": "severity", "sla": "sla"},
    origin("policy"),
)
ENVIRONMENT = ir.Environment(
    "environment", "production", "2.42", "0.25", "35d", origin("environment")
)
