"""The tutorial in the README does what it says: files are written, commands run, in its order."""

import shutil
from pathlib import Path

from tests.tutorial import BLOCK, play, run

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def newer_services(folder: str, names: list[str]) -> list[str]:
    """What a folder of definitions holds beyond the services that the README speaks of."""
    if folder.endswith("definitions"):
        return ["boards", "catalogue", "hosts.py", "probes.py"]
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
    assert shown.group(4) in (ROOT / "definitions/services/orders.py").read_text()
