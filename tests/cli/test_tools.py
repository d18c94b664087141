"""promtool and amtool that are missing, hang, crash or print rubbish: said, not waited for."""

import shutil
import time

import pytest

from giggamon_compiler.judges import tools
from tests.cli.run import call
from tests.house import write_house

FAULTS = {
    "missing": (None, "missing-tool"),
    "not runnable": ("#!/nowhere/interpreter\n", "judge-failed"),
    "hangs": ("#!/bin/sh\nexec sleep 60\n", "judge-failed"),
    "crashes": ("#!/bin/sh\nkill -SEGV $$\n", "judge-failed"),
    "prints rubbish": ("#!/bin/sh\nhead -c 100000 /dev/urandom\n", "judge-failed"),
    "prints rubbish after its version": (
        '#!/bin/sh\necho "promtool, version 2.42.0"\necho "amtool, version 0.25.0"\nexit 3\n',
        "judge-failed",
    ),
}


@pytest.fixture
def house(tmp_path, monkeypatch):
    write_house(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "sleep", "head", "kill"):
        found = shutil.which(name)
        if found:
            (programs / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(tools, "_ANSWER_SECONDS", 1.0)
    return programs


def put(programs, script):
    for name in ("promtool", "amtool"):
        if script is not None:
            (programs / name).write_text(script)
            (programs / name).chmod(0o755)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", ["giggamon test", "giggamon ci"])
def test_who_needs_them_cannot_do_the_job(house, capsys, fault, command):
    script, identity = FAULTS[fault]
    put(house, script)
    begun = time.monotonic()
    called = call(command, capsys)
    assert called.code == 2
    assert f"error[{identity}]" in called.out, called
    assert "Traceback" not in called.err
    assert time.monotonic() - begun < 20


def test_what_is_missing_comes_with_the_command_that_installs_it(house, capsys):
    called = call("giggamon test", capsys)
    assert "install it: apt-get install prometheus " in called.out
    assert "install it: apt-get install prometheus-alertmanager" in called.out


@pytest.mark.parametrize("command", ["giggamon build", "giggamon lint"])
def test_who_can_do_without_says_so(house, capsys, command):
    called = call(command, capsys)
    assert called.code == 0
    assert "not judged by promtool and amtool: promtool and amtool cannot be used" in called.out
    assert "install it: apt-get install prometheus" in called.err


@pytest.mark.parametrize("command", ["giggamon test", "giggamon ci", "giggamon build"])
def test_offline_waives_them_in_so_many_words(house, capsys, command):
    call("giggamon build --offline", capsys)
    called = call(f"{command} --offline", capsys)
    assert called.code == 0
    assert "--offline leaves" in called.out
    assert "install" not in called.err
