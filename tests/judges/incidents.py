"""Tests of an alert as the compiler knows them, and one way to run them."""

from dataclasses import replace

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import run_tests
from tests.judges.making import POLICY, alert, group, origin, prometheus

OWNED = {"service": "orders", "team": "commerce", "severity": "critical"}


def program(*groups: ir.Group, **fields) -> ir.Program:
    return ir.Program(groups=groups, policy=POLICY, prometheus=prometheus(), **fields)


DOWN = alert(
    "OrdersDown",
    'up{job="orders"} == 0',
    for_="2m",
    labels=OWNED,
    annotations={
        "summary": "{{ $labels.instance }} is down: {{ $value }}",
        "runbook_url": "https://example.org",
    },
)
PROGRAM = program(group(DOWN))
SERIES = {
    'up{job="orders",instance="a"}': "1x4 0x20",
    'up{job="orders",instance="b"}': "1x30",
    'up{job="other",instance="c"}': "0x30",
}
A = {"job": "orders", "instance": "a"}


def case(target: str = "orders/OrdersDown", **fields) -> ir.AlertTest:
    given = {
        "series": SERIES,
        "severity": None,
        "origin": origin("test"),
        **{name: value for name, value in fields.items() if name != "fires"},
        "fires": tuple(ir.Firing(time, tuple(it)) for time, it in fields.get("fires", {}).items()),
    }
    return ir.AlertTest("services/orders_test", "gone", target, **given)


def run(tools, test, compiled=PROGRAM, files=None):
    compiled = replace(compiled, alert_tests=(test,))
    return run_tests(compiled, targets.emit(compiled) if files is None else files, tools)


def shown(finding):
    return [note.message for note in finding.notes]
