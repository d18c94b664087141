"""The tutorial in the README does what it says: files are written, commands run, in its order."""

import shutil
from pathlib import Path

import pytest

from tests.tutorial import BLOCK, play

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


@pytest.mark.timeout(900)
def test_the_tutorial_prints_what_it_says(tmp_path, update_golden):
    for folder in ("definitions", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    written = README.read_text()
    played = play(written, tmp_path)
    if update_golden:
        README.write_text(played)
    assert played == README.read_text()


def test_what_the_readme_shows_of_the_definitions_stands_there():
    shown = BLOCK.search(README.read_text())
    assert shown
    assert shown.group(4) in (ROOT / "definitions/services/orders.py").read_text()
