"""Our own definitions: they pass all judges, and no part of their outputs can go unnoticed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import check_files, check_schemas, run_tests
from giggamon_compiler.load import read_definitions
from giggamon_compiler.lower import lower

DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
PROGRAM = lower(read_definitions(DEFINITIONS)[0])


def test_they_pass_all_judges(tools):
    files = targets.emit(PROGRAM)
    assert not check_schemas(PROGRAM, files)
    assert not check_files(PROGRAM, files, tools)
    assert not run_tests(PROGRAM, files, tools)


def without(group: ir.Group, index: int) -> dict[str, str]:
    """The files without one rule of a group."""
    changed = replace(group, rules=group.rules[:index] + group.rules[index + 1 :])
    groups = tuple(changed if it is group else it for it in PROGRAM.groups)
    return targets.emit(replace(PROGRAM, groups=groups))


def test_every_alert_that_is_dropped_fails_its_tests(tools):
    for group in PROGRAM.groups:
        for index, rule in enumerate(group.rules):
            if rule.kind == "alert":
                found = run_tests(PROGRAM, without(group, index), tools, [rule.identity])
                assert any("_test." in it.subject for it in found), rule.identity


def test_every_recording_that_is_dropped_is_missed(tools):
    first = {group.file: f"{group.file}_test" for group in PROGRAM.groups}
    tests = {it.file: it for it in reversed(PROGRAM.alert_tests)}
    for group in PROGRAM.groups:
        few = replace(PROGRAM, alert_tests=(tests[first[group.file]],), route_tests=())
        for index, rule in enumerate(group.rules):
            if rule.kind == "record":
                assert run_tests(few, without(group, index), tools), rule.name


CONFIG = PROGRAM.alertmanager or ir.Alertmanager(ir.Route(None), ())


def with_house(**fields) -> dict[str, str]:
    """The files with another routing tree or other receivers."""
    return targets.emit(ir.Program(alertmanager=replace(CONFIG, **fields)))


def without_one(route: ir.Route, path: str = "") -> Iterator[tuple[str, ir.Route]]:
    """The tree without each of its nodes, and what was left out."""
    for index, child in enumerate(route.routes):
        name = f"{path} {child.receiver}"
        before, after = route.routes[:index], route.routes[index + 1 :]
        yield name, replace(route, routes=before + after)
        for inner, changed in without_one(child, name):
            yield inner, replace(route, routes=(*before, changed, *after))


def test_every_route_that_is_dropped_is_missed(tools):
    one = replace(PROGRAM, alert_tests=(), route_tests=PROGRAM.route_tests[:1])
    for name, tree in without_one(CONFIG.route):
        assert run_tests(one, with_house(route=tree), tools), name


def test_every_channel_that_is_dropped_is_missed(tools):
    one = replace(PROGRAM, alert_tests=(), route_tests=PROGRAM.route_tests[:1])
    for number, receiver in enumerate(CONFIG.receivers):
        for index in range(len(receiver.integrations)):
            rest = receiver.integrations[:index] + receiver.integrations[index + 1 :]
            receivers = list(CONFIG.receivers)
            receivers[number] = replace(receiver, integrations=rest)
            assert run_tests(one, with_house(receivers=tuple(receivers)), tools), receiver.name


@pytest.mark.parametrize(
    "name", ["commerce/critical", "payments/provider/critical", "payments/info"]
)
def test_a_channel_that_is_dropped_fails_a_test(name, tools):
    receivers = tuple(
        replace(it, integrations=it.integrations[1:]) if it.name == name else it
        for it in CONFIG.receivers
    )
    found = run_tests(replace(PROGRAM, alert_tests=()), with_house(receivers=receivers), tools)
    assert any("_test." in it.subject for it in found)


@pytest.mark.parametrize(
    "name", [" commerce", " commerce commerce/critical", " payments payments/provider"]
)
def test_a_route_that_is_dropped_fails_a_test(name, tools):
    tree = dict(without_one(CONFIG.route))[name]
    found = run_tests(replace(PROGRAM, alert_tests=()), with_house(route=tree), tools)
    assert any("_test." in it.subject for it in found)
