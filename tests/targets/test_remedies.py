"""What a finding about broken YAML says to write: what it says is tried, and reads."""

from __future__ import annotations

import pytest

from giggamon_compiler.findings import Finding, Place, TextFile
from giggamon_compiler.targets.rules.foreign import read_file

HEAD = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up\n"


def findings_of(text: str) -> list[Finding]:
    return list(read_file(TextFile("rules.yml", text), "3.5").findings)


@pytest.mark.parametrize(
    ("broken", "advice", "mended"),
    [
        ("\tfor: 5m", "indent with blanks: YAML takes no tabs there", "    for: 5m"),
        (
            "    annotations: {a: @here}",
            "put the text in quotes: no plain one begins with @",
            "    annotations: {a: '@here'}",
        ),
        (
            "    annotations:\n      a: down: now",
            "put the text in quotes where it holds a colon and a blank",
            "    annotations:\n      a: 'down: now'",
        ),
        (
            "    annotations:\n      a: 'it is",
            "close the quote; within single quotes write ' twice",
            "    annotations:\n      a: 'it is'",
        ),
        (
            '    annotations:\n      a: "\\d"',
            "write \\\\ for a backslash, or use single quotes, which know no escapes",
            '    annotations:\n      a: "\\\\d"',
        ),
        (
            "    labels: {a: b",
            "close the bracket that is open above, or put the text in quotes",
            "    labels: {a: b}",
        ),
        (
            "    annotations:\n      a: >b",
            "begin the text on the line below",
            "    annotations:\n      a: >\n        b",
        ),
        (
            "    annotations:\n      a: {{ $labels.job }} is down",
            "put the text in quotes: YAML reads {{ as the beginning of a mapping",
            "    annotations:\n      a: '{{ $labels.job }} is down'",
        ),
        (
            "    annotations:\n      a: '{{ $labels.job }} it's down'",
            "look at the indentation, and at quotes in the text before",
            "    annotations:\n      a: '{{ $labels.job }} it''s down'",
        ),
    ],
)
def test_what_is_said_mends_it(broken: str, advice: str, mended: str) -> None:
    finding = findings_of(f"{HEAD}{broken}\n")[-1]
    assert finding.help == advice
    assert findings_of(f"{HEAD}{mended}\n") == []


@pytest.mark.parametrize(
    "line",
    ["    for: {{ .Values.for }}", "{{- if .Values.alerts }}", '    for: {{ include "x" . }}'],
)
def test_what_makes_yaml_has_to_be_rendered(line: str) -> None:
    (finding, *_) = findings_of(f"{HEAD}{line}\n")
    assert finding.help == "render the template first: YAML is what comes out of it"


def test_a_merge_conflict_is_named_where_it_begins() -> None:
    text = f"{HEAD}<<<<<<< HEAD\n    for: 5m\n=======\n    for: 10m\n>>>>>>> other\n"
    (finding,) = findings_of(text)
    assert finding.message == "rules.yml holds a merge conflict that nobody has resolved"
    assert finding.origin == Place("rules.yml", 6, 1, 6, 13, "<<<<<<< HEAD")
    assert "=======" in finding.help


def test_a_conflict_in_comments_is_none() -> None:
    assert findings_of(f"{HEAD}# <<<<<<< HEAD\n# >>>>>>> other\n") == []
