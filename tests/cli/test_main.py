"""The way in and out: help is quick, a bug asks for a report, a closed pipe is no error."""

import resource
import statistics
import subprocess
import sys

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
