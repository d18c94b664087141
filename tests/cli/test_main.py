"""The way in and out: help is quick, a bug asks for a report, a closed pipe is no error."""

import subprocess
import sys
import time

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
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return time.perf_counter() - begun


def test_help_takes_no_more_than_eight_bare_interpreters():
    """The best of some runs each, in turn: what else the machine does slows both."""
    pairs = [
        (
            seconds_of(sys.executable, "-c", "pass"),
            seconds_of(sys.executable, "-m", "giggamon_compiler", "--help"),
        )
        for _ in range(9)
    ]
    bare, ours = (min(times) for times in zip(*pairs, strict=True))
    assert ours <= 8 * bare, f"{ours / bare:.1f} times"
