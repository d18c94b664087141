"""What looks like a secret, what does not, and that no report shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.checks.secret_inline import check
from giggamon_compiler.ir import Integration, Program, Team
from giggamon_compiler.report import text
from tests.house import find

# Made up, in the shape that each service gives its keys.
HEX = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
SECRETS = {
    "key of an integration": ("routing_key_file", HEX),
    "upper case": ("routing_key_file", "R0ABCD1234EFGH5678IJKL9012MNOP34"),
    "uuid": ("routing_key_file", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    "address in place of a file": ("api_url_file", "https://chat.example/hooks/T0/B0/x"),
    "slack token": ("app_token_file", "xoxb-" + "1" * 12 + "-abc"),
    "below the folder": ("routing_key_file", f"/etc/alertmanager/secrets/{HEX}"),
    "token in a path": ("url", f"https://chat.example/hooks/{HEX}"),
    "token in a query": ("url", f"https://chat.example/hook?token={HEX}"),
    "slack webhook": ("url", "https://hooks.slack.com/services/T00/B00/x1"),
    "user and password": ("url", "https://bot:letmein@chat.example/hook"),
}
PLAIN = {
    "name of a file": ("routing_key_file", "commerce-pagerduty"),
    "path of a file": ("api_url_file", "/etc/alertmanager/secrets/slack/commerce-alerts-2.url"),
    "long name": ("routing_key_file", "payments-provider-production-page-2024-11"),
    "address": ("url", "https://alerts.giggatek.example/v2/hooks/monitoring-team-42/incoming"),
    "port": ("url", "http://relay:8080/alertmanager"),
    "template": ("text", "{{ range .Alerts }}{{ .Labels.token }}{{ end }}"),
    "sentence": ("description", "password rotation is late, see the board"),
    "smarthost": ("smarthost", "mail.giggatek.example:587"),
}


def found(field, value):
    channels = {"page": Integration("webhook_configs", {field: value})}
    return list(check(Program(teams=(Team("teams", "commerce", channels),))))


@pytest.mark.parametrize("what", SECRETS)
def test_secrets(what):
    (finding,) = found(*SECRETS[what])
    assert finding.secret
    assert SECRETS[what][1] not in finding.message + finding.help


@pytest.mark.parametrize("what", PLAIN)
def test_no_secrets(what):
    assert found(*PLAIN[what]) == []


@pytest.mark.parametrize(
    "config",
    [
        {"basic_auth": {"username": "bot", "password": "hunter"}},
        {"authorization": {"type": "Bearer", "credentials": "hunter"}},
        {"bearer_token": "hunter"},
        {"oauth2": {"client_id": "me", "client_secret": "hunter", "token_url": "https://id/t"}},
        {"http_headers": {"X-Key": {"secrets": ["hunter"]}}},
        {"http_headers": {"Authorization": {"values": ["Bearer abcdefgh"]}}},
    ],
)
def test_secrets_of_the_connection(config):
    assert len(found("http_config", config)) == 1


def test_files_of_the_connection_are_fine():
    config = {
        "basic_auth": {"username": "bot", "password_file": "chat-password"},
        "authorization": {"type": "Bearer", "credentials_file": "chat-token"},
        "tls_config": {"ca_file": "/etc/ssl/giggatek-2024.pem", "server_name": "chat"},
    }
    assert found("http_config", config) == []


def test_what_a_message_says_is_free():
    assert found("details", {"token": "{{ .x }}", "password": "none", "build": HEX}) == []


WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14), min_size=1, max_size=6
)


@given(WORDS, st.sampled_from("-_./"), st.integers(0, 9999))
def test_names_of_words_and_a_number_are_names(words, joint, number):
    assert found("routing_key_file", joint.join([*words, str(number)])) == []


@given(st.binary(min_size=16, max_size=32))
def test_random_keys_are_seen(key):
    """Only a key of few digits or few letters passes for a word, one in thousands."""
    letters = sum(map(str.isalpha, key.hex()))
    if letters >= 3 and len(key.hex()) - letters >= 3:
        assert found("routing_key_file", key.hex())


def test_the_report_names_the_place_and_not_the_secret(tmp_path):
    teams = f"""
commerce = Team("commerce",
    page=notify.PagerDuty(routing_key_file="{HEX}"),
    chat=notify.Slack(channel="#c", api_url_file="commerce-slack"))
"""
    findings = [it for it in find(tmp_path, {"teams.py": teams}) if it.id == "secret-inline"]
    said = text.render(findings)
    assert "definitions/teams.py:" in said
    assert HEX not in said
