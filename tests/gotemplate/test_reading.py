"""What a text says, with the place of every part, and how a broken one is told."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from giggamon_compiler.gotemplate.nodes import (
    Action,
    Bool,
    Chain,
    Dot,
    Function,
    If,
    Invocation,
    Name,
    Nil,
    Number,
    Pipe,
    Range,
    String,
    Text,
    Variable,
    With,
)
from giggamon_compiler.gotemplate.parser import parse, parse_any
from giggamon_compiler.gotemplate.pipelines import DEEPEST
from giggamon_compiler.gotemplate.running import run
from tests.gotemplate.made import TEXTS, Maker, mutate


def parts(node: Any) -> Iterator[Any]:
    """All that stands in a node, itself first."""
    yield node
    match node:
        case Action(pipe):
            yield from parts(pipe)
        case If(cases, otherwise) | With(cases, otherwise):
            for pipe, body in cases:
                yield from (it for child in (pipe, *body) for it in parts(child))
            yield from (it for child in otherwise for it in parts(child))
        case Range(pipe, body, otherwise):
            yield from (it for child in (pipe, *body, *otherwise) for it in parts(child))
        case Invocation(pipe=pipe) if pipe:
            yield from parts(pipe)
        case Pipe(declared=declared, commands=commands):
            yield from declared
            for command in commands:
                yield from (it for arg in command.args for it in parts(arg))
        case Chain(of=of, fields=fields):
            yield from (() if of is None else parts(of))
            yield from fields


def says(characters, node):
    """Whether some characters say what a node is."""
    match node:
        case Name(text=name) | Function(name=name) | Variable(name=name):
            return characters == name
        case String(value=value, exact=True):
            return characters[1:-1] == value and characters[0] + characters[-1] in ('""', "``")
        case String():
            return characters[0] == '"' == characters[-1] and "\\" in characters
        case Number(text=text):
            return characters == text
        case Dot():
            return characters == "."
        case Nil():
            return characters == "nil"
        case Bool(value=value):
            return characters == str(value).lower()
        case Chain(fields=fields):
            return characters.endswith("." + fields[-1].text)
        case Invocation(name=name):
            return name in characters
        case Text():
            return characters != ""
        case Pipe():
            return characters == characters.strip()
    return True


def all_texts():
    random = Random(11)
    maker = Maker(random)
    whole = [text for text in TEXTS if parse(text).problem is None]
    mutated = [mutate(random, random.choice(whole)) for _ in range(1500)]
    return [*TEXTS, *mutated, *(maker.make() for _ in range(300))]


def test_every_part_stands_at_its_characters():
    count = 0
    for text in all_texts():
        template = parse(text)
        bodies: list[Any] = [template.nodes, *template.defined.values()]
        found: Iterator[Any] = (it for body in bodies for top in body for it in parts(top))
        for node in found:
            if hasattr(node, "start"):
                assert says(text[node.start : node.end], node), (text, node)
                count += 1
        for read in run(template).reads:
            assert 0 <= read.start < read.end <= len(text)
        for fault in run(template).faults:
            assert 0 <= fault.start < fault.end <= len(text)
    assert count > 10_000


def common_texts():
    random = Random(2)
    sides = ("", " ", "  ", "\n", "{", "}", "- ", " -")
    before = ("", "humanize ", 'printf "%.2f" ', 'printf"%d" ', "if ", "true ", 'printf "%.2f"')
    operands = "$labels.job .Labels.job $labels $value .Value .labels.x $Value $labels.é $value.x"
    after = ("", " | humanize", '|printf "%.2f"', "| end", " | printf `a`", " | false", "|")
    for _ in range(3000):
        yield "".join(
            random.choice(("a", "", " {", "\n"))
            + "{{"
            + random.choice(sides)
            + random.choice(before)
            + random.choice(operands.split())
            + random.choice(after)
            + random.choice(sides)
            + "}}"
            for _ in range(random.randrange(1, 3))
        )


def test_the_short_way_gives_what_the_whole_grammar_gives():
    texts = [*common_texts(), *all_texts()]
    for text in texts:
        assert repr(parse(text)) == repr(parse_any(text)), text
    assert sum(parse(text).problem is None for text in texts) > 1000


@pytest.mark.parametrize(
    "text",
    [
        "{{ if . }}" * 200 + "{{ end }}" * 200,
        "{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}",
        "{{ range . }}" * 100_000,
        '{{ define "a" }}' * 1000,
    ],
    ids=["conditions", "parentheses", "loops", "definitions"],
)
def test_what_is_nested_too_deep_is_said(text):
    problem = parse(text).problem
    assert problem is not None
    assert (
        problem.message in (f"this is nested deeper than {DEEPEST} levels", "{{ cannot stand")
        or "define" in problem.message
    )


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "{{ if . }}a" + "{{ else if $value }}b" * 5000 + "{{ end }}",
        "{{ $value }}" * 50_000,
        "{{ " + " | ".join(["print"] * 20_000) + " }}",
        "{{ $labels" + ".a" * 20_000 + " }}",
        "{{ $labels.a" * 20_000,
        "{{" * 100_000,
        "{{ `" + "x" * 1_000_000,
        "".join(
            f'{{{{ define "t{n}" }}}}{{{{ template "t{n + 1}" . }}}}{{{{ template "t{n + 1}" $ }}}}'
            "{{ end }}"
            for n in range(2000)
        )
        + '{{ template "t0" . }}',
        '{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}',
        "{{ " + "(" * 90 + "$labels.a" + ")" * 90 + " }}",
    ],
    ids=range(10),
)
def test_long_texts_are_read(text):
    run(parse(text))
