"""A metric turns bad, and the right people get the right message: real servers, real time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.e2e.cases import OTHER_SCENARIO, Case, problems_of, run_all, scenario
from tests.e2e.outputs import Outputs
from tests.e2e.reading import read_scenario
from tests.e2e.servers import Tools
from tests.e2e.verdict import Verdict


def play_everything(ours: Outputs, other: Outputs, tools: Tools, folder: Path) -> list[Verdict]:
    cases = [
        Case("outage", ours, scenario("giggatek-outage")),
        Case("hour", ours, scenario("giggatek-hour")),
        Case("watching", ours, scenario("giggatek-watching")),
        Case("silence", ours, scenario("giggatek-silence")),
        Case("other", other, read_scenario(OTHER_SCENARIO)),
    ]
    verdicts = run_all(cases, tools, folder, at_once=len(cases))
    fail_on(verdicts)
    return list(verdicts.values())


def play_with_a_peer_that_fails(ours: Outputs, tools: Tools, folder: Path) -> None:
    cases = [
        Case("cut off", ours, scenario("giggatek-peer")),
        Case("dies", ours, scenario("giggatek-death")),
    ]
    fail_on(run_all(cases, tools, folder, at_once=len(cases)))


def fail_on(verdicts: Mapping[str, Verdict]) -> None:
    problems = problems_of(verdicts)
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.mark.e2e
@pytest.mark.timeout(420)
def test_everybody_hears_of_what_concerns_them_and_of_nothing_else(
    ours: Outputs, other: Outputs, tools: Tools, tmp_path: Path
):
    verdicts = play_everything(ours, other, tools, tmp_path)

    timed = [arrival for verdict in verdicts for arrival in verdict.arrivals if arrival.bound]
    assert len({arrival.expect.alert for arrival in timed}) > 3


def test_a_message_of_each_severity_is_played(ours: Outputs):
    names = ("outage", "hour", "watching", "silence")
    played = [it for name in names for it in scenario(f"giggatek-{name}").expect]
    severities: set[str] = set()
    for group in ours.groups():
        for rule in group["rules"]:
            if any(it.alert == rule.get("alert") for it in played):
                severities.add(rule["labels"]["severity"])
    policy = json.loads(ours.texts["manifest/policy.json"])
    assert severities == {severity["name"] for severity in policy["severities"]}


@pytest.mark.heavy
@pytest.mark.timeout(420)
def test_everybody_hears_of_it_with_newer_tools(
    ours: Outputs, other: Outputs, newer_tools: Tools, tmp_path: Path
):
    play_everything(ours, other, newer_tools, tmp_path)


@pytest.mark.heavy
@pytest.mark.timeout(420)
def test_a_page_comes_in_time_although_an_alertmanager_fails(
    ours: Outputs, tools: Tools, tmp_path: Path
):
    play_with_a_peer_that_fails(ours, tools, tmp_path)


@pytest.mark.heavy
@pytest.mark.timeout(420)
def test_a_page_comes_in_time_although_a_newer_alertmanager_fails(
    ours: Outputs, newer_tools: Tools, tmp_path: Path
):
    play_with_a_peer_that_fails(ours, newer_tools, tmp_path)
