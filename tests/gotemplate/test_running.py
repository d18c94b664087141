"""What a template reads, where, and whether it only asks."""

import pytest

from giggamon_compiler.gotemplate.parser import parse
from giggamon_compiler.gotemplate.running import run


def reads(text):
    """What is read, by name, with the characters; those that only decide in brackets."""
    found = run(parse(text)).reads
    return [
        (it.what, it.name, f"[{characters}]" if it.tested else characters)
        for it in found
        for characters in (text[it.start : it.end],)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ $labels.a }}{{ .Labels.b }}", [("label", "a", "a"), ("label", "b", "b")]),
        ("{{ $.Labels.a }}", [("label", "a", "a")]),
        ('{{ index $labels "a.b" }}', [("label", "a.b", "a.b")]),
        (r'{{ index .Labels "\x61" }}', [("label", "a", r'"\x61"')]),
        ("{{ index $labels `a` }}", [("label", "a", "a")]),
        ("{{ index $labels $value }}", [("value", "", "$value"), ("labels", "", "$value")][::-1]),
        ("{{ $labels }}", [("labels", "", "$labels")]),
        ("{{ printf `%v` $labels }}", [("labels", "", "$labels")]),
        ("{{ . }}", [("labels", "", ".")]),
        ("{{ range $n, $x := $labels }}{{ $n }}{{ end }}", [("labels", "", "$labels")]),
        ("{{ $value }} {{ .Value }}", [("value", "", "$value"), ("value", "", "Value")]),
        ("{{ $v := $value }}", [("value", "", "$value")]),
        ("{{ $externalLabels.c }}", [("external label", "c", "c")]),
        ('{{ index .ExternalLabels "c" }}', [("external label", "c", "c")]),
        ('{{ query "up == 0" }}', [("query", "up == 0", "up == 0")]),
        (r'{{ query "a{b=\"c\"}" }}', [("query", 'a{b="c"}', r'"a{b=\"c\"}"')]),
        ("{{ `up` | query | first | value }}", [("query", "up", "up")]),
        ("{{ printf `a%s` $labels.x | query }}", [("label", "x", "x"), ("query", "", "query")]),
        ('{{ range query "a" }}{{ .Labels.x }}{{ .Value }}{{ end }}', [("query", "a", "a")]),
        ("{{ if $labels.a }}{{ end }}", [("label", "a", "[a]")]),
        ("{{ with $labels.a }}{{ . }}{{ end }}", [("label", "a", "[a]")]),
        ("{{ or $labels.a $labels.b }}", [("label", "a", "[a]"), ("label", "b", "b")]),
        ("{{ $l := $labels }}{{ $m := $l }}{{ $m.a }}", [("label", "a", "a")]),
        ("{{ $l := $labels }}{{ $l = 1 }}{{ $l.a }}", []),
        ('{{ define "t" }}{{ .a }}{{ end }}', []),
        ('{{ define "t" }}{{ $.a }}{{ end }}{{ template "t" $labels }}', [("label", "a", "a")]),
        ('{{ block "t" . }}{{ .Labels.a }}{{ end }}', [("label", "a", "a")]),
        ("{{ /* $labels.a */ }}", []),
        ("{{- /* $labels.a */ -}}", []),
        ("{{ $labels.a }", []),
    ],
)
def test_reads(text, expected):
    assert sorted(reads(text)) == sorted(expected)


def guarded(text):
    return [it.guarded for it in run(parse(text)).reads if not it.tested]


def test_what_a_condition_asks_for_is_guarded():
    assert guarded("{{ if $labels.a }}{{ $labels.a }}{{ $labels.b }}{{ end }}") == [True, False]
    assert guarded("{{ if $labels.a }}{{ else }}{{ $labels.a }}{{ end }}") == [True]
    assert guarded("{{ if $value }}{{ else if $labels.a }}{{ $labels.a }}{{ end }}") == [True]
    assert guarded("{{ if $labels.a }}{{ end }}{{ $labels.a }}") == [False]
    assert guarded("{{ if $labels.a }}{{ if $labels.a }}{{ end }}{{ $labels.a }}{{ end }}") == [
        True
    ]


def test_a_template_met_twice_is_guarded_only_where_it_is_each_time():
    define = '{{ define "t" }}{{ .a }}{{ end }}'
    inside = '{{ if $labels.a }}{{ template "t" $labels }}{{ end }}'
    assert guarded(define + inside) == [True]
    assert guarded(define + inside + '{{ template "t" $labels }}') == [False]
    assert guarded(define + '{{ template "t" $labels }}' + inside) == [False]
