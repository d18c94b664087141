"""A week of somebody who works with the definitions of this repository, from `week.md`."""

import shutil
from pathlib import Path

import pytest

from tests.tutorial import play

ROOT = Path(__file__).parents[1]
WEEK = ROOT / "tests/week.md"


@pytest.mark.timeout(900)
def test_the_week_goes_as_it_is_written(tmp_path, update_golden):
    for folder in ("definitions", "generated"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / ".gitignore").write_text("__pycache__/\n")
    written = WEEK.read_text()
    played = play(written, tmp_path)
    if update_golden:
        WEEK.write_text(played)
    assert played == WEEK.read_text()
