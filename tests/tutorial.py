"""Documents whose commands are run: what they say is printed is what is printed.

A fenced block whose info string names a path is a file, and with `+` before it is added to the end
of one; a `console` block holds commands after `$ ` and what they print. Times and versions are not
compared.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```(\w+)(?: (\+?)(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\(\d+\.\d s\)(; giggamon test -v says which is slow)?")
VERSIONS = {
    re.compile(r"(promtool) [\d.]+(?=, amtool)"): r"\1 2.42.0",
    re.compile(r"(, amtool) [\d.]+"): r"\1 0.25.0",
    re.compile(r"(, blackbox exporter) [\d.]+"): r"\1 0.23.0",
}


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
    printed = done.stdout
    for version, written in VERSIONS.items():
        printed = version.sub(written, printed)
    return SECONDS.sub("(0.5 s)", printed)


def play(text: str, folder: Path) -> str:
    """A document with every console block as its commands answer in a folder."""

    def answer(match: re.Match[str]) -> str:
        language, added, path, body = match.groups()
        if path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            before = (folder / path).read_text() if added else ""
            (folder / path).write_text(before + body)
        if language != "console":
            return match.group()
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        answers = [f"$ {command}\n{run(command, folder)}" for command in commands]
        return "```console\n" + "\n".join(answers) + "```"

    return BLOCK.sub(answer, text)
