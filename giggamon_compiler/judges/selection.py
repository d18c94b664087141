"""Which tests are meant by the names on a command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from giggamon_compiler.findings import Finding
from giggamon_compiler.ir import AlertTest, Program, RouteTest
from giggamon_compiler.judges.given import name_of

_TEST = "_test"


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen tests, and a finding for each name that chooses none."""

    alert_tests: tuple[AlertTest, ...]
    route_tests: tuple[RouteTest, ...]
    findings: tuple[Finding, ...] = ()


def select_tests(program: Program, names: Sequence[str]) -> Selection:
    """The tests of these names; no names means all.

    A name is a test's ("services/orders_test.growing"), an alert's ("orders/OrdersDown"), an
    objective's ("orders/availability"), a service's ("orders") or a file's ("services/orders_test",
    also with ".py").
    """
    if not names:
        return Selection(program.alert_tests, program.route_tests)
    alerts = [(test, frozenset(_names_of_alert(program, test))) for test in program.alert_tests]
    routes = [(test, frozenset(_names_of_route(program, test))) for test in program.route_tests]
    known = frozenset().union(*(keys for _, keys in (*alerts, *routes)))
    asked = frozenset(name.removesuffix(".py") for name in names)
    return Selection(
        tuple(test for test, keys in alerts if keys & asked),
        tuple(test for test, keys in routes if keys & asked),
        tuple(_unknown(name, known) for name in names if name.removesuffix(".py") not in known),
    )


def _names_of_alert(program: Program, test: AlertTest) -> Iterator[str]:
    yield from _names_of_file(program, test.file)
    yield name_of(test)
    yield test.alert
    yield test.alert.partition("/")[0]
    for rule in program.rules:
        if rule.identity == test.alert and rule.objective:
            yield rule.objective


def _names_of_route(program: Program, test: RouteTest) -> Iterator[str]:
    yield from _names_of_file(program, test.file)
    yield name_of(test)
    label = program.policy.labels.get("service") if program.policy else None
    if label is not None and label in test.labels:
        yield test.labels[label]


def _names_of_file(program: Program, file: str) -> Iterator[str]:
    """The file of a test, and the service of the file that it stands beside."""
    yield file
    beside = file.removesuffix(_TEST)
    yield from (service.name for service in program.services if service.file == beside)


def _unknown(name: str, known: frozenset[str]) -> Finding:
    near = get_close_matches(name, sorted(known), 3)
    return Finding(
        "unknown-test",
        f"{name} is no test, and nothing that has one",
        help=f"did you mean {' or '.join(near)}?" if near else "see what there is: giggamon list",
        subject=name,
        fatal=True,
    )
