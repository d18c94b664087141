"""A channel knows where its messages go."""

import pytest

from tests.house import find, underlined

TEAM = 'care = Team("care", page={}, chat=notify.Email(to="care@giggatek.example"))'


def found(tmp_path, channel):
    files = {"care.py": TEAM.format(channel)}
    return [it for it in find(tmp_path, files) if it.id == "channel-without-address"]


@pytest.mark.parametrize(
    ("channel", "message", "help_"),
    [
        (
            "notify.PagerDuty()",
            "care/page: PagerDuty needs routing_key_file",
            'add routing_key_file="…" or service_key_file="…"',
        ),
        (
            'notify.Slack(channel="#care")',
            "care/page: Slack needs api_url_file",
            'add api_url_file="…" or app_token_file="…"',
        ),
        ("notify.Webhook()", "care/page: Webhook needs url", 'add url="…" or url_file="…"'),
        ('notify.Webhook(url="")', "care/page: Webhook needs url", 'add url="…" or url_file="…"'),
    ],
)
def test_what_is_missing_is_told_at_the_channel(tmp_path, channel, message, help_):
    (finding,) = found(tmp_path, channel)
    assert (finding.message, finding.help) == (message, help_)
    assert underlined(finding).startswith("notify.")


@pytest.mark.parametrize(
    "channel",
    [
        'notify.PagerDuty(routing_key_file="a")',
        'notify.PagerDuty(service_key_file="a")',
        'notify.Slack(channel="#care", api_url_file="a")',
        'notify.Slack(channel="#care", app_token_file="a")',
        'notify.Webhook(url="https://example.org/hook")',
        'notify.Webhook(url_file="a")',
        'notify.Email(to="a@giggatek.example")',
    ],
)
def test_any_of_them_is_enough(tmp_path, channel):
    assert found(tmp_path, channel) == []


def test_the_channel_of_a_route_too(tmp_path):
    care = 'Route("login", matchers=[\'a="b"\'], page=notify.PagerDuty())'
    (finding,) = found(tmp_path, f'notify.PagerDuty(routing_key_file="a"), routes=[{care}]')
    assert finding.message == "care/login/page: PagerDuty needs routing_key_file"
