"""Tests of routes through the real amtool: who is notified, and how a failure reads."""

from dataclasses import replace

import pytest

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import run_tests
from giggamon_compiler.judges.go_text import quote
from tests.judges.fakes import toolbox
from tests.judges.making import (
    POLICY,
    alertmanager,
    origin,
    pager,
    receiver,
    route,
    slack,
    where,
)

CONFIG = "alertmanager/alertmanager.yml"
PAGE, CHAT, MAIL = pager("commerce"), slack("#commerce"), slack("#mail")
PROVIDER = slack("#provider")
TEAMS = (
    ir.Team("teams", "commerce", {"page": PAGE, "chat": CHAT, "provider/chat": PROVIDER}),
    ir.Team("teams", "platform", {"mail": MAIL}),
)


def program(tree: ir.Route, *receivers: ir.Receiver) -> ir.Program:
    return ir.Program(alertmanager=alertmanager(tree, *receivers), teams=TEAMS, policy=POLICY)


TREE = route(
    "platform",
    routes=[
        route(
            "commerce",
            'team="commerce"',
            routes=[
                route("commerce/provider", 'alertname="ProviderFailing"', continue_=True),
                route("commerce/critical", 'severity="critical"'),
            ],
        )
    ],
)
RECEIVERS = (
    receiver("platform", MAIL),
    receiver("commerce", CHAT),
    receiver("commerce/critical", PAGE, CHAT),
    receiver("commerce/provider", PROVIDER),
)
PROGRAM = program(TREE, *RECEIVERS)
CRITICAL = {"team": "commerce", "severity": "critical"}


def case(labels: dict[str, str], *notifies: str) -> ir.RouteTest:
    return ir.RouteTest("teams_test", "told", labels, notifies, origin("test"))


def run(tools, test, compiled=PROGRAM, files=None):
    compiled = replace(compiled, route_tests=(test,))
    return run_tests(compiled, targets.emit(compiled) if files is None else files, tools)


@pytest.mark.parametrize(
    ("labels", "notifies"),
    [
        (CRITICAL, ["commerce/chat", "commerce/page"]),
        ({"team": "commerce"}, ["commerce/chat"]),
        ({}, ["platform/mail"]),
        ({"team": "nobody"}, ["platform/mail"]),
        (
            {"alertname": "ProviderFailing", **CRITICAL},
            ["commerce/page", "commerce/chat", "commerce/provider/chat"],
        ),
    ],
)
def test_a_test_that_holds_says_nothing(labels, notifies, tools):
    assert not run(tools, case(labels, *notifies))


def test_a_channel_that_is_not_told(tools):
    (found,) = run(tools, case({"team": "commerce"}, "commerce/page", "commerce/chat"))
    assert found.id == "failed-test"
    assert found.subject == "teams_test.told"
    assert found.message == "teams_test.told: it does not notify commerce/page"
    assert where(found) == ("test", "notifies")
    assert [note.message for note in found.notes] == [
        "expected commerce/page, commerce/chat",
        "got      commerce/chat",
        'by the receiver commerce, for {team="commerce"}',
    ]


def test_a_channel_that_is_told_as_well(tools):
    (found,) = run(tools, case(CRITICAL, "commerce/page"))
    assert found.message == "teams_test.told: it also notifies commerce/chat"
    assert found.notes[1].message == "got      commerce/page, commerce/chat"


def test_a_channel_is_what_it_says_not_what_it_is_called(tools):
    critical = receiver("commerce/critical", pager("other"), CHAT)
    swapped = program(TREE, *RECEIVERS[:2], critical, RECEIVERS[3])
    test = case(CRITICAL, "commerce/page", "commerce/chat")
    found, missing = run(tools, test, PROGRAM, targets.emit(swapped))
    assert "receiver commerce/critical is not in" in missing.message
    assert found.message.endswith("it does not notify commerce/page")
    assert "one of pagerduty_configs that is no channel of a team" in found.notes[1].message


def test_a_receiver_that_tells_nobody(tools):
    quiet = program(TREE, receiver("platform"), *RECEIVERS[1:])
    assert not run(tools, case({}), quiet)
    found, missing = run(tools, case({}, "platform/mail"), PROGRAM, targets.emit(quiet))
    assert "receiver platform is not in" in missing.message
    assert found.notes[1].message == "got      nobody"


def test_a_route_that_is_dropped(tools):
    dropped = program(replace(TREE, routes=()), *RECEIVERS)
    test = case(CRITICAL, "commerce/page", "commerce/chat")
    found, missing = run(tools, test, PROGRAM, targets.emit(dropped))
    assert "route to commerce is not in" in missing.message
    assert found.message.endswith("it does not notify commerce/page, commerce/chat")


def test_a_receiver_that_is_dropped_is_said_once(tools):
    compiled = replace(
        PROGRAM,
        route_tests=(case(CRITICAL, "commerce/page"), replace(case({}, "platform/mail"), name="b")),
    )
    files = targets.emit(program(TREE, *RECEIVERS[:-1]))
    found, missing = run_tests(compiled, files, tools)
    assert "receiver commerce/provider is not in" in missing.message
    assert found.id == "refused-by-amtool"
    assert 'undefined receiver "commerce/provider"' in found.message


@pytest.mark.parametrize("files", [{}, {CONFIG: "route: [\n"}, {CONFIG: "- a\n"}])
def test_a_configuration_that_is_missing_or_broken(files, tools):
    (found,) = run(tools, case({}), PROGRAM, files)
    assert CONFIG in found.message
    assert "giggamon build" in found.help


NASTY = ['a"b', "a\\b", "a\\nb", "a\nb", "a\tb", "x,y", " x ", "x=y", "=~x", "!x", "{x}"]
NASTY += ["'x'", '"x"', "--help", "é 😀", "`x`", "x\\", "~", "yes", "1e3", "\u2028"]


@pytest.mark.parametrize("value", NASTY)
def test_any_value_of_a_label_is_passed_as_it_is(value, tools):
    decoys = [route("platform", f"x={quote(other)}") for other in NASTY if other != value]
    tree = route("platform", routes=[*decoys, route("commerce", f"x={quote(value)}")])
    compiled = program(tree, *RECEIVERS[:2])
    assert not run(tools, case({"x": value}, "commerce/chat"), compiled)


def test_receivers_whose_names_hold_commas(tools):
    tree = route(
        "platform",
        routes=[
            route("a,b", 'x="1"', continue_=True),
            route("a", 'x="1"', continue_=True),
            route("b", 'x="1"'),
        ],
    )
    receivers = [RECEIVERS[0], receiver("a,b", PAGE), receiver("a", CHAT), receiver("b", PROVIDER)]
    test = case({"x": "1"}, "commerce/page", "commerce/chat", "commerce/provider/chat")
    assert not run(tools, test, program(tree, *receivers))


def test_warnings_before_the_answer_are_no_answer(tmp_path):
    warning = 'time=2026-11-24 level=WARN msg="Alertmanager is moving to a new parser"'
    fake = toolbox(tmp_path, f"echo '{warning}'; echo commerce")
    assert not run(fake, case({"team": "commerce"}, "commerce/chat"))


def test_many_tests_keep_their_order(tools):
    test = case({"team": "commerce"}, "commerce/page")
    tests = tuple(replace(test, name=f"t{number:02}") for number in range(12))
    compiled = replace(PROGRAM, route_tests=tests)
    found = run_tests(compiled, targets.emit(compiled), tools)
    assert [it.subject for it in found] == [f"teams_test.t{number:02}" for number in range(12)]
