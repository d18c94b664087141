"""Fields that the declared servers do not know."""

import pytest

from tests.house import FILES, find, messages, underlined

LATE = """
service = Service("orders", team=commerce)
late = Group("late", FIELD, rules=[Record("job:up:sum", expr="sum by (job) (up)")])
"""


def a_house(prometheus="2.42", alertmanager="0.25", **more):
    environment = (
        FILES["environment.py"]
        .replace('prometheus="2.42"', f'prometheus="{prometheus}"')
        .replace('alertmanager="0.25"', f'alertmanager="{alertmanager}"')
    )
    return {"environment.py": environment, **more}


@pytest.mark.parametrize(
    ("field", "older", "since"),
    [
        ('query_offset="1m"', "2.52", "2.53"),
        ('labels={"a": "b"}', "2.55", "3.0"),
    ],
)
def test_group_fields(tmp_path, field, older, since):
    service = {"services/orders.py": LATE.replace("FIELD", field)}
    name = field.partition("=")[0]
    for version, expected in (
        (older, [f"late uses {name}, which Prometheus has since {since}"]),
        (since, []),
        ("10.1", []),
    ):
        house = a_house(version, **service)
        assert messages(tmp_path, "field-newer-than-target", house) == expected


def test_fields_of_channels_as_the_vocabulary_dates_them(tmp_path):
    teams = """
commerce = Team("commerce",
    page=notify.Webhook(url_file="page"),
    chat=notify.Slack(channel="#c", app_token_file="t", timeout="10s"))
"""
    (url, token, timeout) = [
        it for it in find(tmp_path, a_house(**{"teams.py": teams})) if "uses" in it.message
    ]
    assert url.message == "commerce/page uses url_file, which Alertmanager has since 0.26"
    assert underlined(url) == '"page"'
    assert {token.message, timeout.message} == {
        "commerce/chat uses app_token_file, which Alertmanager has since 0.30",
        "commerce/chat uses timeout, which Alertmanager has since 0.30",
    }
    assert (
        messages(
            tmp_path, "field-newer-than-target", a_house(alertmanager="0.33", **{"teams.py": teams})
        )
        == []
    )


@pytest.mark.parametrize("version", ["", "three", "v3.5", "3", "3.x"])
def test_what_is_no_version_is_said_instead_of_passed_over(tmp_path, version):
    assert messages(tmp_path, "field-newer-than-target", a_house(version)) == [
        f"production: {version} is no version of prometheus"
    ]


def test_a_version_older_than_any_known_one_is_said(tmp_path):
    assert messages(tmp_path, "field-newer-than-target", a_house("2.41")) == [
        "production: prometheus 2.41 is older than 2.42, the oldest version that is known here"
    ]
    assert messages(tmp_path, "field-newer-than-target", a_house("2.42")) == []
