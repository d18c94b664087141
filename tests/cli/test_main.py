"""The way in and out: help is quick, a bug asks for a report, a closed pipe is no error."""

import resource
import statistics
import subprocess
import sys

import pytest

from giggamon_compiler import pipeline
from tests.cli.run import call
from tests.house import write_house


def test_a_bug_shows_its_traceback_and_asks_for_a_report(tmp_path, monkeypatch, capsys):
    def fail(*_):
        raise ZeroDivisionError("of our own")

    write_house(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "build", fail)
    called = call("giggamon lint --offline", capsys)
    assert called.code == 2
    assert "ZeroDivisionError: of our own" in called.err
    assert "this is a bug in giggamon, not in your definitions. Please report it" in called.err


def test_an_interruption_is_no_bug(tmp_path, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    write_house(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "build", interrupt)
    called = call("giggamon lint --offline", capsys)
    assert (called.code, "Traceback" in called.err) == (130, False)


def test_whoever_has_read_enough_may_close_the_pipe(tmp_path):
    done = subprocess.run(
        f"{sys.executable} -m giggamon_compiler list checks | head -n 1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["--help", "list checks", "lint --offline"])
@pytest.mark.parametrize(
    ("redirection", "said"),
    [
        (">/dev/full", "standard output cannot be written: no space left on device"),
        (">&-", "standard output is closed, so nothing can be said"),
    ],
)
def test_an_output_that_takes_nothing_is_one_line(tmp_path, command, redirection, said):
    write_house(tmp_path, {})
    done = subprocess.run(
        f"{sys.executable} -m giggamon_compiler {command} {redirection}",
        shell=True,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stderr, done.returncode) == (f"giggamon: {said}\n", 2)


@pytest.mark.parametrize(("command", "code"), [("lint --offline", 0), ("lint --nothing", 2)])
def test_a_standard_error_that_takes_nothing_changes_no_exit_code(tmp_path, command, code):
    write_house(tmp_path, {})
    done = subprocess.run(
        f"{sys.executable} -m giggamon_compiler {command} 2>/dev/full",
        shell=True,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert done.returncode == code


def test_without_a_standard_error_results_are_still_said(tmp_path):
    write_house(tmp_path, {})
    done = subprocess.run(
        f"{sys.executable} -m giggamon_compiler lint --offline 2>&-",
        shell=True,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert "not judged by promtool" in done.stdout


def test_an_interruption_says_what_was_read(tmp_path, monkeypatch, capsys):
    endless = "def _wait():\n    raise KeyboardInterrupt\nx = _wait()\n"
    write_house(tmp_path, {"services/orders.py": endless})
    monkeypatch.chdir(tmp_path)
    called = call("giggamon lint --offline", capsys)
    said = "giggamon: interrupted while definitions/services/orders.py was read"
    assert (called.code, called.err.strip()) == (130, said)


def seconds_of(*command):
    """The time that a process takes on a processor: whatever else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_takes_no_more_than_eight_bare_interpreters():
    pairs = [
        (
            seconds_of(sys.executable, "-c", "pass"),
            seconds_of(sys.executable, "-m", "giggamon_compiler", "--help"),
        )
        for _ in range(7)
    ]
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert ours <= 8 * bare, f"{ours / bare:.1f} times"
