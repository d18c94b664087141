"""Which leaves of the routing tree want a test."""

import pytest

from tests.house import messages

TEAMS = """
special = Route("special", matchers=['alertname="Special"'],
    chat=notify.Slack(channel="#special", api_url_file="special"))
commerce = Team("commerce",
    page=notify.PagerDuty(routing_key_file="commerce-pagerduty"),
    chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"),
    routes=[special])
"""
TESTS = """
page = RouteTest({"team": "commerce", "severity": "critical"}, notifies=[commerce.page])
chat = RouteTest({"team": "commerce", "severity": "warning"}, notifies=[commerce.chat])
stray = RouteTest({"severity": "critical"}, notifies=[commerce.page])
stray_chat = RouteTest({"team": "nobody", "severity": "warning"}, notifies=[commerce.chat])
"""
ONE = """
SPECIAL = RouteTest({"alertname": "Special", "team": "commerce", "severity": "warning"},
    notifies=[special.chat])
"""
STRAY = """
stray_special = RouteTest({"alertname": "Special", "severity": "warning"}, notifies=[special.chat])
"""


def found(tmp_path, tests, alert="", teams=TEAMS):
    files = {
        "teams.py": teams,
        "policy_test.py": tests,
        "services/orders.py": f'service = Service("orders", team=commerce)\n{alert}',
    }
    return messages(tmp_path, "route-without-test", files)


def test_every_severity_of_a_team_and_of_no_team_wants_one(tmp_path):
    assert sorted(found(tmp_path, "")) == [
        "alerts of no known team, told to commerce: "
        "no test says who is told of severity critical, warning",
        "route commerce/special: no alert of these definitions reaches it, "
        "and no test says who is told",
        "team commerce: no test says who is told of severity critical, warning",
    ]


def test_one_test_is_enough_for_a_route_that_no_alert_takes(tmp_path):
    assert found(tmp_path, TESTS) == [
        "route commerce/special: no alert of these definitions reaches it, "
        "and no test says who is told"
    ]
    assert found(tmp_path, TESTS + ONE) == []


def test_a_route_wants_one_for_each_severity_that_alerts_reach_it_with(tmp_path):
    alert = 'special_alert = Alert("Special", expr="up == 0", severity=critical)'
    assert found(tmp_path, TESTS + ONE, alert) == [
        "route commerce/special: no test says who is told of severity critical"
    ]
    other = 'other = Alert("Other", expr="up == 0", severity=critical)'
    assert found(tmp_path, TESTS + ONE, other) == []


def test_the_tree_below_the_default_team_is_one_of_its_own(tmp_path):
    """A test without a team reaches the copy at the root, and says nothing of the team's."""
    assert found(tmp_path, TESTS + STRAY) == [
        "route commerce/special: no alert of these definitions reaches it, "
        "and no test says who is told"
    ]


@pytest.mark.parametrize("matcher", ["alertname", 'alertname=~"("', 'a="b", c'])
def test_a_matcher_that_cannot_be_read_is_left_to_the_judges(tmp_path, matcher):
    teams = TEAMS.replace("'alertname=\"Special\"'", repr(matcher))
    assert matcher in teams or repr(matcher) in teams
    assert found(tmp_path, "", teams=teams) == []
