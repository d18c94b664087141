"""Which tests a name on the command line means."""

from dataclasses import replace

import pytest

from giggamon_compiler import ir
from giggamon_compiler.judges import Toolbox, run_tests, select_tests
from tests.judges.making import POLICY, alert, group

BURN = "OrdersAvailabilityBudgetBurn"
PROGRAM = ir.Program(
    groups=(group(alert("OrdersDown"), alert(BURN, objective="orders/availability")),),
    policy=POLICY,
    services=(
        ir.Service("services/orders", "orders", "commerce"),
        ir.Service("services/payments", "payments", "payments"),
    ),
    alert_tests=(
        ir.AlertTest("services/orders_test", "down", "orders/OrdersDown", None, {}, ("1m",)),
        ir.AlertTest("services/orders_test", "burn", f"orders/{BURN}", "critical", {}, ("1m",)),
        ir.AlertTest("house_test", "other", "payments/PaymentsDown", None, {}, ("1m",)),
    ),
    route_tests=(
        ir.RouteTest("services/orders_test", "page", {}, ()),
        ir.RouteTest("house_test", "labelled", {"service": "payments"}, ()),
    ),
)


@pytest.mark.parametrize(
    ("names", "tests"),
    [
        ([], "down burn other page labelled"),
        (["services/orders_test.down"], "down"),
        (["services/orders_test.page"], "page"),
        (["orders/OrdersDown"], "down"),
        (["orders/availability"], "burn"),
        ([f"orders/{BURN}"], "burn"),
        (["orders"], "down burn page"),
        (["services/orders_test"], "down burn page"),
        (["services/orders_test.py"], "down burn page"),
        (["payments"], "other labelled"),
        (["orders/OrdersDown", "house_test"], "down other labelled"),
        (["definitions/services/orders_test.py"], "down burn page"),
        (["labelled"], "labelled"),
        (["labelled", "orders/OrdersDown"], "down labelled"),
    ],
)
def test_a_name_means_these_tests(names, tests):
    chosen = select_tests(PROGRAM, names)
    seen = [it.name for it in chosen.alert_tests] + [it.name for it in chosen.route_tests]
    assert seen == tests.split()
    assert not chosen.findings


def test_a_name_that_means_nothing_is_fatal_and_nothing_runs():
    nowhere = Toolbox("/nowhere/promtool", "/nowhere/amtool")
    (found,) = run_tests(PROGRAM, {}, nowhere, ["orders", "orders/OrdresDown"])
    assert (found.id, found.fatal, found.subject) == ("unknown-test", True, "orders/OrdresDown")
    assert "orders/OrdersDown" in found.help


def test_a_name_like_no_other_gets_no_guess():
    (found,) = select_tests(PROGRAM, ["zzz"]).findings
    assert found.help == "see what there is: giggamon list"


def test_a_short_name_of_several_tests_is_not_guessed():
    twice = ir.RouteTest("services/orders_test", "labelled", {}, ())
    program = replace(PROGRAM, route_tests=(*PROGRAM.route_tests, twice))
    (found,) = select_tests(program, ["labelled"]).findings
    assert found.message == "labelled is the name of 2 tests"
    assert found.help == "write house_test.labelled or services/orders_test.labelled"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("rentals", "write definitions/services/rentals_test.py"),
        ("services/rentals", "write definitions/services/rentals_test.py"),
        ("services/rentals_test.py", "write definitions/services/rentals_test.py"),
        ("orders/OrdersSlow", "add one to definitions/services/orders_test.py"),
    ],
)
def test_what_has_no_test_yet_is_told_where_one_belongs(name, advice):
    program = replace(
        PROGRAM,
        groups=(*PROGRAM.groups, group(alert("OrdersSlow"), name="more")),
        services=(*PROGRAM.services, ir.Service("services/rentals", "rentals", "commerce")),
    )
    (found,) = select_tests(program, [name]).findings
    assert (found.id, found.help, found.fatal) == ("no-test-yet", advice, False)
