"""Text to metrics: what Prometheus' own reader takes, and nothing that it refuses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from giggamon_compiler.exposition.metrics import Exposition, Family, Kind, Series

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_HELP = re.compile(rf"#[ \t]+HELP[ \t]+({_NAME})(?:[ \t](.*))?")
_TYPE = re.compile(rf"#[ \t]+TYPE[ \t]+({_NAME})[ \t]+(.*)")
_METRIC = re.compile(rf"[ \t]*({_NAME})[ \t]*")
_LABEL = re.compile(
    r'[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\\n]|\\[^\n])*)"[ \t]*(,|(?=\}))'
)
_CLOSE = re.compile(r"[ \t]*\}")
# A number as Go's ParseFloat takes it, a time stamp, and an exemplar as OpenMetrics has it.
_VALUE = re.compile(
    r"[ \t]*[+-]?(?:inf|infinity|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
    r"|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)p[+-]?\d+)"
    r"(?:[ \t]+[+-]?[0-9.]+)?[ \t]*(?:#[ \t]+\{.*)?\r?",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(.)")

_KINDS: Mapping[str, Kind] = {
    "counter": "counter",
    "gauge": "gauge",
    "histogram": "histogram",
    "summary": "summary",
    "untyped": "untyped",
    # OpenMetrics
    "unknown": "untyped",
    "gaugehistogram": "histogram",
    "info": "gauge",
    "stateset": "gauge",
}
# The ends of names of series by the types that have them, those of OpenMetrics among them.
_ENDS: Mapping[str, frozenset[str]] = {
    "_bucket": frozenset({"histogram", "gaugehistogram"}),
    "_sum": frozenset({"histogram", "summary"}),
    "_count": frozenset({"histogram", "summary"}),
    "_gsum": frozenset({"gaugehistogram"}),
    "_gcount": frozenset({"gaugehistogram"}),
    "_total": frozenset({"counter"}),
    "_info": frozenset({"info"}),
}
_RENAMED = ("_total", "_info")
_SNIPPET = 40


class ExpositionError(Exception):
    """A line is none of an exposition; line and column count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def read(text: str) -> Exposition:
    """The metrics of a text, in the order of their first lines. Raises ExpositionError.

    As Prometheus does: of two HELP or TYPE lines of a metric the first counts, they may stand
    anywhere, a series that stands there twice is one, an empty label is none.
    """
    types: dict[str, str] = {}
    helps: dict[str, str] = {}
    comments: list[str] = []
    samples: dict[Series, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        if line.lstrip(" \t").startswith("#"):
            _read_comment(line.strip(" \t\r"), number, types, helps, comments)
        else:
            samples[_read_sample(line, number)] = None
    return Exposition(_families(samples, types, helps), tuple(comments))


def _read_comment(
    line: str, number: int, types: dict[str, str], helps: dict[str, str], comments: list[str]
) -> None:
    if match := _TYPE.fullmatch(line):
        if match[2] not in _KINDS:
            message = f"{match[1]} has the type {_shown(match[2])}, which does not exist"
            raise ExpositionError(message, number, match.start(2) + 1)
        types.setdefault(match[1], match[2])
    elif match := _HELP.fullmatch(line):
        helps.setdefault(match[1], _unescaped(match[2] or "", "\\"))
    else:
        comments.append(line[1:].strip())


def _read_sample(line: str, number: int) -> Series:
    name = _METRIC.match(line)
    if name is None:
        raise ExpositionError(f"{_shown(line)} begins with no metric name", number, 1)
    labels: dict[str, str] = {}
    end = name.end()
    if line.startswith("{", end):
        end = _read_labels(line, number, end + 1, labels)
    if not _VALUE.fullmatch(line, end):
        rest = line[end:].strip()
        what = f"{_shown(rest)}, which is no number" if rest else "no value"
        raise ExpositionError(f"{name[1]} has {what}", number, min(end, len(line)) + 1)
    present = ((label, value) for label, value in labels.items() if value)
    return Series(name[1], tuple(sorted(present)))


def _read_labels(line: str, number: int, at: int, labels: dict[str, str]) -> int:
    """Add what stands in the braces; where they end."""
    while not (close := _CLOSE.match(line, at)):
        match = _LABEL.match(line, at)
        if match is None:
            rest = line[at:].strip()
            message = f'{_shown(rest)} is no label: it is written name="value"'
            if not rest:
                message = "the brace is not closed"
            raise ExpositionError(message, number, at + 1)
        if match[1] in labels:
            raise ExpositionError(f"{match[1]} stands there twice", number, match.start(1) + 1)
        labels[match[1]] = _unescaped(match[2], '\\"')
        at = match.end()
    return close.end()


def _families(
    samples: Mapping[Series, None], types: Mapping[str, str], helps: Mapping[str, str]
) -> tuple[Family, ...]:
    series: dict[str, list[Series]] = {}
    homes: dict[str, tuple[str, Kind, str]] = {}
    for sample in samples:
        home = homes.get(sample.name)
        if home is None:
            home = homes[sample.name] = _home(sample.name, types, helps)
        series.setdefault(home[0], []).append(sample)
    known = {name: (kind, text) for name, kind, text in homes.values()}
    return tuple(Family(name, *known[name], tuple(its)) for name, its in series.items())


def _home(name: str, types: Mapping[str, str], helps: Mapping[str, str]) -> tuple[str, Kind, str]:
    """The name, kind and help of the metric that a series belongs to."""
    if name in types:
        return name, _KINDS[types[name]], helps.get(name, "")
    base, mark, last = name.rpartition("_")
    end = mark + last
    if base and types.get(base) in _ENDS.get(end, ()):
        return name if end in _RENAMED else base, _KINDS[types[base]], helps.get(base, "")
    return name, "untyped", helps.get(name, "")


def _unescaped(text: str, signs: str) -> str:
    """A backslash with `n` is a line break, with one of the signs that sign, and else stays."""
    if "\\" not in text:
        return text
    meant = {"n": "\n", **{sign: sign for sign in signs}}
    return _ESCAPE.sub(lambda match: meant.get(match[1], match[0]), text)


def _shown(text: str) -> str:
    text = text.strip()
    if len(text) > _SNIPPET:
        text = f"{text[:_SNIPPET]}…"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
