"""definitions/README.md answers every point of the implementation plan, and what it says is there.

`plan.txt` holds the points of the plan in its order, each section under its title. A path in an
answer must exist; an alert must, too, and the test that stands after it must make it fire.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from giggamon_compiler import targets
from giggamon_compiler.ir import AlertTest

ROOT = Path(__file__).parents[1]
PLAN = Path(__file__).parent / "plan.txt"
MAP = ROOT / "definitions" / "README.md"
CODE = re.compile(r"`([^`]+)`")
REPLAYED = re.compile(r"`([A-Z]\w*)` \(`([^`]+)`: [^)]+\)")
ALERT = re.compile(r"`([A-Z]\w*)`")
# The sections of which every point is answered by alerts.
ALERTED = ("3.1", "3.2", "4.2")
NOT_BY_ALERTS = {"Create meta-monitoring dashboard"}


class Row(NamedTuple):
    """A point of the plan with what the map says of it."""

    section: str
    point: str
    answer: str


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the map's tables, in their order."""
    found, section = [], ""
    text = MAP.read_text().partition("## The plan, and what answers it")[2]
    for line in text.splitlines():
        if line.startswith("### "):
            section = line.removeprefix("### ")
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if cells not in (["Point", "Answer"], ["---", "---"]):
                point, answer = cells
                found.append(Row(section, point, answer))
    return tuple(found)


@cache
def incidents() -> dict[str, list[AlertTest]]:
    """The tests of each alert of the definitions, by its name."""
    generated = ROOT / "generated"
    files = {
        str(path.relative_to(generated)): path.read_text()
        for path in generated.rglob("*")
        if path.is_file()
    }
    program = targets.read(files)
    found: dict[str, list[AlertTest]] = {
        rule.name: [] for rule in program.rules if rule.kind == "alert"
    }
    for test in program.alert_tests:
        found[test.alert.rpartition("/")[2]].append(test)
    return found


def plan() -> list[tuple[str, str]]:
    """The points of the plan, each with its section."""
    points, section = [], ""
    for line in filter(None, PLAN.read_text().splitlines()):
        if line.startswith("- "):
            points.append((section, line.removeprefix("- ")))
        else:
            section = line
    return points


def is_path(text: str) -> bool:
    return "/" in text or text.endswith(".py") or (ROOT / "definitions" / text).exists()


def test_every_point_of_the_plan_is_there_once_and_in_its_order():
    assert [(row.section, row.point) for row in rows()] == plan()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.point)
def test_what_an_answer_names_is_there(row):
    assert row.answer
    for text in CODE.findall(row.answer):
        if is_path(text):
            places = (ROOT / "definitions" / text, ROOT / text)
            assert any(place.exists() for place in places), f"there is no {text}"
    named = ALERT.findall(REPLAYED.sub("", row.answer))
    assert not named, f"after {named} should stand the test that replays its incident"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.point)
def test_the_incident_after_an_alert_makes_it_fire(row):
    for alert, name in REPLAYED.findall(row.answer):
        assert alert in incidents(), f"there is no alert {alert}"
        firing = {test.name for test in incidents()[alert] if test.fires}
        assert name in firing, f"{alert} does not fire in {name}, but in {sorted(firing)}"


@pytest.mark.parametrize("section", ALERTED)
def test_points_about_alerts_name_alerts(section):
    for row in rows():
        if row.section.startswith(section) and row.point not in NOT_BY_ALERTS:
            assert REPLAYED.search(row.answer), f"{row.point}: which alert, and which incident?"
