"""Templates that nobody wrote: mutations of written ones, and whole ones put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

TEXTS: Sequence[str] = (
    Path(__file__).with_name("texts.txt").read_text("utf-8").removesuffix("\n").split("\n=====\n")
)


def _words(text: str) -> list[str]:
    return text.split()


_TOKEN = re.compile(
    r"""\{\{-?[ ]?|-?\}\}|"(?:[^"\\]|\\.)*"|`[^`]*`|\$?\.?\w+|\s+|.""", re.DOTALL | re.VERBOSE
)
_PARTS = [
    *_words(
        "{{ }} {{- -}} | ( ) . $ $labels $value .Labels.x \"a\" `a` 'a' if else end range with"
    ),
    *_words("define block template break continue nil true := = , $x - + 1 0x1F 1_000 1e5 08 1i"),
    *_words("/* */ { } \" ' ` \\ humanize toDuration and é ² % {{end}} {{else}} {{break}}"),
    *(" ", "\n", " -}}", "{{- ", "{{if .}}", "{{range .}}", "{{with .}}", "{{else if .}}"),
    *("{{else with .}}", '{{define "x"}}', '{{template "x" .}}', '{{block "y" .}}'),
    *("{{/* c */}}", "{{$x := 1}}", "\0", "“"),
]


def mutate(random: Random, text: str) -> str:
    """The text with one to three tokens dropped, doubled, changed, added, swapped or cut."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        tokens = _TOKEN.findall(text)
        if not tokens:
            return text
        at, other = random.randrange(len(tokens)), random.randrange(len(tokens))
        match random.randrange(6):
            case 0:
                del tokens[at]
            case 1:
                tokens.insert(at, tokens[at])
            case 2:
                tokens[at] = random.choice(_PARTS)
            case 3:
                tokens.insert(at, random.choice(_PARTS))
            case 4:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case _:
                cut = random.randrange(len(tokens[at]))
                tokens[at] = tokens[at][:cut] + tokens[at][cut + 1 :]
        text = "".join(tokens)
    return text


_NUMBER_PARTS = _words(
    "0 1 9 7 _ x 0x 0b 0o e E p . + - i f 12 e5 p-3 e999 18446744073709551616 9223372036854775808"
)
_STRING_PARTS = _words(
    r"""\ n x41 a ' \" u00e9 U0010ffff U00110000 ud800 777 377 101 é ` \\ \x4 \z \' }}"""
)


def make_literal(random: Random) -> str:
    """An action with something like a number, a string or a character."""
    kind = random.randrange(4)
    if kind < 2:
        parts = [random.choice(_NUMBER_PARTS) for _ in range(random.randrange(1, 6))]
        literal = random.choice(("", "-", "+", "0", "1", ".")) + "".join(parts)
    else:
        quote = '"' if kind == 2 else "'"
        parts = [
            random.choice(_STRING_PARTS) for _ in range(random.randrange(5 if kind == 2 else 3))
        ]
        literal = quote + "".join(parts) + quote
    return f"{{{{ print {literal} }}}}"


# What the templates that `make` puts together read: labels of the series, but for the last.
LABELS = ("job", "instance", "a", "b", "nope")
_ARGUMENTS = {
    **dict.fromkeys(_words("title toUpper not len query first value humanize stripPort slice"), 1),
    **dict.fromkeys(_words("safeHtml graphLink toTime parseDuration html urlquery strvalue"), 1),
    **dict.fromkeys(
        _words("index printf print match eq ne gt le or and label sortByLabel args"), 2
    ),
    "reReplaceAll": 3,
    "externalURL": 0,
}
_OPERANDS = (
    *_words('5 5.0 0x1F 1e3 \'a\' -2 "job" "a" `b` "\\x61" "%s" "up" $labels .Labels . $ $value'),
    *_words(".Value $value true nil $externalLabels $externalURL .ExternalURL .Foo $labels.a.b"),
    *_words(".Value.x $v $w $v.x $value $v"),
)


class Maker:
    """Puts templates together that can be read, and often fail when they are run."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def make(self) -> str:
        """A template that declares $v and $w."""
        return "{{ $v := $labels.b }}{{ $w := 1 }}" + self._nodes(0)

    def _nodes(self, depth: int) -> str:
        return "".join(self._node(depth) for _ in range(self._random.randrange(1, 3)))

    def _node(self, depth: int) -> str:
        chance = self._random.randrange(14)
        if chance < 7 or depth > 2:
            return f"{{{{ {self._pipe(0)} }}}}"
        body = self._nodes(depth + 1)
        match chance:
            case 7:
                return f"{{{{ $v := {self._pipe(0)} }}}}"
            case 8:
                other = "{{ else }}" + self._nodes(depth + 1) if self._random.random() < 0.5 else ""
                return f"{{{{ if {self._pipe(0)} }}}}{body}{other}{{{{ end }}}}"
            case 9:
                body = self._random.choice(("{{ . }}", "{{ .job }}", "{{ .Labels.a }}", body))
                return f"{{{{ with {self._pipe(0)} }}}}{body}{{{{ end }}}}"
            case 10:
                over = self._random.choice(("$labels", 'query "up"', "$labels.a", self._pipe(0)))
                loops = (
                    "{{ $e }}",
                    "{{ . }}",
                    "{{ .Labels.a }}",
                    "{{ $e.Labels.job }}{{ $i }}",
                    body,
                )
                return f"{{{{ range $i, $e := {over} }}}}{self._random.choice(loops)}{{{{ end }}}}"
            case 11 if not depth:
                name = f'"t{self._random.randrange(10**9)}"'
                own = ("{{ . }}", "{{ .job }}", "{{ .Labels.b }}", "{{ $.a }}")
                given = self._random.choice((".", "$labels", "$labels.job"))
                defined = f"{{{{ define {name} }}}}{self._random.choice(own)}{{{{ end }}}}"
                return f"{defined}{{{{ template {name} {given} }}}}"
            case 12:
                return f"{{{{ $v = {self._pipe(0)} }}}}"
            case _:
                return f"{{{{ $w := $labels }}}}{{{{ $w.{self._random.choice(LABELS)} }}}}"

    def _pipe(self, depth: int) -> str:
        commands = [self._command(depth, False)]
        commands += (
            self._command(depth, True) for _ in range(self._random.choice((0, 0, 0, 1, 1, 2)))
        )
        return " | ".join(commands)

    def _command(self, depth: int, piped: bool) -> str:
        if not piped and self._random.random() < 0.35:
            return self._operand(depth)
        function, count = self._random.choice(list(_ARGUMENTS.items()))
        count -= piped
        if self._random.random() < 0.06:
            count += self._random.choice((-1, 1))
        return " ".join([function, *(self._operand(depth + 1) for _ in range(count))])

    def _operand(self, depth: int) -> str:
        chance = self._random.randrange(22 if depth < 2 else 15)
        if chance < 3:
            return "$labels." + self._random.choice(LABELS)
        if chance == 3:
            return ".Labels." + self._random.choice(LABELS)
        return self._random.choice(_OPERANDS) if chance < 15 else f"({self._pipe(depth + 1)})"
