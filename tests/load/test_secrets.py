"""What looks like a secret stands in no finding, no note and no line, in no format."""

import json

import pytest

from giggamon_compiler.checks import read_checks
from giggamon_compiler.report import json as as_json
from giggamon_compiler.report import text as as_text
from giggamon_compiler.secrets import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://hooks.slack.com/services/T0/B0/xx", "https://hooks.slack.com/*****************"),
        ("'https://hooks.slack.com/services/T0…", "'https://hooks.slack.com/***********…"),
        (
            "https://chat.giggatek.example/hooks/abc",
            "https://chat.giggatek.example/hooks/***",
        ),
        ("https://a.example/x/9f8e7d6c/y", "https://a.example/x/********/y"),
        ("https://a.example/?token=abc&x=1", "https://a.example/?token=***&x=1"),
        ("https://me:pass@a.example/", "https://*******@a.example/"),
        ("key 0123456789abcdef0123456789abcdef.", f"key {'*' * 32}."),
        ("xoxb-something-long", "*" * 19),
        ("glpat-abcdefgh12", "*" * 16),
    ],
)
def test_it_is_masked_in_its_length(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "from definitions.teams import platform",
        'runbooks_url="https://git.giggatek.example/monitoring/definitions/runbooks",',
        "https://git.giggatek.example/monitoring/definitions/services/orders.md#ordersdown",
        "https://prometheus.giggatek.example:9090/graph?g0.expr=up",
        "https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/",
        "expr='histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[5m])) > 0.5'",
        'chat=notify.Slack(channel="#commerce-alerts", api_url_file="commerce-slack"),',
        "OrdersAvailabilityBudgetBurn",
    ],
)
def test_what_is_none_is_shown(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    "written",
    [
        'chat="https://hooks.slack.com/services/T0/B0/xxyyzz"',
        'chat=notify.Slack(channel="#x", api_url="https://hooks.slack.com/services/T0/B0/xxyyzz")',
        'chat=notify.Webhook(url=["https://hooks.slack.com/services/T0/B0/xxyyzz"])',
        'colour="https://hooks.slack.com/services/T0/B0/xxyyzz"',
        'chat=notify.Slak(api_url="https://hooks.slack.com/services/T0/B0/xxyyzz")',
        'chat=1 / 0, mail="https://hooks.slack.com/services/T0/B0/xxyyzz"',
        'chat=("https://hooks.slack.com/services/T0/B0/xxyyzz"',
        'chat=int("https://hooks.slack.com/services/T0/B0/xxyyzz")',
    ],
)
def test_no_format_shows_it(read, written):
    teams = (
        f"from giggamon_compiler import Team, notify\n\nplatform = Team('platform', {written})\n"
    )
    loaded = read({"teams.py": teams}, service="")
    assert loaded.findings
    assert "xxyyzz" not in as_text.render(loaded.findings, read_checks())
    assert "xxyyzz" not in as_json.render(loaded.findings)
    assert json.loads(as_json.render(loaded.findings))["findings"]


def test_a_harmless_line_beside_it_is_shown(read):
    teams = (
        "from giggamon_compiler import Team, notify\n\n"
        'platform = Team("platform", chat=notify.Slack(channel="#x", api_url="hush"))\n'
    )
    said = as_text.render(read({"teams.py": teams}, service="").findings)
    assert "| from definitions.teams import platform" in said
    assert "hush" not in said


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        ('Slack(channel="#x", api_url="hush")', "api_url_file"),
        ('Slack(channel="#x", url="hush")', "api_url_file"),
        ('Slack(channel="#x", token="hush")', "app_token_file"),
        ('PagerDuty(routing_key="hush")', "routing_key_file"),
        ('Email(to="a@b.example", password="hush")', "auth_password_file"),
        ('Email(to="a@b.example", auth_password="hush")', "auth_password_file"),
    ],
)
def test_the_file_of_a_secret_is_offered(read, call, meant):
    loaded = read(
        {"teams.py": f"from giggamon_compiler import notify\n\nit = notify.{call}\n"}, house={}
    )
    assert loaded.finding.help == f"write {meant}, the name of a file below Environment.secrets"
