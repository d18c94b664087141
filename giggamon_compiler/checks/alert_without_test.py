"""No test makes an alert fire.

An expression with a misspelt label or a wrong threshold is valid, and never fires. Only a test
that replays an incident and sees the alert fire proves that it can. An objective has two alerts,
and each wants a test, with `severity=`.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0')

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    down = Alert("OrdersDown", expr='up{job="orders"} == 0')

    # definitions/services/orders_test.py
    gone = AlertTest(down, series={'up{job="orders"}': "1x5 0x5"},
        quiet=["5m"], fires={"6m": [{"job": "orders"}]})
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, Note
from giggamon_compiler.ir import Program

LEVEL: Level = "error"
WHOLE = True


def check(program: Program) -> Iterator[Finding]:
    """Every alert, and each of an objective's two, fires in a test."""
    tests: dict[tuple[str, str | None], bool] = {}
    quiet: dict[tuple[str, str | None], Note] = {}
    for test in program.alert_tests:
        for key in {(test.alert, test.severity), (test.alert, None)}:
            quiet.setdefault(key, Note("this test expects quiet only", test.origin))
            tests[key] = tests.get(key, False) or any(firing.alerts for firing in test.fires)
    for rule in program.rules:
        if rule.kind != "alert" or rule.owner is None:  # whose rule nobody wrote here
            continue
        key = (rule.identity, rule.severity if rule.objective else None)
        fires = tests.get(key)
        if fires:
            continue
        which = f" of severity {rule.severity}" if rule.objective else ""
        severity = f", severity={rule.severity}" if rule.objective else ""
        tested = "is tested, but no test makes it fire" if fires is False else "has no test"
        yield Finding(
            "alert-without-test",
            f"{rule.name}{which} {tested}",
            rule.origin,
            f'add AlertTest(…{severity}, series=…, fires={{"…": [{{…}}]}}) '
            "to the file beside it that ends with _test.py",
            rule.identity,
            notes=(quiet[key],) if fires is False else (),
        )
