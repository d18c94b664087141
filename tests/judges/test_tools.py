"""Tools that are missing, hang, crash or print rubbish, and what is said of them."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from giggamon_compiler import ir, targets
from giggamon_compiler.findings import Finding
from giggamon_compiler.judges import Toolbox, check_files, find_tools, run_tests
from giggamon_compiler.judges.process import hear, judge_failed
from tests.judges.fakes import script, toolbox
from tests.judges.making import (
    ENVIRONMENT,
    POLICY,
    alert,
    alertmanager,
    group,
    job,
    prometheus,
    receiver,
    route,
    slack,
)

PROGRAM = ir.Program(
    groups=(group(alert("OrdersDown")),),
    prometheus=prometheus(job()),
    alertmanager=alertmanager(route("commerce"), receiver("commerce", slack("#orders"))),
    policy=POLICY,
    environment=ENVIRONMENT,
    alert_tests=(
        ir.AlertTest(
            "services/orders_test", "down", "orders/OrdersDown", None, {"up": "0x5"}, ("1m",)
        ),
    ),
    route_tests=(ir.RouteTest("services/orders_test", "page", {"team": "x"}, ()),),
)
FILES = targets.emit(PROGRAM)

BROKEN = [
    pytest.param("kill -SEGV $$", "was ended by signal 11", id="signal"),
    pytest.param(
        "echo 'panic: runtime error' >&2; exit 2", "broke off with exit code 2", id="panic"
    ),
    pytest.param("echo 'good morning'", "does not say", id="rubbish and 0"),
    pytest.param("echo 'good morning'; exit 1", "", id="rubbish and 1"),
    pytest.param("head -c 2000 /dev/urandom", "does not say", id="bytes"),
    pytest.param("exit 0", "does not say", id="silence and 0"),
    pytest.param("exit 1", "", id="silence and 1"),
]


def missing(path: Path) -> tuple[Finding, ...]:
    found = find_tools(str(path))
    assert isinstance(found, tuple)
    return found


def test_the_installed_tools_are_found_with_their_versions():
    tools = find_tools()
    assert isinstance(tools, Toolbox)
    promtool, amtool = tools.names
    assert promtool.startswith("promtool ")
    assert promtool.count(".") == 2
    assert amtool.startswith("amtool ")


def test_a_missing_tool_is_fatal_and_says_how_to_get_it(tmp_path):
    script(tmp_path, "promtool", 'echo "promtool, version 2.42.0+ds (branch: x)"')
    (found,) = missing(tmp_path)
    assert (found.id, found.subject, found.fatal) == ("missing-tool", "amtool", True)
    assert "apt-get install prometheus-alertmanager" in found.help
    assert {it.subject for it in missing(tmp_path / "nowhere")} == {"promtool", "amtool"}


def test_a_tool_that_does_not_say_its_version_cannot_judge(tmp_path):
    script(tmp_path, "promtool", "echo hello")
    script(tmp_path, "amtool", 'echo "amtool, version 0.25.0" >&2')
    (found,) = missing(tmp_path)
    assert (found.id, found.subject, found.fatal) == ("judge-failed", "promtool", True)
    assert [note.message for note in found.notes] == ["it said: hello"]


def test_another_tool_of_that_name_cannot_judge(tmp_path):
    for name in ("promtool", "amtool"):
        script(tmp_path, name, 'echo "prometheus, version 2.42.0"')
    assert [it.id for it in missing(tmp_path)] == ["judge-failed", "judge-failed"]


def test_a_tool_that_is_no_program_cannot_judge(tmp_path):
    for name in ("promtool", "amtool"):
        (tmp_path / name).write_bytes(b"\x7fELF rubbish")
        (tmp_path / name).chmod(0o755)
    found = missing(tmp_path)
    assert [it.id for it in found] == ["judge-failed", "judge-failed"]
    assert "could not be started" in found[0].message


@pytest.mark.parametrize(("body", "text"), BROKEN)
def test_a_broken_judge_is_fatal_and_shows_what_it_said(tmp_path, body, text):
    found = check_files(PROGRAM, FILES, toolbox(tmp_path, body))
    assert {it.id for it in found} == {"judge-failed"}
    assert {it.subject for it in found} == {"promtool", "amtool"}
    assert all(it.fatal for it in found)
    assert text in found[0].message
    assert "promtool check rules" in found[0].help
    assert found[0].notes


@pytest.mark.parametrize(("body", "text"), BROKEN)
def test_a_judge_that_breaks_under_a_test_is_fatal(tmp_path, body, text):
    found = run_tests(PROGRAM, FILES, toolbox(tmp_path, body))
    assert [it.id for it in found] == ["judge-failed"] * 2
    assert all(it.fatal for it in found)


@pytest.mark.parametrize("body", ["echo '  SUCCESS'; exit 1", "echo '  FAILED:'; echo x; exit 0"])
def test_a_judge_that_contradicts_itself_is_not_believed(tmp_path, body):
    found = run_tests(replace(PROGRAM, route_tests=()), FILES, toolbox(tmp_path, body))
    assert [it.id for it in found] == ["judge-failed"]


def test_files_that_cannot_be_written_are_a_failure_of_the_judges(tmp_path):
    files = {**FILES, f"prometheus/rules/{'x' * 300}.yml": "groups: []"}
    found = check_files(PROGRAM, files, toolbox(tmp_path, "exit 0"))
    assert {it.id for it in found} == {"judge-failed"}
    assert "could not be given the files" in found[0].message


def test_half_a_character_keeps_no_judge_from_judging():
    tools = find_tools()
    assert isinstance(tools, Toolbox)
    files = {path: f"{text}# \ud800\n" for path, text in FILES.items() if path.endswith(".yml")}
    assert not check_files(PROGRAM, files, tools)


def test_the_first_lines_of_what_a_judge_said_are_shown(tmp_path):
    (path,) = (script(tmp_path, "promtool", "seq 1 9; exit 3"),)
    (said,) = hear([(path,)], 20)
    found = judge_failed(said)
    assert [note.message for note in found.notes] == [
        *(f"it said: {number}" for number in range(1, 6)),
        "and 4 lines more",
    ]


def test_a_judge_that_hangs_is_stopped_with_all_that_it_started(tmp_path):
    body = f"sleep 300 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/own; wait"
    (said,) = hear([(script(tmp_path, "promtool", body),)], 0.5)
    assert "gave no answer within 0.5 s" in said.trouble
    assert judge_failed(said).fatal
    for name in ("own", "child"):
        assert is_gone(int((tmp_path / name).read_text(encoding="utf-8")))


def test_judges_that_hang_do_so_side_by_side(tmp_path):
    tools = toolbox(tmp_path, f"echo started >> {tmp_path}/log; sleep 300", seconds=1.0)
    found = check_files(PROGRAM, FILES, tools)
    assert {it.subject for it in found} == {"promtool", "amtool"}
    assert (tmp_path / "log").read_text(encoding="utf-8") == "started\n" * 3
    assert all("gave no answer within 1 s" in it.message for it in found)


def test_nothing_is_left_behind_when_the_wait_is_broken_off(tmp_path):
    path = script(tmp_path, "promtool", f"echo $$ > {tmp_path}/own; exec sleep 300")

    def interrupt(signal_number, frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            hear([(path,)], 60)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert is_gone(int((tmp_path / "own").read_text(encoding="utf-8")))


def test_what_is_heard_keeps_the_order_of_the_commands(tmp_path):
    path = script(tmp_path, "promtool", "sleep 0.$1; echo $1; echo err$1 >&2")
    commands = [(path, number) for number in ("3", "1", "2", "0")]
    heard = hear(commands, 20, together=2)
    assert [said.out for said in heard] == ["3\n", "1\n", "2\n", "0\n"]
    assert [said.err for said in heard] == ["err3\n", "err1\n", "err2\n", "err0\n"]
    (joined,) = hear(commands[-1:], 20, joined=True)
    assert (joined.out, joined.err) == ("0\nerr0\n", "")


def is_gone(pid: int) -> bool:
    """Whether a process has ended, or ends within a moment: its parent may still have to notice."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if (
            status.exists()
            and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
        ):
            return True
        time.sleep(0.05)
    return False
