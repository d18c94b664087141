"""What a terminal sees more than a pipe: progress and colour, where they are wanted."""

import io
import sys
import time

import pytest

from giggamon_compiler.cli import terminal
from giggamon_compiler.report.text import ANSI


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def stderr(monkeypatch):
    monkeypatch.setattr(terminal, "_QUIET_SECONDS", 0.05)
    monkeypatch.setattr(terminal, "_TICK_SECONDS", 0.02)

    def use(stream):
        monkeypatch.setattr(sys, "stderr", stream)
        return stream

    return use


def test_what_takes_long_is_said_and_wiped_away(stderr):
    stream = stderr(Terminal())
    with terminal.progress("compiling definitions"):
        time.sleep(0.3)
    assert "giggamon: compiling definitions (0 s)" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")


def test_what_is_quick_is_not_said(stderr):
    stream = stderr(Terminal())
    with terminal.progress("compiling definitions"):
        pass
    assert stream.getvalue() == ""


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_no_progress_without_a_terminal_or_when_quiet(stderr, stream, quiet):
    stderr(stream)
    with terminal.progress("compiling definitions", quiet):
        time.sleep(0.2)
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("stream", "environment", "coloured"),
    [
        (Terminal, {}, True),
        (io.StringIO, {}, False),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"NO_COLOR": ""}, True),
        (Terminal, {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, stream, environment, coloured):
    monkeypatch.setattr(sys, "stdout", stream())
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (terminal.colours() is ANSI) is coloured
