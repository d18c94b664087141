"""The routing tree: whoever must be paged is paged, for every policy that can be written."""

from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler import Environment, Labels, Policy, Route, Severity, Team, notify
from giggamon_compiler.ir import Program
from giggamon_compiler.lower.alerting import lower_alertmanager
from giggamon_compiler.lower.receivers import lower_receiver
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.team import CHANNELS
from giggamon_compiler.routing import receivers_for

environment = Environment(
    "here", prometheus="2.42", alertmanager="0.25", retention="35d", secrets="/secrets"
)
words = st.text("abcxyz-", min_size=1, max_size=6)


def a_receiver(name: str) -> notify.Receiver:
    return notify.Slack(channel=f"#{name}", api_url_file=name)


@st.composite
def teams(draw, name):
    def channels():
        return {
            channel: a_receiver(f"{name}-{channel}-{draw(st.integers(0, 99))}")
            for channel in CHANNELS
            if draw(st.booleans())
        }

    named = draw(st.lists(words.map("to-{}".format), unique=True, max_size=3))
    routes = [Route(it, matchers=[f'part="{draw(words)}"'], **channels()) for it in named]
    return Team(name, routes=routes, **channels())


@st.composite
def houses(draw):
    members = [draw(teams(name)) for name in draw(st.lists(words, unique=True, min_size=1))]
    severities = [
        Severity(
            name,
            channels=draw(st.lists(st.sampled_from(CHANNELS), unique=True)),
            group_wait=f"{index}s",
            group_interval="1m",
            repeat_interval="1h",
        )
        for index, name in enumerate(
            draw(st.lists(words, unique=True, min_size=1, max_size=4)), start=1
        )
    ]
    policy = Policy(
        severities=severities,
        fallback=draw(st.sampled_from(severities)),
        default_team=draw(st.sampled_from(members)),
        labels=Labels(team="squad", severity="level"),
    )
    values = [("policy", policy), ("environment", environment)]
    values += [(f"team_{index}", team) for index, team in enumerate(members)]
    return members, policy, Definitions((DefinitionFile("house", tuple(values)),))


@given(houses(), st.data())
def test_every_alert_gets_all_channels_of_its_severity(house, data):
    """Whatever the team, the route and the severity, known or not, nothing is lost."""
    members, policy, definitions = house
    alertmanager = lower_alertmanager(definitions, Program()).alertmanager
    assert alertmanager is not None
    integrations = {it.name: it.integrations for it in alertmanager.receivers}
    known = st.sampled_from([team.name for team in members])
    squad = data.draw(known | st.sampled_from(["", "nobody"]), "team")
    level = data.draw(
        st.sampled_from([it.name for it in policy.severities] + ["", "unheard"]), "severity"
    )
    part = data.draw(words | st.just(""), "part")

    reached = receivers_for(alertmanager.route, {"squad": squad, "level": level, "part": part})
    assert len(reached) == 1

    team = next((it for it in members if it.name == squad), policy.default_team)
    severity = next((it for it in policy.severities if it.name == level), policy.fallback)
    route = next((it for it in team.routes if it.matchers == [f'part="{part}"']), None)
    expected = []
    for channel in CHANNELS:
        receiver = getattr(route, channel, None) or getattr(team, channel)
        if channel in severity.channels and receiver is not None:
            expected.append(lower_receiver(receiver, "/secrets"))
    assert list(integrations[reached[0]]) == expected


@given(houses())
def test_every_receiver_is_named_once_and_reached(house):
    _, _, definitions = house
    alertmanager = lower_alertmanager(definitions, Program()).alertmanager
    assert alertmanager is not None
    names = [it.name for it in alertmanager.receivers]
    assert len(set(names)) == len(names)

    def named(route):
        return {route.receiver}.union(*map(named, route.routes))

    assert named(alertmanager.route) == set(names)
