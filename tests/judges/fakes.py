"""Tools that do not do their work: scripts in place of promtool and amtool."""

from pathlib import Path

from giggamon_compiler.judges import Toolbox

VERSION = 'if [ "$1" = --version ]; then echo "{name}, version 9.9.9"; exit 0; fi\n'


def script(folder: Path, name: str, body: str) -> str:
    """An executable shell script; its path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def toolbox(folder: Path, body: str, seconds: float = 20.0) -> Toolbox:
    """A promtool and an amtool that both do the same."""
    tools = {
        name: script(folder, name, VERSION.format(name=name) + body)
        for name in ("promtool", "amtool")
    }
    return Toolbox(tools["promtool"], tools["amtool"], "9.9.9", "9.9.9", seconds)
