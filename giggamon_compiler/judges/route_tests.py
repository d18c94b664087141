"""Tests of routes, run by amtool on the configuration that stands in the output files.

amtool takes one set of labels a call, and names the receivers of every leaf that it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from giggamon_compiler.findings import Finding, Note, at
from giggamon_compiler.ir import Alertmanager, Integration, Program, Route, RouteTest
from giggamon_compiler.judges.amtool import CONFIG
from giggamon_compiler.judges.given import name_of, read_alertmanager
from giggamon_compiler.judges.go_text import quote, show_labels
from giggamon_compiler.judges.process import Said, hear, judge_failed
from giggamon_compiler.judges.tools import Toolbox

_TOGETHER = 4
_BUILD = "write the files again: giggamon build"
_PLAIN_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_ERROR = re.compile(r"^amtool: error: (.*)", re.DOTALL | re.MULTILINE)
_LABELS = re.compile(r"^amtool: error: [Ff]ailed to parse labels: (.*)", re.MULTILINE)


def run_route_tests(
    program: Program, files: Mapping[str, str], tools: Toolbox, tests: Sequence[RouteTest]
) -> list[Finding]:
    """What fails, and what the definitions make that the file lacks."""
    if not tests:
        return []
    config = read_alertmanager(files, CONFIG)
    if isinstance(config, Finding):
        return [config]
    commands = [
        (tools.amtool, "config", "routes", "test", f"--config.file={CONFIG}", *_arguments(test))
        for test in tests
    ]
    heard = hear(commands, tools.seconds, {CONFIG: files[CONFIG]}, together=_TOGETHER)
    findings: list[Finding] = []
    for test, said in zip(tests, heard, strict=True):
        findings += _judge(program, config, test, said)
    findings += _missing_parts(program, config)
    return list({finding.message: finding for finding in findings}.values())


def _arguments(test: RouteTest) -> Iterator[str]:
    """Labels as matchers, in quotes and with escapes, as both of amtool's parsers read them."""
    for name, value in test.labels.items():
        shown = name if _PLAIN_NAME.fullmatch(name) else quote(name)
        yield f"{shown}={quote(value)}"


def _judge(
    program: Program, config: Alertmanager, test: RouteTest, said: Said
) -> Iterator[Finding]:
    if said.trouble:
        yield judge_failed(said)
    elif said.code == 1:
        yield _refused(test, said)
    else:
        # Warnings of its parser stand before the answer.
        answer = said.out.rstrip("\n").rpartition("\n")[2]
        reached = _split(answer, frozenset(receiver.name for receiver in config.receivers))
        if reached is None:
            yield judge_failed(said, "names no receiver that the configuration has")
        else:
            yield from _compare(program, config, test, reached)


def _refused(test: RouteTest, said: Said) -> Finding:
    name = name_of(test)
    if match := _LABELS.search(said.err):
        return Finding(
            "failed-test",
            f"{name}: amtool cannot read the labels: {match[1]}",
            at(test.origin, "labels"),
            subject=name,
        )
    if match := _ERROR.search(said.err):
        text = " ".join(match[1].split())
        return Finding("refused-by-amtool", f"{CONFIG}: amtool says: {text}", subject=CONFIG)
    return judge_failed(said, "fails, and does not say why")


def _split(text: str, names: frozenset[str]) -> list[str] | None:
    """The receivers of a list with commas; a name can hold commas too."""
    if text in names:
        return [text]
    for index, char in enumerate(text):
        if char == "," and text[:index] in names:
            rest = _split(text[index + 1 :], names)
            if rest is not None:
                return [text[:index], *rest]
    return None


def _compare(
    program: Program, config: Alertmanager, test: RouteTest, reached: Sequence[str]
) -> Iterator[Finding]:
    """The channels that the test wants, against those of all receivers that are reached."""
    channels = _channels(program)
    wanted = {path: channels[path] for path in test.notifies if path in channels}
    got = [
        integration
        for receiver in config.receivers
        if receiver.name in reached
        for integration in receiver.integrations
    ]
    missing = [path for path, channel in wanted.items() if channel not in got]
    surplus = [_name(it, channels) for it in got if it not in wanted.values()]
    missing += [path for path in test.notifies if path not in channels]
    if not missing and not surplus:
        return
    name = name_of(test)
    receivers = " and ".join(dict.fromkeys(reached))
    notes = [
        f"expected {', '.join(test.notifies) or 'nobody'}",
        f"got      {_listed(got, channels) or 'nobody'}",
        f"by the receiver {receivers}, for {show_labels(dict(test.labels))}",
    ]
    verb = "does not notify" if missing else "also notifies"
    whom = missing or surplus
    yield Finding(
        "failed-test",
        f"{name}: it {verb} {', '.join(dict.fromkeys(whom))}",
        at(test.origin, "notifies"),
        subject=name,
        notes=tuple(Note(note, None) for note in notes),
    )


def _channels(program: Program) -> dict[str, Integration]:
    return {
        f"{team.name}/{path}": channel
        for team in program.teams
        for path, channel in team.channels.items()
    }


def _listed(got: Sequence[Integration], channels: Mapping[str, Integration]) -> str:
    return ", ".join(dict.fromkeys(_name(integration, channels) for integration in got))


def _name(integration: Integration, channels: Mapping[str, Integration]) -> str:
    """The channel that says the same, or what kind of integration it is."""
    for path, channel in channels.items():
        if channel == integration:
            return path
    return f"one of {integration.config} that is no channel of a team"


def _missing_parts(program: Program, config: Alertmanager) -> Iterator[Finding]:
    """Routes and receivers that the file lacks, or that send elsewhere there."""
    compiled = program.alertmanager
    if compiled is None or compiled == config:
        return
    there = {way for way, _ in _nodes(config.route, ())}
    for way, node in _nodes(compiled.route, ()):
        if way not in there and (way[:-1] in there or len(way) == 1):
            text = f"the route to {node.receiver} is not in {CONFIG}, or not with its matchers"
            yield Finding("failed-test", text, node.origin, _BUILD, node.receiver or "")
    for receiver in compiled.receivers:
        if receiver not in config.receivers:
            text = f"the receiver {receiver.name} is not in {CONFIG}, or notifies otherwise"
            yield Finding("failed-test", text, receiver.origin, _BUILD, receiver.name)


Way = tuple[tuple[str | None, tuple[str, ...]], ...]


def _nodes(route: Route, above: Way) -> Iterator[tuple[Way, Route]]:
    """Every node of a tree, with the receivers and matchers on the way to it."""
    way = (*above, (route.receiver, route.matchers))
    yield way, route
    for child in route.routes:
        yield from _nodes(child, way)
