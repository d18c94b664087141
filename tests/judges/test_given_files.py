"""Tests judge the files that are there, not what they should be."""

from dataclasses import replace

import pytest

from giggamon_compiler import ir, targets
from tests.judges.incidents import DOWN, OWNED, PROGRAM, A, case, program, run, shown
from tests.judges.making import alert, group, record, where

RULES = "prometheus/rules/services/orders.yml"
BASE = group(record("job:up:sum", "sum by (job) (up)"), name="base", file="services/base")
FEW = group(alert("Few", "job:up:sum < 1", labels=OWNED), DOWN)
CHAIN = program(BASE, FEW)
FEW_TEST = case("orders/Few", series={'up{job="x"}': "0x5"}, fires={"1m": [{"job": "x"}]})


def test_a_rule_that_is_not_in_the_files(tools):
    without = targets.emit(program(BASE, replace(FEW, rules=(DOWN,))))
    (found,) = run(tools, FEW_TEST, CHAIN, without)
    assert found.message.endswith(f"Few is not in {RULES}")
    assert where(found) == ("test", "target")


def test_a_file_that_is_not_there(tools):
    files = {path: text for path, text in targets.emit(CHAIN).items() if path != RULES}
    missing, failed = run(tools, FEW_TEST, CHAIN, files)
    assert missing.message == f"{RULES} is missing"
    assert failed.message.endswith(f"Few is not in {RULES}")


@pytest.mark.parametrize("groups", [(FEW,), (replace(BASE, rules=()), FEW)])
def test_a_recording_that_is_not_in_the_files(groups, tools):
    missing, failed = run(tools, FEW_TEST, CHAIN, targets.emit(program(*groups)))
    assert "services/base.yml" in missing.message
    assert "Few does not fire at 1m" in failed.message


def test_another_rule_that_is_not_in_the_files(tools):
    files = targets.emit(program(BASE, replace(FEW, rules=FEW.rules[:1])))
    (found,) = run(tools, FEW_TEST, CHAIN, files)
    assert found.message.startswith(f"OrdersDown is not in {RULES}")
    assert where(found) == ("OrdersDown",)


def test_a_changed_expression_is_seen(tools):
    changed = replace(FEW, rules=(replace(FEW.rules[0], query=ir.Query("job:up:sum < 0")), DOWN))
    (found,) = run(tools, FEW_TEST, CHAIN, targets.emit(program(BASE, changed)))
    assert "Few does not fire at 1m" in found.message


def test_a_label_that_is_lost_is_named(tools):
    lost = {"service": "orders", "severity": "warning"}
    changed = replace(FEW, rules=(replace(FEW.rules[0], labels=lost), DOWN))
    (found,) = run(tools, FEW_TEST, CHAIN, targets.emit(program(BASE, changed)))
    assert "Few does not fire at 1m" in found.message
    assert shown(found)[1:] == [
        'in the files Few has no label team="commerce"',
        'in the files Few has no label severity="critical"',
    ]


def test_a_file_that_cannot_be_read(tools):
    files = {**targets.emit(CHAIN), RULES: "groups: [\n"}
    (found,) = run(tools, FEW_TEST, CHAIN, files)
    assert found.message.startswith(RULES)
    assert not found.fatal


def test_an_annotation_is_taken_from_the_files(tools):
    changed = replace(DOWN, annotations={"summary": "changed"})
    test = case(fires={"7m": [A]}, annotations={"summary": "a is down: 0"})
    (found,) = run(tools, test, PROGRAM, targets.emit(program(group(changed))))
    assert shown(found)[1] == 'got      "changed"'
