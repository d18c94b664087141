"""Other programs: started with a limit on their time, heard to the end, never left behind."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from giggamon_compiler.findings import Finding, Note

_SHOWN_LINES = 5
_SHOWN_ARGUMENTS = 6
_MOST_HEARD = 1 << 26  # bytes: whoever says more says nothing


@dataclass(frozen=True, slots=True)
class Said:
    """What a program said; trouble: why that is no answer, in words, or nothing."""

    command: tuple[str, ...]
    out: str
    err: str
    code: int | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Running:
    """A program at work, with the files that it speaks into and the time at which it is stopped."""

    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    out: IO[bytes]
    err: IO[bytes]
    deadline: float


def hear(
    commands: Sequence[tuple[str, ...]],
    seconds: float,
    files: Mapping[str, str] | None = None,
    together: int = 4,
    joined: bool = False,
) -> tuple[Said, ...]:
    """Run commands side by side, `together` at a time, and hear each to its end.

    They run in a temporary folder that holds the files. A program that takes longer than `seconds`
    is stopped with everything that it started, and one that cannot be started, that a signal ends,
    or that ends with a code other than 0 and 1 is in trouble: that is what promtool and amtool end
    with when they have judged. With `joined` all is in `out`, in the order in which it was said.
    """
    try:
        with _written(files or {}) as folder:
            return _hear(commands, seconds, folder, together, joined)
    except OSError as error:
        trouble = f"could not be given the files: {error}"
        return tuple(Said(command, "", "", None, trouble) for command in commands)


@contextmanager
def _written(files: Mapping[str, str]) -> Iterator[Path]:
    """A temporary folder with these files, gone afterwards; half a character becomes a `?`."""
    with tempfile.TemporaryDirectory(prefix="giggamon-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        for folder in {(root / path).parent for path in files}:
            folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (root / path).write_bytes(text.encode(errors="replace"))
        yield root


def _hear(
    commands: Sequence[tuple[str, ...]], seconds: float, folder: Path, together: int, joined: bool
) -> tuple[Said, ...]:
    said: list[Said] = []
    waiting = deque(commands)
    running: deque[_Running | Said] = deque()
    try:
        while waiting or running:
            while waiting and len(running) < together:
                running.append(_start(waiting.popleft(), seconds, folder, joined))
            first = running[0]
            said.append(_hear_out(first, seconds) if isinstance(first, _Running) else first)
            running.popleft()
    finally:
        for it in running:
            if isinstance(it, _Running):
                _stop(it.process)
                it.out.close()
                it.err.close()
    return tuple(said)


def _start(command: tuple[str, ...], seconds: float, folder: Path, joined: bool) -> _Running | Said:
    out = tempfile.TemporaryFile()  # noqa: SIM115
    err = out if joined else tempfile.TemporaryFile()  # noqa: SIM115
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            start_new_session=True,  # so that what it starts can be stopped with it
        )
    except OSError as error:
        out.close()
        err.close()
        return Said(command, "", "", None, f"could not be started: {error.strerror or error}")
    return _Running(command, process, out, err, time.monotonic() + seconds)


def _hear_out(it: _Running, seconds: float) -> Said:
    try:
        code = it.process.wait(max(it.deadline - time.monotonic(), 0))
        trouble = _trouble_of(code)
    except subprocess.TimeoutExpired:
        _stop(it.process)
        code, trouble = None, f"gave no answer within {seconds:g} s and was stopped"
    out = _read(it.out)
    err = "" if it.err is it.out else _read(it.err)
    return Said(it.command, out, err, code, trouble)


def _trouble_of(code: int) -> str:
    if code < 0:
        return f"was ended by signal {-code} ({signal.strsignal(-code) or 'unknown'})"
    return "" if code in (0, 1) else f"broke off with exit code {code}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and everything that it has started, and wait until it is gone."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()


def _read(stream: IO[bytes]) -> str:
    with stream:
        stream.seek(0)
        return stream.read(_MOST_HEARD).decode(errors="replace")


def judge_failed(said: Said, trouble: str = "") -> Finding:
    """The finding that a judge did not do its work: what happened, what it said, how it was run."""
    name = PurePosixPath(said.command[0]).name
    lines = [line for line in f"{said.out}\n{said.err}".splitlines() if line.strip()]
    notes = [f"it said: {line.strip()}" for line in lines[:_SHOWN_LINES]]
    if len(lines) > _SHOWN_LINES:
        notes.append(f"and {len(lines) - _SHOWN_LINES} lines more")
    shown = list(said.command[:_SHOWN_ARGUMENTS])
    more = " …" if len(said.command) > len(shown) else ""
    return Finding(
        "judge-failed",
        f"{name} {trouble or said.trouble}",
        help=f"it was run as: {shlex.join(shown)}{more}",
        subject=name,
        notes=tuple(Note(line, None) for line in notes or ["it said nothing"]),
        fatal=True,
    )
