"""Which tests are meant by the names on a command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the chosen tests, whole."""
        return (*map(name_of, self.alert_tests), *map(name_of, self.route_tests))


def select_tests(program: Program, names: Sequence[str]) -> Selection:
    """The tests of these names; no names means all.

    A name is a test's ("services/orders_test.growing", or "growing" where only one is called so),
    an alert's ("orders/OrdersDown"), an objective's ("orders/availability"), a service's ("orders")
    or a file's ("services/orders_test", also as a path).
    """
    if not names:
        return Selection(program.alert_tests, program.route_tests)
    alerts = [(test, frozenset(_names_of_alert(program, test))) for test in program.alert_tests]
    routes = [(test, frozenset(_names_of_route(program, test))) for test in program.route_tests]
    known = frozenset().union(*(keys for _, keys in (*alerts, *routes)))
    called: dict[str, list[str]] = {}
    for whole in select_tests(program, ()).names:
        called.setdefault(whole.rpartition(".")[2], []).append(whole)
    asked: set[str] = set()
    findings = []
    for name in names:
        plain = name.removesuffix(".py").removeprefix("definitions/")
        if plain in known:
            asked.add(plain)
        elif len(called.get(plain, ())) == 1:
            asked.update(called[plain])
        else:
            findings.append(_without_tests(program, plain, called) or _unknown(name, known))
    return Selection(
        tuple(test for test, keys in alerts if keys & asked),
        tuple(test for test, keys in routes if keys & asked),
        tuple(findings),
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


def _without_tests(program: Program, name: str, called: Mapping[str, list[str]]) -> Finding | None:
    """What is no test, and yet known: a name of several tests, or a thing that has none yet."""
    if name in called:
        return Finding(
            "unknown-test",
            f"{name} is the name of {len(called[name])} tests",
            help=f"write {' or '.join(called[name])}",
            subject=name,
            fatal=True,
        )
    files = {service.name: service.file for service in program.services}
    things = {
        **{slo.identity: slo.file for slo in program.objectives},
        **{rule.identity: group.file for group in program.groups for rule in group.rules},
        **{f"{file}{end}": file for file in files.values() for end in ("", _TEST)},
        **files,
    }
    file = things.get(name)
    if file is None:
        return None
    where = f"definitions/{file}{_TEST}.py"
    advice = f"write {where}"
    if any(whole.startswith(f"{file}{_TEST}.") for whole in select_tests(program, ()).names):
        advice = f"add one to {where}"
    return Finding("no-test-yet", f"{name} has no test yet", help=advice, subject=name)


def _unknown(name: str, known: frozenset[str]) -> Finding:
    near = get_close_matches(name, sorted(known), 3)
    return Finding(
        "unknown-test",
        f"{name} is no test, and nothing that has one",
        help=f"did you mean {' or '.join(near)}?" if near else "see what there is: giggamon list",
        subject=name,
        fatal=True,
    )
