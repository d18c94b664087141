"""What a value refers to must be bound where its kind has its place, as the very same value."""

import pytest

from tests.load.conftest import HOUSE

SLO = """\
from giggamon_compiler import SLO, Measure, Ratio
good = SLO("good", objective=99, window="30d", fast=critical, sli=Ratio(bad="b", total="t"))
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            'from giggamon_compiler import Team\n_own = Team("own")\n'
            'other = {"x": 1}\ndown = Alert("Up", expr="up")\n'
            "from dataclasses import replace\n_moved = replace(service, team=_own)\n",
            None,
            id="private templates may refer to private values",
        ),
        pytest.param(
            'from dataclasses import replace\n_mine = replace(critical, group_wait="1m")\n'
            'down = Alert("Up", expr="up", severity=_mine)\n',
            (
                "reference-not-bound",
                "7:40",
                "_mine",
                "Up refers to the Severity critical, which no file binds under a public name",
            ),
            id="a private copy of a severity",
        ),
        pytest.param(
            "from giggamon_compiler import Severity\n"
            'info = Severity("info", channels=[], group_wait="1s", group_interval="1s",\n'
            '    repeat_interval="1h")\n'
            'down = Alert("Up", expr="up", severity=info)\n',
            (
                "severity-not-in-policy",
                "8:40",
                "info",
                "Up has the severity info, which the policy lacks",
            ),
            id="a severity that the policy does not list",
        ),
        pytest.param(
            f"_{SLO.splitlines()[1]}\n{SLO.splitlines()[0]}\n"
            'board = Dashboard("b", title="B", rows=block.slo(_good))\n',
            (
                "reference-not-bound",
                "7:40",
                "block.slo(_good",
                "Measure refers to the SLO good, which no file binds under a public name",
            ),
            id="a private objective on a board",
        ),
        pytest.param(
            '_down = Alert("Down", expr="up == 0")\n'
            'board = Dashboard("b", title="B", rows=[Row("R", [\n'
            '    panel.Stat("S", [Query("up")], key="k", threshold=_down)])])\n',
            (
                "reference-not-bound",
                "7:55",
                "_down",
                "k refers to the Alert Down, which no file binds under a public name",
            ),
            id="a private alert as a threshold",
        ),
    ],
)
def test_in_a_service(read, text, said):
    if said and "_good" in text:
        first, second, *rest = text.splitlines(keepends=True)
        text = "".join([second, first, *rest])
    loaded = read(service=text)
    found = [it for it in loaded.said if it[:2] == (said or ("", ""))[:2]]
    assert found == ([said] if said else [])
    assert bool(loaded.said) is bool(said)


def test_a_service_whose_team_nobody_binds(read):
    loaded = read(
        {
            "services/carts.py": """\
            from giggamon_compiler import Service, Team
            _team = Team("carts")
            service = Service("carts", team=_team)
            """
        }
    )
    assert loaded.said == [
        (
            "reference-not-bound",
            "services/carts.py:3:33",
            "_team",
            "carts refers to the Team carts, which no file binds under a public name",
        )
    ]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        pytest.param("AlertTest(down, series={})", None, id="an alert"),
        pytest.param("AlertTest(down, series={}, severity=critical)", None, id="its own severity"),
        pytest.param("AlertTest(grouped, series={})", None, id="an alert of a group"),
        pytest.param("AlertTest(alerts[1], series={})", None, id="an alert of a list"),
        pytest.param("AlertTest(good, series={}, severity=critical)", None, id="an objective"),
        pytest.param(
            "AlertTest(_hidden, series={})",
            (
                "reference-not-bound",
                "18",
                "_hidden",
                "test refers to the Alert Hidden, which no file binds under a public name",
            ),
            id="a private template",
        ),
        pytest.param(
            "AlertTest(replace(down, expr='up == 1'), series={})",
            (
                "reference-not-bound",
                "18",
                "replace(down, expr='up == 1')",
                "test refers to the Alert Up, which no file binds under a public name",
            ),
            id="a copy",
        ),
        pytest.param(
            "AlertTest(down, series={}, severity=warning)",
            ("test-of-no-alert", "44", "warning", "Up does not have the severity warning"),
            id="another severity",
        ),
        pytest.param(
            "AlertTest(good, series={})",
            (
                "test-of-no-alert",
                "8",
                "AlertTest(good",
                "test does not say which alert of good it tests",
            ),
            id="an objective without severity",
        ),
        pytest.param(
            "AlertTest(good, series={}, severity=warning)",
            ("test-of-no-alert", "44", "warning", "good has no alert of the severity warning"),
            id="a severity that the objective does not use",
        ),
        pytest.param("RouteTest({}, notifies=[platform.chat])", None, id="a channel"),
        pytest.param("RouteTest({}, notifies=[east.page])", None, id="a channel of a route"),
        pytest.param(
            "RouteTest({}, notifies=[platform.chat, platform.page])",
            (
                "no-such-channel",
                "47",
                "platform.page",
                "test expects a channel that its team does not have",
            ),
            id="a channel that the team lacks",
        ),
        pytest.param(
            "RouteTest({}, notifies=[notify.Email(to='a@b.example')])",
            (
                "no-such-channel",
                "32",
                "notify.Email(to='a@b.example')",
                "test expects an Email that is no channel of any team",
            ),
            id="a channel of nobody",
        ),
    ],
)
def test_in_a_test(read, test, said):
    teams = """\
        from giggamon_compiler import Route, Team, notify
        east = Route("east", matchers=['region="east"'], page=notify.Email(to="e@x.example"))
        platform = Team("platform", chat=notify.Email(to="p@x.example"), routes=[east])
        """
    text = f"""\
        from dataclasses import replace
        from definitions.policy import critical, warning
        from definitions.services.orders import _hidden, alerts, down, good, grouped
        from definitions.teams import east, platform
        from giggamon_compiler import AlertTest, RouteTest, notify
        test = {test}
        """
    loaded = read(
        {"teams.py": teams, "services/orders_test.py": text},
        service=SLO
        + """\
