"""Tests of routes say their channels by the names of teams."""

import pytest

from giggamon_compiler import lower
from giggamon_compiler.load import read_definitions
from tests.house import write_house

TEAMS = """
    shared = notify.Slack(channel="#all", api_url_file="all")
    commerce = Team("commerce", chat=shared)
    payments = Team("payments", chat=shared, routes=[Route("x", matchers=["a=b"], chat=shared)])
    platform = Team("platform", chat=shared)
"""


@pytest.mark.parametrize(
    ("labels", "channel"),
    [
        ({"team": "commerce"}, "commerce/chat"),
        ({"team": "payments"}, "payments/chat"),
        ({"team": "platform"}, "platform/chat"),
        ({"team": "nobody"}, "commerce/chat"),
        ({}, "commerce/chat"),
    ],
)
def test_a_receiver_that_teams_share_is_that_of_the_team_in_the_labels(tmp_path, labels, channel):
    files = {
        "teams.py": TEAMS,
        "policy_test.py": f"test = RouteTest({labels}, notifies=[commerce.chat])",
    }
    definitions, findings = read_definitions(write_house(tmp_path, files))
    (test,) = lower.lower(definitions).route_tests
    assert (test.notifies, findings) == ((channel,), ())
