"""Texts that Prometheus cannot read, and such as fail when they are run."""

import pytest

from giggamon_compiler.ir import Rule
from tests.checks.rules import alert, find, underlined


def told(text, prometheus=None):
    rule = alert("up == 0")
    texts = {"summary": text}
    rule = Rule("alert", "Broken", rule.query, annotations=texts, origin=rule.origin)
    return find("template-syntax", rule, prometheus=prometheus)


@pytest.mark.parametrize(
    ("text", "said", "characters", "advice"),
    [
        ("{{ $value | humanise }}", "there is no function humanise", "humanise", "write humanize"),
        ("{{ $label.job }}", "$label is not declared", "$label", "write $labels"),
        ("a {{ $value", "the action is not closed", "{{", ""),
        ("{{ $value }", "} cannot stand here", "}", "an action ends with }}"),
        ("{{ if $value }}a", "if is not closed", "if", "put {{ end }}"),
        ("{{ end }}", "end closes nothing", "end", "take {{ end }} out"),
        (
            "{{ $labels.a-b }}",
            "- cannot stand",
            "-",
            'such a label is read with {{ index $labels "a-b"',
        ),
        ("{{ $value > 5 }}", "> cannot stand", ">", "a template compares with a function: gt"),
        ("{{ $value * 5 }}", "* cannot stand", "*", "a template does no arithmetic"),
        (
            "{{ labels.job }}",
            "there is no function labels",
            "labels",
            "labels are read from $labels",
        ),
        ("{{ 'text' }}", "'text' is not one character", "'text'", "text stands in double quotes"),
        (r'{{ "\d" }}', r'"\d" holds an escape', r'"\d"', "write \\\\ for a backslash"),
        ("é {{ $value | }} {{ (1 }}", "this parenthesis is not closed", "(", ""),
        ("{{ range . }}{{ else if . }}{{ end }}", "range has no else if", "if", "close {{ else }}"),
        (
            '{{ define "a" }}{{ $labels.b }}{{ end }}',
            "$labels is not declared in",
            "$labels",
            "a te",
        ),
    ],
)
def test_what_cannot_be_read(text, said, characters, advice):
    (finding,) = told(text)
    assert finding.level == "error"
    assert finding.message.startswith(f"Broken: its summary cannot be read: {said}")
    assert underlined(finding) == [characters]
    assert finding.help.startswith(advice)


@pytest.mark.parametrize(
    ("text", "said", "characters", "advice"),
    [
        ("{{ if gt $value 5 }}a{{ end }}", "5 is a whole number", "5", "write 5.0"),
        ("{{ humanize }}", "humanize takes 1 argument, here are 0", "humanize", ""),
        ("{{ .labels.job }}", "there is no field labels", "labels", "there are .Labels"),
        ("{{ $labels.job.name }}", "a text has no field name", "name", ""),
        ("{{ $value | toUpper }}", "toUpper needs a text and is given a number", "toUpper", "make"),
        ('{{ query "up" | value }}', "value needs a sample", "value", "take one of them: first"),
        ('{{ template "a" }}', "no template a is defined", '"a"', "define it in the same text"),
        ("{{ $labels.job 1 }}", "this is no function", "$labels.job", ""),
        ("{{ eq $labels.code 500 }}", "a text cannot be compared", "500", 'compare it with "500"'),
    ],
)
def test_what_fails_when_it_is_run(text, said, characters, advice):
    (finding,) = told(text)
    assert finding.message.startswith(f"Broken: its summary fails whenever it is run: {said}")
    assert underlined(finding) == [characters]
    assert finding.help.startswith(advice)


def test_a_query_that_is_none():
    finding, other = told('{{ query "sum(up" }} {{ query "up" }} {{ query "a{b=\\"c\\"" }}')
    assert finding.message.startswith("Broken: its summary asks a query that cannot be read: ")
    assert underlined(other) == ['"a{b=\\"c\\""']


def test_what_is_newer_than_the_declared_version():
    text = "{{ with $labels.a }}{{ . }}{{ else with $labels.b }}{{ . }}{{ end }} {{ now }}"
    assert underlined(*told(text, "2.42")) == ["with", "now"]
    assert [it.message for it in told(text, "3.5")] == [
        "Broken: its summary cannot be read: now is known since Prometheus 3.6, and 3.5 is declared"
    ]
    assert not told(text, "3.6")


@pytest.mark.parametrize(
    "text",
    [
        "no template, 5 < 6, }} { {",
        "{{ $value | humanize }} {{ .Value }} {{ printf `%.2f` $value }}",
        "{{ if gt $value 5.0 }}{{ $labels.job | toUpper }}{{ end }}",
        '{{ range query "up" }}{{ .Labels.job }} {{ .Value }}{{ end }}',
        '{{ define "a" }}{{ . }}{{ end }}{{ template "a" $value }}',
        "{{- /* said */ -}} {{ index $labels `a.b` }}",
    ],
)
def test_silent(text):
    assert not told(text)


def test_the_labels_of_a_recording_are_no_templates():
    rule = Rule("record", "a:b", alert("up").query, labels={"x": "{{ nothing }}"})
    assert not find("template-syntax", rule)
