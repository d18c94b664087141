"""A template that cannot be rendered keeps a message from leaving: it is told at the argument."""

import pytest

from giggamon_compiler import lower
from giggamon_compiler.judges import Toolbox, check_files, find_tools
from giggamon_compiler.load import place_findings, read_definitions
from giggamon_compiler.targets import emit
from tests.house import underlined, write_house

TEAMS = """
commerce = Team("commerce",
    page=notify.PagerDuty(routing_key_file="commerce-pagerduty"{page}),
    chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"{chat}))
"""


def judged(folder, page="", chat=""):
    house = write_house(folder, {"teams.py": TEAMS.format(page=page, chat=chat)})
    definitions, loading = read_definitions(house)
    assert not loading, place_findings(loading)
    program = lower.lower(definitions)
    tools = find_tools()
    assert isinstance(tools, Toolbox)
    return place_findings(check_files(program, emit(program), tools))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ .Foo }}", "can't evaluate field Foo"),
        ("{{ .Status | nope }}", 'function "nope" not defined'),
        ('{{ template "nope" . }}', 'template "nope" not defined'),
        ("{{ #x", "unexpected"),
        ("{{ if .Status }}", "unexpected EOF"),
    ],
)
def test_a_broken_template_is_told_at_its_argument(tmp_path, text, said):
    (finding,) = judged(tmp_path, chat=f", text={text!r}")
    assert finding.id == "invalid-message"
    assert finding.message.startswith("commerce/chat: text is a broken template: ")
    assert said in finding.message
    assert underlined(finding) == repr(text)


def test_each_broken_one_is_told(tmp_path):
    found = judged(
        tmp_path, ', class_="{{ .A }}", details={"x": "{{ .B }}"}', ', pretext="{{ .C }}"'
    )
    assert [underlined(it) for it in found] == ['"{{ .A }}"', '"{{ .B }}"', '"{{ .C }}"']


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        '{{ template "slack.default.title" . }}',
        '{{ template "__alertmanagerURL" . }}',
        '{{ template "giggamon.text" . }}',
        "{{ .CommonLabels.nothing_of_that_name }}",
        "{{ range .Alerts }}{{ .Annotations.none }}{{ .StartsAt }}{{ end }}",
    ],
)
def test_a_template_that_can_be_rendered_is_no_finding(tmp_path, text):
    assert judged(tmp_path, chat=f", text={text!r}") == ()
