"""What is said, and how: results on standard output, remarks and progress on standard error."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from giggamon_compiler.report.text import ANSI, PLAIN, Colours

_QUIET_SECONDS = 1.0
_TICK_SECONDS = 0.2


def say(text: str) -> None:
    """Print a result, as it is."""
    click.echo(text, nl=not text.endswith("\n"), color=True)


def remark(text: str) -> None:
    """Print what is no result."""
    click.echo(f"giggamon: {text}", err=True)


def colours() -> Colours:
    """Colours on a terminal, none where they are not wanted."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return ANSI if sys.stdout.isatty() and not plain else PLAIN


@contextmanager
def progress(what: str, quiet: bool = False) -> Iterator[None]:
    """Say on a terminal what takes long, and for how long it has."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(what, done), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()


def _tick(what: str, done: threading.Event) -> None:
    begun = time.monotonic()
    if done.wait(_QUIET_SECONDS):
        return
    while not done.wait(_TICK_SECONDS):
        sys.stderr.write(f"\r\033[Kgiggamon: {what} ({time.monotonic() - begun:.0f} s)")
        sys.stderr.flush()
    sys.stderr.write("\r\033[K")
    sys.stderr.flush()
