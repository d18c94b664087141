"""What a newcomer gets wrong first is answered with what they should write."""

import pytest

HEAD = "from giggamon_compiler import Alert, RouteTest, Service, Team, notify\n"


@pytest.mark.parametrize(
    ("text", "help_line"),
    [
        ('down = Alert("Up", expr="up", for="2m")', "did you mean for_?"),
        ('down = Alert("Up", expr="up",\n    for = "2m")', "did you mean for_?"),
        ('sent = notify.Email(to="a@b.example", from="c@d.example")', "did you mean from_?"),
        ("sent = notify.OpsGenie()", "notify has Email, PagerDuty, Slack and Webhook"),
        ("sent = notify.slack()", "did you mean Slack?"),
        ("it = platform.inbox", "a Team has name, page, chat, mail, routes and allow"),
        ('sent = notify.Slack("#ops")', "write the name of the argument before it: channel=…"),
        (
            'sent = notify.Webhook("x")',
            "write the name of the argument before it: url, url_file, max_alerts, timeout, "
            "payload, http_config, send_resolved or allow",
        ),
        ("from definitions.people import zed", "write definitions/people.py"),
        ("from definitions.team import platform as zed", "did you mean definitions.teams?"),
        ("from definitions.services.teams import zed", "did you mean definitions.teams?"),
        (
            "from monitoring.teams import platform as zed",
            "write definitions.teams: whatever the folder is called, it is imported as definitions",
        ),
        ("from definitions.teams import plattform", "did you mean platform?"),
        ("from definitions.teams import zed", "definitions/teams.py binds platform"),
    ],
)
def test_the_help_says_what_to_write(read, text, help_line):
    assert read(service=f"{HEAD}{text}\n").finding.help == help_line


def test_a_folder_of_another_name_is_imported_as_definitions(read):
    loaded = read(service="from monitoring import teams\n", folder="monitoring")
    assert loaded.finding.help == (
        "write definitions: whatever the folder is called, it is imported as definitions"
    )


@pytest.mark.parametrize(
    ("text", "help_line"),
    [
        (
            'down = Alert("Up", expr="up", severity="critcal")',
            "write severity=critical, the value, imported from definitions.policy",
        ),
        ('down = Alert("Up", expr="up", severity="zzz")', ""),
    ],
)
def test_a_text_in_place_of_a_value_is_told_its_name(read, text, help_line):
    assert read(service=f"{text}\n").finding.help == help_line


def test_a_value_of_the_same_file_needs_no_import(read):
    policy = (
        "from definitions.teams import platform\nfrom giggamon_compiler import Policy, Severity\n"
        'slow = Severity("warning", channels=[], group_wait="1s", group_interval="1s",'
        ' repeat_interval="1h")\n'
        'policy = Policy(severities=[slow], fallback="warning", default_team=platform)\n'
    )
    helps = [it.help for it in read({"policy.py": policy}).findings if it.id == "wrong-type"]
    assert helps == ["write fallback=slow, the value, without quotes"]


def test_a_key_without_its_name_is_not_shown(read):
    (found,) = read(service=f'{HEAD}sent = notify.PagerDuty("hush")\n').findings
    assert found.secret
    assert "hush" not in found.message
