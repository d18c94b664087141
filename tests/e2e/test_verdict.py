"""Messages against expectations, without any server: what must be seen is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.e2e.clock import Clock
from tests.e2e.message import Message, from_pagerduty, from_slack, from_webhook
from tests.e2e.outputs import ALERTMANAGER, PROMETHEUS, Outputs
from tests.e2e.run import Outcome
from tests.e2e.scenario import Destination, Expect, Scenario
from tests.e2e.verdict import judge

RULE = {"alert": "Gone", "expr": 'up{job="j"} == 0', "labels": {"severity": "high"}}
OUTPUTS = Outputs(
    {
        PROMETHEUS: {
            "global": {"scrape_interval": "10s", "evaluation_interval": "10s"},
            "scrape_configs": [{"job_name": "j"}],
        },
        "prometheus/rules/j.yml": {"groups": [{"name": "j", "rules": [RULE]}]},
        ALERTMANAGER: {"route": {"receiver": "x", "group_wait": "5s", "group_interval": "20s"}},
    }
)
EXPECT = Expect(
    alert="Gone",
    to=("chat",),
    after=10,
    within=60,
    says=("all is lost",),
    links=("https://a.example/b#c",),
    severity="high",
    bound=True,
)
SCENARIO = Scenario(
    duration=100,
    destinations={
        "chat": Destination(slack="#chat", key="chat-key"),
        "page": Destination(pagerduty="page-key"),
    },
    series=(),
    expect=(EXPECT,),
)


def slack(at: float, channel: str = "#chat", key: str = "chat-key", **attachment: str) -> Message:
    usual = {
        "title": "[FIRING:1] Gone",
        "text": "all is lost\nseverity=high <https://a.example/b#c|Runbook>",
        "color": "danger",
    }
    return from_slack(key, {"channel": channel, "attachments": [{**usual, **attachment}]}, at)


def pagerduty(at: float, action: str, incident: str = "1", title: str = "Gone") -> Message:
    body = {"event_action": action, "dedup_key": incident, "payload": {"summary": title}}
    return from_pagerduty("page-key", body, at)


def problems(*messages: Message, scenario: Scenario = SCENARIO) -> list[str]:
    outcome = Outcome(messages, Clock(origin=0, zero=0), [], 1)
    found = judge(OUTPUTS, scenario, outcome).problems
    return [problem.partition("\n")[0] for problem in found]


def test_what_was_expected_is_all_right():
    assert problems(slack(30)) == []


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        (slack(71), "came after 61.0 s, and may take 60 s"),
        (slack(57), "came 47.0 s beyond `for`; the bound is 10 scrape + 10 evaluation + 0 for"),
        (slack(30, key="other-key"), "was sent with other-key, not chat-key"),
        (slack(30, text="severity=high https://a.example/b#c"), "does not say 'all is lost'"),
        (slack(30, text="all is lost https://a.example/b#c"), "does not name its severity, high"),
        (slack(30, text="all is lost severity=high https://a.example/b#cd"), "has no link https"),
        (slack(30, text="all is lost <no value> severity=high"), "holds '<no value>'"),
        (slack(9), "Gone firing never came to chat"),
        (slack(30, color="good"), "nobody expected this at chat after 30.0 s: resolved"),
        (
            slack(30, title="Other", text="Else"),
            "nobody expected this at chat after 30.0 s: firing",
        ),
        (slack(30, channel="#chats"), "nobody expected this at slack '#chats', which is nobody's"),
        (slack(30, channel=""), "nobody expected this at slack ''"),
    ],
)
def test_what_is_wrong_with_a_message_is_said(message: Message, problem: str):
    assert any(problem in found for found in problems(message))


def test_a_message_that_went_elsewhere_is_shown_there():
    assert problems(pagerduty(30, "trigger"))[0] == (
        "Gone firing never came to chat; such a message went to page"
    )


def test_a_second_message_is_one_too_many_unless_a_death_excuses_it():
    assert problems(slack(30), slack(35))[0].startswith("nobody expected this at chat after 35.0 s")
    assert problems(slack(30), slack(35), scenario=replace(SCENARIO, repeats=True)) == []


def test_messages_are_told_apart_by_their_time():
    second = replace(EXPECT, after=50, severity=None, links=(), says=("again",))
    both = replace(SCENARIO, expect=(EXPECT, second))
    assert problems(slack(30), slack(70, text="again"), scenario=both) == []
    assert problems(slack(30), slack(40, text="again"), scenario=both) != []


def test_a_resolve_needs_an_incident():
    page = Expect(alert="Gone", to=("page",), after=0, within=50)
    both = replace(SCENARIO, expect=(page, replace(page, status="resolved")))
    opened = pagerduty(10, "trigger")
    assert problems(opened, pagerduty(20, "resolve"), scenario=both) == []
    assert problems(opened, pagerduty(20, "resolve", incident="2"), scenario=both) == [
        "PagerDuty: a resolve for an incident that was never opened: Gone"
    ]


def test_a_faster_clock_forgives_what_the_machine_takes():
    late = slack(72 / 8)
    clock = Clock(origin=0, zero=0, speed=8)
    fast = replace(SCENARIO, speed=8, expect=(replace(EXPECT, bound=False),))
    assert judge(OUTPUTS, fast, Outcome([late], clock, [], 1)).problems == []


def test_a_webhook_is_read_by_its_labels():
    body: dict[str, Any] = {
        "status": "firing",
        "commonLabels": {"alertname": "Gone"},
        "alerts": [{"labels": {"severity": "high"}, "annotations": {"summary": "all is lost"}}],
    }
    message = from_webhook("https://hook.example/x", None, body, 1)
    assert message.title == "Gone"
    assert "all is lost" in message.text
    assert "high" in message.text
