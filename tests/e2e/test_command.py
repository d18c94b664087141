"""The command, and what is left behind by a run that ends early: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.cases import HERE, OTHER, OTHER_SCENARIO
from tests.e2e.servers import ServerError, Tools, alertmanager

ROOT = HERE.parents[1]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.e2e", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )


def running_in(folder: Path) -> list[str]:
    """The command lines of processes that name a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if f"{folder}/" in line and "tests.e2e" not in line:
                found.append(line)
    return found


def test_a_scenario_that_is_not_there_is_exit_2(tmp_path: Path):
    done = run("--definitions", str(OTHER), "--scenario", str(tmp_path / "nothing.toml"))
    assert done.returncode == 2
    assert "nothing.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_programs_that_are_not_there_are_exit_2(tmp_path: Path):
    done = run(
        *("--definitions", str(OTHER), "--scenario", str(OTHER_SCENARIO)),
        *("--generation-path", str(tmp_path)),
    )
    assert done.returncode == 2
    assert "prometheus, promtool, prometheus-alertmanager, amtool: not in" in done.stderr


@pytest.mark.e2e
def test_a_run_that_is_interrupted_leaves_no_server(tmp_path: Path):
    folder = tmp_path / "kept"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.e2e", "--definitions", str(OTHER)),
            *("--scenario", str(OTHER_SCENARIO), "--keep", str(folder)),
        ],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while len(running_in(folder)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=40)
    assert (process.returncode, said.splitlines()[-1]) == (130, "stopped; no server is left")
    assert running_in(folder) == []


@pytest.mark.e2e
def test_a_server_with_a_broken_configuration_says_why_and_is_gone(tmp_path: Path, tools: Tools):
    (tmp_path / "alertmanager").mkdir()
    (tmp_path / "alertmanager" / "alertmanager.yml").write_text("route: 1\n", encoding="utf-8")
    with (
        pytest.raises(ServerError, match=r"(?s)ended by itself.*cannot unmarshal"),
        alertmanager(tools, tmp_path, 1, "one", 1, None) as server,
    ):
        server.wait_until_ready()
    assert running_in(tmp_path) == []
