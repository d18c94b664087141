"""The folders that are named, and what stands in the way in them: said, never waited for."""

import os
from pathlib import Path

import click
import pytest

from giggamon_compiler.cli.options import keep_apart
from tests.cli.run import call
from tests.house import write_house

FILE = "generated/prometheus/prometheus.yml"


@pytest.fixture
def giggamon(tmp_path, monkeypatch, capsys):
    write_house(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    return lambda arguments: call(f"giggamon {arguments}", capsys)


@pytest.mark.parametrize("option", ["output", "definitions"])
@pytest.mark.parametrize("command", ["build", "ci", "test --generated"])
def test_a_folder_without_a_name_is_refused(giggamon, tmp_path, command, option):
    called = giggamon(f"{command} --offline --{option} ''")
    assert called.code == 2
    assert f"'--{option}': it is empty: name a folder" in called.err
    assert [path.name for path in tmp_path.iterdir()] == ["definitions"]


@pytest.mark.parametrize("command", ["build", "build --check", "ci", "test --generated"])
@pytest.mark.parametrize(
    ("output", "wrong"),
    [
        ("definitions", "definitions is the folder of the definitions"),
        (
            "definitions/generated",
            "definitions/generated lies in the folder of the definitions, definitions",
        ),
        ("..", ".. holds the folder of the definitions, definitions"),
        (".", ". holds the folder of the definitions, definitions"),
        ("link", "link is the folder of the definitions"),
    ],
)
def test_outputs_and_definitions_are_kept_apart(giggamon, tmp_path, command, output, wrong):
    (tmp_path / "link").symlink_to("definitions")
    before = sorted(tmp_path.rglob("*"))
    called = giggamon(f"{command} --offline --output {output}")
    assert called.code == 2
    assert f"{wrong}: name a folder of its own with --output" in called.err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_root_of_all_folders_is_refused():
    with pytest.raises(click.UsageError, match="/ holds the folder of the definitions"):
        keep_apart(Path("definitions"), Path("/"))


def test_a_test_of_what_compiles_reads_no_output_folder(giggamon):
    assert giggamon("test --offline --output .").code == 0


@pytest.mark.timeout(20)
@pytest.mark.parametrize("command", ["build", "build --check", "ci", "test --generated"])
def test_a_pipe_in_place_of_an_output_is_not_waited_for(giggamon, tmp_path, command):
    giggamon("build")
    (tmp_path / FILE).unlink()
    os.mkfifo(tmp_path / FILE)
    called = giggamon(command)
    assert called.code == 2
    assert called.out.count(f"{FILE} is no regular file") == 1
    assert "added" not in called.out
    assert "Traceback" not in called.err


def hold_a_folder(file):
    file.unlink()
    file.mkdir()
    (file / "x").write_text("")


def lead_nowhere(file):
    file.unlink()
    file.symlink_to("nowhere/at/all")


@pytest.mark.parametrize("damage", [hold_a_folder, lead_nowhere])
def test_what_was_not_written_is_not_said_to_be(giggamon, tmp_path, damage):
    giggamon("build")
    damage(tmp_path / FILE)
    called = giggamon("build")
    assert called.code == 2
    assert f"error[output-not-writable]: {FILE} cannot be used: " in called.out
    assert "added  " not in called.out
    assert "changed  " not in called.out
    assert "generated was not written" in called.out


def test_an_output_folder_that_cannot_be_read_is_said_once(giggamon, tmp_path):
    (tmp_path / "generated").write_text("in the way")
    called = giggamon("ci")
    assert called.code == 2
    assert called.out.count("error[output-not-writable]") == 1
    assert "not compared in generated" in called.out


@pytest.mark.parametrize("command", ["build", "lint", "ci", "list", "test"])
def test_a_working_folder_that_was_deleted_is_said(giggamon, tmp_path, monkeypatch, command):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    called = giggamon(command)
    assert called.code == 2
    assert "definitions does not exist" in called.out + called.err
    assert "Traceback" not in called.err
