"""What promtool and amtool say, in both generations, carried back to what was written."""

import json

import pytest

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import Toolbox, check_files
from tests.judges import faulty
from tests.judges.making import (
    ENVIRONMENT,
    POLICY,
    alert,
    alertmanager,
    group,
    job,
    origin,
    pager,
    prometheus,
    receiver,
    record,
    route,
    slack,
    where,
)
from tests.judges.record import RECORDED, generation, replay

RECORDINGS = {
    name: json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))["answers"]
    for name in ("older", "newer")
}


def check(case: faulty.Case, tools: Toolbox, name: str) -> None:
    """Each finding is expected, and each that is expected is found."""
    found = check_files(case.program, targets.emit(case.program), tools)
    if name in case.accepted_by:
        assert not found
        return
    seen = sorted((it.id, " ".join(where(it)), it.message) for it in found)
    wanted = sorted(case.found)
    assert [it[:2] for it in seen] == [it[:2] for it in wanted], seen
    for (_, _, message), (_, _, text) in zip(seen, wanted, strict=True):
        assert text in message
        assert "\n" not in message
    assert not any(it.fatal for it in found)


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("case", faulty.CASES)
def test_a_recorded_message_is_carried_back(case, name, tmp_path):
    check(faulty.CASES[case], replay(tmp_path, RECORDINGS[name][case]), name)


@pytest.mark.parametrize("case", faulty.CASES)
def test_a_message_of_the_installed_tools_is_carried_back(case, tools):
    check(faulty.CASES[case], tools, generation(tools))


@pytest.mark.parametrize("case", faulty.ACCEPTED)
def test_what_the_tools_do_not_refuse_is_not_refused(case, tools):
    program = faulty.ACCEPTED[case]
    assert not check_files(program, targets.emit(program), tools)


def test_all_judges_are_asked_in_one_go(tools):
    program = ir.Program(
        groups=(group(alert("Open", "sum(up")),),
        prometheus=prometheus(job("a", "http://x")),
        alertmanager=alertmanager(route("nope"), receiver("a", slack("#x"))),
        policy=POLICY,
        environment=ENVIRONMENT,
    )
    found = check_files(program, targets.emit(program), tools)
    assert [it.id for it in found] == ["invalid-promql", "refused-by-promtool", "refused-by-amtool"]


def test_one_selector_that_becomes_many_rules_is_said_once(tools):
    rules = [record(f"slo:bad:increase{n}m", f"sum(increase(a{{[{n}m]))") for n in (5, 30)]
    shared = origin("ratio", "bad")
    program = ir.Program(
        groups=(
            group(*(ir.Rule("record", it.name, ir.Query(it.query.text, shared)) for it in rules)),
        )
    )
    found = check_files(program, targets.emit(program), tools)
    assert [where(it) for it in found] == [("ratio", "bad")]


def test_the_place_at_which_promtool_stopped_is_shown(tools):
    program = ir.Program(groups=(group(alert("A", 'up{job="é"} ==\n  é foo bar > 1')),))
    (found,) = check_files(program, targets.emit(program), tools)
    assert found.help == "it reads up to here: ▸ é foo bar > 1"
    program = ir.Program(groups=(group(alert("A", "up ==\n  foo bar > 1")),))
    (found,) = check_files(program, targets.emit(program), tools)
    assert found.help == "it reads up to here: foo ▸ bar > 1"
    long = " + ".join(f"metric_number_{n}" for n in range(20))
    program = ir.Program(groups=(group(alert("A", f"{long} + foo bar > 1")),))
    (found,) = check_files(program, targets.emit(program), tools)
    assert " ▸ " in found.help
    assert len(found.help) < 130


def test_what_nobody_can_read_is_a_failure_of_the_judge(tmp_path):
    program = ir.Program(groups=(group(alert("A")),))
    answers = {"rules": {"code": 1, "out": "", "err": "  FAILED:\nsomething else\n"}}
    (found,) = check_files(program, targets.emit(program), replay(tmp_path, answers))
    assert (found.id, found.fatal) == ("judge-failed", True)
    assert "something else" in found.notes[1].message


def test_a_message_about_something_else_is_kept(tmp_path):
    program = ir.Program(groups=(group(alert("A")),))
    path = "prometheus/rules/services/orders.yml"
    err = f"open files: too many\n  FAILED:\n{path}: all of it is bad\n"
    answers = {"rules": {"code": 1, "out": "", "err": err}}
    found = check_files(program, targets.emit(program), replay(tmp_path, answers))
    assert [it.message for it in found] == [
        f"{path}: promtool says: all of it is bad",
        "promtool says: open files: too many",
    ]


def test_no_files_ask_nobody(tmp_path):
    assert not check_files(ir.Program(), {}, Toolbox("/nowhere/promtool", "/nowhere/amtool"))


def test_a_crash_of_a_real_amtool_is_a_failure_of_the_judge(tmp_path):
    """Alertmanager 0.33.1 panics on a Slack channel with update_message and no app's token."""
    program = ir.Program(alertmanager=alertmanager(route("a"), receiver("a", pager("x"))))
    err = "panic: runtime error: invalid memory address or nil pointer dereference\n\ngoroutine 1\n"
    answers = {"check-config": {"code": 2, "out": "Checking 'x'", "err": err}}
    (found,) = check_files(program, targets.emit(program), replay(tmp_path, answers))
    assert (found.id, found.fatal) == ("judge-failed", True)
    assert "broke off with exit code 2" in found.message
    assert "panic" in found.notes[1].message
