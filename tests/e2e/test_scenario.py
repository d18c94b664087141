"""Scenario files: what they say, and what is wrong with one that cannot be played."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.cases import HERE, OTHER_SCENARIO
from tests.e2e.clock import Clock
from tests.e2e.exporter import value_at
from tests.e2e.reading import read_scenario
from tests.e2e.scenario import ScenarioError, Series, Step, read_selector, seconds

GOOD = """
duration = 10
expect = [{ alert = "A", to = ["x"], after = 1, within = 5 }]
series = [{ job = "j", metric = 'm{a="b"}', value = 1 }]
[destinations]
x = { slack = "#x" }
"""


def read(folder: Path, text: str):
    file = folder / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    return read_scenario(file)


@pytest.mark.parametrize(
    "file", [*sorted((HERE / "scenarios").glob("*.toml")), OTHER_SCENARIO], ids=lambda f: f.stem
)
def test_every_scenario_of_the_project_can_be_read(file: Path):
    assert read_scenario(file).series


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("duration = 10", "", "duration is missing"),
        ("duration = 10", "duration = true", "scenario.duration: float is wanted, not True"),
        ("duration = 10", "duration = '5 minutes'", "'5 minutes' is no duration"),
        ("after = 1", "afer = 1", "scenario.expect[0]: unknown key afer; known are alert, to,"),
        ("within = 5", "within = 50", "lies behind the end at 10"),
        ('["x"]', '["y"]', "expect: no destination is named y"),
        (
            "duration = 10",
            "duration = 10\nsilent = ['x']",
            "A: goes to a destination that is silent",
        ),
        ('["x"]', '"x"', "scenario.expect[0].to: a list is wanted, not 'x'"),
        ('slack = "#x"', "", "one of slack, pagerduty, email, webhook, deadman, not 0"),
        ('slack = "#x"', 'slack = "#x", email = "x@y"', "not 2 of them"),
        ("'m{a=\"b\"}'", '"m{a=b}"', "cannot read the labels at 'a=b'"),
        ("after = 1", "after = 1, status = 'gone'", "status is firing or resolved, not gone"),
        ("duration = 10", "duration = 10 10", "line 2"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, good: str, bad: str, message: str):
    assert good in GOOD
    with pytest.raises(ScenarioError) as raised:
        read(tmp_path, GOOD.replace(good, bad))
    assert message in str(raised.value)
    assert "scenario.toml: " in str(raised.value)


def test_a_scenario_is_written_on_top_of_another_one(tmp_path: Path):
    (tmp_path / "base.toml").write_text(GOOD, encoding="utf-8")
    top = read(
        tmp_path,
        """
        based_on = "base.toml"
        series = [
            { job = "j", metric = 'm{a="b"}', value = 2 },
            { job = "j", metric = 'm{a="c"}', value = 3 },
        ]
        destinations = { y = { email = "y@y" } }
        """,
    )
    assert [series.value for series in top.series] == [2, 3]
    assert set(top.destinations) == {"x", "y"}
    assert [expect.alert for expect in top.expect] == ["A"]


def test_a_selector_is_a_name_and_labels():
    assert read_selector("up") == ("up", {})
    assert read_selector('m{a="b", c="d,e"}') == ("m", {"a": "b", "c": "d,e"})


@pytest.mark.parametrize(
    ("text", "length"), [("0", 0), ("90s", 90), ("1h30m", 5400), ("1d", 86400)]
)
def test_durations(text: str, length: float):
    assert seconds(text) == length


def test_a_counter_has_risen_since_the_past_began_and_goes_on_without_a_jump():
    series = Series(
        metric="m", job="j", steps=(Step(rate=2), Step(from_=10, rate=0), Step(from_=20, rate=5))
    )
    clock = Clock(origin=1000, speed=1)
    assert value_at(series, clock, 1000, past=900) == 200
    clock.zero = 1100
    assert [value_at(series, clock, wall, past=900) for wall in (1100, 1110, 1120, 1122)] == [
        *(400, 420, 420, 430)
    ]


def test_a_series_appears_and_goes():
    series = Series(
        metric="m",
        job="j",
        steps=(Step(from_=10, rate=3), Step(from_=20, gone=True), Step(from_=30, value=7)),
    )
    clock = Clock(origin=0, speed=1, zero=100)
    walls = (50, 109, 110, 112, 120, 129, 135)
    assert [value_at(series, clock, wall, past=0) for wall in walls] == [
        *(None, None, 0, 6, None, None, 7)
    ]


def test_slopes_are_per_real_second_at_any_speed():
    series = Series(metric="m", job="j", steps=(Step(from_=60, value=0, rate=4),))
    clock = Clock(origin=0, speed=10, zero=100)
    assert value_at(series, clock, 108, past=0) == 8


def test_a_time_of_day_lies_before_the_start():
    series = Series(metric="m", job="j", ago=3600)
    assert value_at(series, Clock(origin=10_000), 10_050, past=0) == 6400
