"""The README's tutorial does what it says: its files are written, its commands run, in its order.

A fenced block whose info string names a path is a file; a `console` block holds commands after `$ `
and what they print. Times and versions are not compared.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\(\d+\.\d s\)(; giggamon test -v says which is slow)?")
VERSIONS = re.compile(r"promtool [\d.]+, amtool [\d.]+")


def run(command: str, folder: Path) -> str:
    """What a command prints, both streams as they come."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    printed = VERSIONS.sub("promtool 2.42.0, amtool 0.25.0", done.stdout)
    return SECONDS.sub("(0.5 s)", printed)


def play(text: str, folder: Path) -> str:
    """The README with every console block as its commands answer in a folder."""

    def answer(match: re.Match[str]) -> str:
        language, path, body = match.groups()
        if path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(body)
        if language != "console":
            return match.group()
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        answers = [f"$ {command}\n{run(command, folder)}" for command in commands]
        return "```console\n" + "\n".join(answers) + "```"

    return BLOCK.sub(answer, text)


def newer_services(folder: str, names: list[str]) -> list[str]:
    """What a folder of definitions holds beyond the services that the README speaks of."""
    if folder.endswith("definitions"):
        return ["catalogue", "hosts.py"]
    if not folder.endswith(("services", "runbooks")):
        return []
    return [name for name in names if not name.startswith(("orders", "payments", "__init__"))]


def test_the_tutorial_prints_what_it_says(tmp_path, update_golden):
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions", ignore=newer_services)
    run("giggamon build", tmp_path)
    written = README.read_text()
    played = play(written, tmp_path)
    if update_golden:
        README.write_text(played)
    assert played == README.read_text()


def test_what_the_readme_shows_of_the_definitions_stands_there():
    shown = BLOCK.search(README.read_text())
    assert shown
    assert shown.group(3) in (ROOT / "definitions/services/orders.py").read_text()
