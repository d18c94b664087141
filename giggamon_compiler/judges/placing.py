"""Where a tool's message belongs that names no place, but quotes what it does not like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from giggamon_compiler.findings import Finding, Origin, PyPlace, Within, at, has_errors

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)+)"|`([^`]+)`')
_LAST = re.compile(r": ([^:\s][^:]*)$")
# Alertmanager anchors a regular expression before it says that it cannot read it.
_ANCHORS = re.compile(r"^\^\(\?:(.*)\)\$$")

# Of an integration and of a module: what is in there was written as arguments of the value.
_NO_ARGUMENTS = ("fields", "settings")

# What the schemas say of a text that is no PromQL.
_OF_PROMQL = ("invalid-expression", "invalid-selector")

# What the tools say, without a place, of what a check finds: Alertmanager 0.25 and 0.33,
# Prometheus 2.42 and 3.5.
_ECHOES = {
    "channel-without-address": re.compile(
        "missing service or routing key|no (?:global )?Slack API URL|missing URL in webhook"
        '|one of url or url_file must|unsupported scheme "" for URL'
    ),
    "duplicate-identity": re.compile("multiple scrape configs with job name|is not unique"),
    "listed-twice": re.compile("duplicated label .* in group_by"),
    "mail-without-smtp": re.compile("no global SMTP"),
    "probe-without-exporter": re.compile("in group .*: no address"),
    "scrape-timeout-beyond-interval": re.compile("scrape timeout greater than scrape interval"),
}


def origin_of_quoted(node: object, message: str) -> Origin:
    """The one place of a program, or of a part of it, whose text the message quotes; else None.

    What is the same text wins over what only contains it.
    """
    texts = list(_texts(node, None, ()))
    for fragment in _fragments(message):
        for found in (
            {origin for text, origin in texts if text == fragment},
            {origin for text, origin in texts if fragment in text},
        ):
            if len(found) == 1:
                return found.pop()
    return None


def _fragments(message: str) -> Iterator[str]:
    """What a message says last, after a colon, and what stands in quotes, the last first."""
    last = _LAST.search(message)
    if last:
        yield last[1]
    for match in reversed(list(_QUOTED.finditer(message))):
        text = match[1] or match[2]
        anchored = _ANCHORS.match(text)
        yield anchored[1] if anchored else text


def _texts(
    value: object, origin: Origin, path: tuple[str | int, ...]
) -> Iterator[tuple[str, Origin]]:
    """Every text below a value, with the nearest origin and the way from there."""
    if isinstance(value, str):
        if origin is not None:
            yield value, at(origin, *path)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, origin, (*path, key))
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _texts(item, origin, (*path, index))
    elif is_dataclass(value):
        own = getattr(value, "origin", None)
        origin, path = (own, ()) if own is not None else (origin, path)
        for entry in fields(value):
            inside = path if entry.name in _NO_ARGUMENTS else (*path, entry.name)
            yield from _texts(getattr(value, entry.name), origin, inside)


def without_echoes(findings: list[Finding]) -> list[Finding]:
    """The first finding of each id at each argument: what was written once is said once."""
    first: dict[object, Finding] = {}
    for finding in findings:
        first.setdefault((finding.id, _place_of(finding) or finding.message), finding)
    return list(first.values())


def not_said_better(judged: Sequence[Finding], checked: Sequence[Finding]) -> Sequence[Finding]:
    """What our schemas say, but for texts of PromQL of which a check shows the very characters."""
    places = {_place_of(it) for it in checked if it.id == "promql-syntax"} - {None}
    return [it for it in judged if it.id not in _OF_PROMQL or _place_of(it) not in places]


def not_yet_said(
    refused: Sequence[Finding], judged: Sequence[Finding], said: Sequence[Finding]
) -> Sequence[Finding]:
    """What a server's tool refuses beyond the errors that we have found ourselves.

    A refusal at the place of an error says it again, and one without a place is most likely the
    echo of what our schemas have judged, or in so many words that of a check's finding. That a
    tool could not judge is always said.
    """
    places = {_place_of(finding) for finding in said if finding.level == "error"}
    ids = {finding.id for finding in said}
    echoes = [words for id, words in _ECHOES.items() if id in ids]

    def is_new(finding: Finding) -> bool:
        if finding.fatal:
            return True
        if finding.origin is None:
            return not (has_errors(judged) or any(it.search(finding.message) for it in echoes))
        return _place_of(finding) not in places

    return [finding for finding in refused if is_new(finding)]


def _place_of(finding: Finding) -> object:
    """The argument that a finding speaks of, or some characters of."""
    origin = finding.origin
    if isinstance(origin, Within):
        origin = origin.origin
    return (id(origin.made), origin.path) if isinstance(origin, PyPlace) else None
