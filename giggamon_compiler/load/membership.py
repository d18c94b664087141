"""Which values a file binds, and what may be bound where.

A file below `services/` is a thing: one service, and everything else that the file binds belongs to
it: its panels and rows stand on the board that is made for it, unless the file writes one. Tests
are in `*_test.py` alone; teams, severities, boards of their own, the policy and the environment are
roots by their kind, wherever they stand.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from giggamon_compiler.findings import Finding, Note
from giggamon_compiler.load.source import Source
from giggamon_compiler.load.syntax import Parsed
from giggamon_compiler.load.vocabulary import named_things
from giggamon_compiler.load.wording import name_of, printable, with_article
from giggamon_compiler.model.case import AlertTest, RouteTest
from giggamon_compiler.model.dashboard import Dashboard, Row
from giggamon_compiler.model.host import Host
from giggamon_compiler.model.metric import Metric
from giggamon_compiler.model.panel import Panel
from giggamon_compiler.model.probe import Module, Probe
from giggamon_compiler.model.rule import Alert, Group, Record
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Environment, Policy, Severity, Team
from giggamon_compiler.model.value import Value, made_of, origin_of

Member = tuple[str, Value]

OWNED: tuple[type[Value], ...] = (Alert, Record, Group, SLO, Probe, *get_args(Metric))
SHOWN: tuple[type[Value], ...] = (Row, *get_args(Panel))
TESTS: tuple[type[Value], ...] = (AlertTest, RouteTest)
ROOTS: tuple[type[Value], ...] = (
    *(Service, Dashboard, Team, Severity, Policy, Environment, Module, Host),
    *OWNED,
    *TESTS,
)
_EXAMPLES: Mapping[type[Value], tuple[str, str]] = {
    Policy: ("policy.py", "policy = Policy(severities=[…], fallback=…, default_team=…)"),
    Environment: (
        "environment.py",
        'environment = Environment("production", prometheus="3.5", alertmanager="0.33", '
        'retention="15d", alertmanagers=["alertmanager:9093"])',
    ),
}


def home_of(value: Value) -> str:
    """The path of the file whose import constructed a value."""
    return made_of(value).frames[-1][0].co_filename


def members_of(files: Mapping[str, tuple[Parsed, types.ModuleType]]) -> dict[str, list[Member]]:
    """By module, the values that each file binds under a public name of its own.

    A value belongs to the file that constructed it, and to another one that binds it only where the
    first keeps it private; within a file its first name counts.
    """
    bound = {
        module: [
            member
            for name in parsed.own
            if not name.startswith("_")
            for member in named_values(name, vars(namespace).get(name))
        ]
        for module, (parsed, namespace) in files.items()
    }
    owners: dict[int, str] = {}
    for at_home in (True, False):
        for module, (parsed, _) in files.items():
            for _, value in bound[module]:
                if at_home is (home_of(value) == parsed.source.path):
                    owners.setdefault(id(value), module)
    return {module: list(_owned(bound[module], owners, module)) for module in files}


def _owned(bound: Iterable[Member], owners: dict[int, str], module: str) -> Iterator[Member]:
    seen: set[int] = set()
    for name, value in bound:
        if owners[id(value)] == module and id(value) not in seen:
            seen.add(id(value))
            yield name, value


def named_values(name: str, thing: object) -> Iterator[Member]:
    """The values that a name holds: itself, or the members of lists and dicts."""
    for path, inner in named_things(name, thing):
        if isinstance(inner, Value):
            yield path, inner


def check_membership(source: Source, members: Sequence[Member]) -> Iterator[Finding]:
    """A finding for each value of a file that belongs elsewhere."""
    services = [value for _, value in members if isinstance(value, Service)]
    if source.is_package:
        yield from (
            _misplaced("value-in-init", source, value, f"move {name} to a file of its own")
            for name, value in members
        )
    elif source.is_test:
        advice = "move it to the file that it belongs to; a test file holds tests only"
        yield from (
            _misplaced("value-in-test-file", source, value, advice)
            for _, value in members
            if not isinstance(value, TESTS)
        )
    elif not source.is_service:
        for _, value in members:
            yield from _check_outside_services(source, value)
    else:
        yield from _check_service_file(source, members, services)


def has_made_board(source: Source, members: Sequence[Member]) -> bool:
    """Whether a file's service gets a board made, of the panels and rows that the file binds."""
    return source.is_service and not any(isinstance(value, Dashboard) for _, value in members)


def check_only_ones(
    files: Mapping[str, Sequence[Member]], folder: str, *, complete: bool
) -> Iterator[tuple[str, Finding]]:
    """A finding where there is no policy or no environment, or a second one: with its module."""
    for kind, (file, example) in _EXAMPLES.items():
        noun = kind.__name__
        found = [
            (module, value)
            for module, members in files.items()
            for _, value in members
            if isinstance(value, kind)
        ]
        if not found and complete:
            advice = f"write one in {folder}/{file}: {example}"
            yield "", Finding(f"no-{noun.lower()}", f"{folder} has no {noun}", None, advice, noun)
        for module, second in found[1:]:
            note = Note("the first one", origin_of(found[0][1]))
            message = f"{noun} exists twice, and only one can be true"
            origin = origin_of(second)
            advice = "delete one of the two"
            yield (
                module,
                Finding(f"second-{noun.lower()}", message, origin, advice, noun, notes=(note,)),
            )


def _check_service_file(
    source: Source, members: Sequence[Member], services: Sequence[Service]
) -> Iterator[Finding]:
    for second in services[1:]:
        yield Finding(
            "second-service",
            f"{name_of(second)} is the second Service of {source.file}",
            origin_of(second),
            "give each service a file of its own",
            name_of(second),
            notes=(Note("the first one", origin_of(services[0])),),
        )
    for _, value in members:
        if isinstance(value, TESTS):
            advice = f"move it to {source.file.removesuffix('.py')}_test.py"
            yield _misplaced("test-outside-test-file", source, value, advice)
        elif not services and isinstance(value, (*OWNED, *SHOWN, Dashboard)):
            advice = (
                'bind the service that it belongs to here: service = Service("…", team=…), '
                "or move it to the file that has it"
            )
            yield _misplaced("no-service", source, value, advice, "which binds no Service")


def _check_outside_services(source: Source, value: Value) -> Iterator[Finding]:
    below = f"{source.file.removesuffix(f'{source.name}.py')}services/"
    if isinstance(value, Service):
        advice = f"move it to {below}{printable(name_of(value))}.py"
        yield _misplaced("service-outside-services", source, value, advice)
    elif isinstance(value, OWNED):
        advice = f"move it to the file of its service in {below}, which then owns it"
        yield _misplaced("no-service", source, value, advice, "which belongs to no service")
    elif isinstance(value, TESTS):
        advice = f"move it to {source.file.removesuffix('.py')}_test.py"
        yield _misplaced("test-outside-test-file", source, value, advice)


def _misplaced(identity: str, source: Source, value: Value, advice: str, why: str = "") -> Finding:
    noun = type(value).__name__
    name = name_of(value)
    who = f"{name} is {with_article(noun)}" if name != noun else f"{with_article(noun)} stands"
    where = f" in {source.file}{f', {why}' if why else ''}"
    return Finding(identity, f"{who}{where}", origin_of(value), advice, name)