from giggamon_compiler import Group
down = Alert("Up", expr="up", severity=critical)
alerts = [down, Alert("Two", expr="up")]
_hidden = Alert("Hidden", expr="up")
_grouped = grouped = Alert("Grouped", expr="up")
group = Group("g", rules=[grouped, Alert("Inline", expr="up")])
""",
    )
    expected = [(said[0], f"services/orders_test.py:6:{said[1]}", *said[2:])] if said else []
    assert loaded.said == expected


def test_a_group_holds_rules_of_its_own_file(read):
    loaded = read(
        {
            "services/carts.py": """\
            from definitions.services.orders import down
            from definitions.teams import platform
            from giggamon_compiler import Group, Service
            service = Service("carts", team=platform)
            group = Group("g", rules=[down])
            """
        },
        service='down = Alert("Up", expr="up")\n',
    )
    assert loaded.said == [
        (
            "rule-of-another-file",
            "services/carts.py:5:27",
            "down",
            "g holds Up, which belongs to definitions/services/orders.py",
        )
    ]


def test_the_policy_lists_what_is_bound(read):
    loaded = read(
        {
            "policy.py": """\
            from dataclasses import replace
            from definitions.teams import platform
            from giggamon_compiler import Policy, Severity
            one = Severity("one", channels=["chat"], group_wait="1s", group_interval="1s",
                repeat_interval="1h")
            two = replace(one, name="two")
            _three = replace(one, name="three")
            policy = Policy(severities=[one, _three], fallback=two,
                default_team=replace(platform))
            """
        }
    )
    assert loaded.said == [
        (
            "severity-not-in-policy",
            "policy.py:6:7",
            "replace(one",
            "two is no severity of the policy, so nobody is told by it",
        ),
        (
            "reference-not-bound",
            "policy.py:8:34",
            "_three",
            "Policy refers to the Severity three, which no file binds under a public name",
        ),
        (
            "severity-not-in-policy",
            "policy.py:8:52",
            "two",
            "Policy has the fallback two, which its severities lack",
        ),
        (
            "reference-not-bound",
            "policy.py:9:18",
            "replace(platform)",
            "Policy refers to the Team platform, which no file binds under a public name",
        ),
    ]


def test_a_file_that_reaches_into_a_wrong_one_is_left_out(read):
    loaded = read(
        {
            "teams.py": HOUSE["teams.py"].replace('"#platform"', "7"),
            "boards.py": """\
            from giggamon_compiler import Dashboard
            board = Dashboard("b", title="B", rows=[])
            """,
        },
        service='down = Alert("Up", expr="up")\n',
    )
    assert loaded.ids == ["wrong-type"]
    assert [file.name for file in loaded.definitions.files] == ["boards", "environment"]
    assert not loaded.definitions.complete
