"""promtool on rule files and on `prometheus.yml`: what it says, carried back to the definition.

It is asked for the syntax of the configuration only: the files of secrets and of certificates that
a full check wants to see are on another machine. Its lint of duplicate rules is left to our own
checks, because it knows no difference between two thresholds and takes its findings for a success.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from giggamon_compiler import targets
from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import Finding, Origin, at
from giggamon_compiler.ir import Group, Program, Rule
from giggamon_compiler.judges.go_text import QUOTED, unquote
from giggamon_compiler.judges.placing import origin_of_quoted
from giggamon_compiler.judges.process import Said, judge_failed

CONFIG = "prometheus/prometheus.yml"
RULES = "prometheus/rules/"
_TEMPLATES = "https://prometheus.io/docs/prometheus/latest/configuration/template_reference/"

_RULES_GOOD = re.compile(r"(?m)^  SUCCESS: \d+ rules? found\r?$")
_CONFIG_GOOD = re.compile(r"(?m)^ SUCCESS: .* is valid prometheus config file syntax\r?$")
_CONFIG_BAD = re.compile(r"^  FAILED: (?:parsing YAML file \S+: )?(.+)", re.DOTALL | re.MULTILINE)
_IN_RULE = re.compile(rf"(?:\d+:\d+: )*group ({QUOTED}), rule (\d+), {QUOTED}: (.*)", re.DOTALL)
_AT_LINE = re.compile(r"(?:yaml: )?line (\d+): (.*)")
_AT_PLACE = re.compile(r"(\d+):(\d+): (.*)", re.DOTALL)
_GROUP = re.compile(
    rf"groupname: ({QUOTED}) is repeated in the same file|Groupname must not be empty"
)

_EXPRESSION = re.compile(
    r"could not parse expression: (?:(\d+):(\d+): )?(?:parse error: )?(.*)", re.DOTALL
)
_TEMPLATE = re.compile(
    rf"(annotation|label) ({QUOTED}): (?:template: .*?:\d+(?::\d+)?: )?(.*)", re.DOTALL
)
_NAMED = re.compile(r"invalid (label|annotation) (?:name|value): (.*)", re.DOTALL)
_FIELD = re.compile(r"invalid field '(\w+)' in recording rule")
_SHOWN = 40


def rules_command(promtool: str, files: Mapping[str, str]) -> tuple[str, ...]:
    """The check of all rule files at once."""
    return (promtool, "check", "rules", "--lint=none", *_rule_files(files))


def config_command(promtool: str) -> tuple[str, ...]:
    """The check of the configuration's syntax."""
    return (promtool, "check", "config", "--syntax-only", "--lint=none", CONFIG)


def _rule_files(files: Mapping[str, str]) -> list[str]:
    return [path for path in files if path.startswith(RULES)]


# Rules --------------------------------------------------------------------------------------------


def judge_rules(said: Said, program: Program, files: Mapping[str, str]) -> Iterator[Finding]:
    """What it finds in the rule files; what it says of none of them is kept as it is."""
    paths = frozenset(_rule_files(files))
    if said.trouble:
        yield judge_failed(said)
    elif said.code == 0:
        if len(_RULES_GOOD.findall(said.out)) != len(paths):
            yield judge_failed(said, "does not say that the rules are good, nor that they are not")
    else:
        messages, others = _messages(said.err, paths)
        if not messages:
            yield judge_failed(said, "fails, and does not say why")
            return
        for path, message in messages:
            yield from _judge_message(path, message, program, files)
        for line in others:
            yield Finding("refused-by-promtool", f"promtool says: {line}", subject="promtool")


def _messages(text: str, paths: frozenset[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Each message with its file, once, and the lines that belong to none.

    A message begins with the name of a file; lines that do not begin with one go on with it.
    """
    messages: list[list[str]] = []
    others = []
    for line in text.splitlines():
        path, colon, rest = line.partition(": ")
        if colon and path in paths:
            messages.append([path, rest])
        elif line.strip() in ("", "FAILED:"):
            continue
        elif messages:
            messages[-1][1] += f"\n{line}"
        else:
            others.append(line.strip())
    return list(dict.fromkeys((path, message) for path, message in messages)), others


def _judge_message(
    path: str, message: str, program: Program, files: Mapping[str, str]
) -> Iterator[Finding]:
    in_rule = _IN_RULE.fullmatch(message)
    if in_rule:
        place = _find_rule(program, path, unquote(in_rule[1]), int(in_rule[2]) - 1)
        if place is not None:
            yield _judge_rule(place, in_rule[3], program)
            return
    named = _GROUP.search(message)
    if named:
        name = unquote(named[1]) if named[1] else ""
        yield _refused(path, named[0], _origin_of_group(program, path, name))
        return
    yield from _judge_lines(path, message, program, files)


def _judge_lines(
    path: str, message: str, program: Program, files: Mapping[str, str]
) -> Iterator[Finding]:
    """The findings of a message about lines of a file, or about the file."""
    lines = [match for line in message.splitlines() if (match := _AT_LINE.search(line))]
    for match in lines:
        origin = targets.origin_at(program, files, path, int(match[1]))
        yield _refused(path, match[2], origin, int(match[1]))
    if not lines:
        match = _AT_PLACE.fullmatch(message)
        line, column = (int(match[1]), int(match[2])) if match else (0, 0)
        text = match[3] if match else message
        if line:
            origin = targets.origin_at(program, files, path, line, column)
        else:
            origin = origin_of_quoted(_part_of(program, path), text)
        yield _refused(path, text, origin, line)


def _part_of(program: Program, path: str) -> object:
    """What of a program stands in a file."""
    return program.prometheus if path == CONFIG else _groups(program, path)


def _refused(path: str, message: str, origin: Origin, line: int = 0) -> Finding:
    where = f"{path}, line {line}" if line else path
    said = " ".join(message.split())
    return Finding("refused-by-promtool", f"{where}: promtool says: {said}", origin, subject=path)


@dataclass(frozen=True, slots=True)
class _Place:
    """A rule with its file and the keys that lead to it there."""

    rule: Rule
    path: str
    keys: tuple[str | int, ...]


def _find_rule(program: Program, path: str, name: str, index: int) -> _Place | None:
    for number, group in enumerate(_groups(program, path)):
        if group.name == name and 0 <= index < len(group.rules):
            return _Place(group.rules[index], path, ("groups", number, "rules", index))
    return None


def _groups(program: Program, path: str) -> list[Group]:
    return [group for group in program.groups if f"{RULES}{group.file}.yml" == path]


def _origin_of_group(program: Program, path: str, name: str) -> Origin:
    """The last group of a name: the one that repeats it."""
    named = [group for group in _groups(program, path) if group.name == name]
    return at(named[-1].origin, "name") if named else None


def _judge_rule(place: _Place, message: str, program: Program) -> Finding:
    rule = place.rule
    keys, id, text, advice = _read_rule_message(rule, message)
    origin = _bad_window(rule, program) or targets.origin_of_path(
        program, place.path, (*place.keys, *keys)
    )
    return Finding(id, f"{rule.name}: {text}", origin, advice, rule.identity)


def _bad_window(rule: Rule, program: Program) -> Origin:
    """The window of an objective, where that is what a rule or a query of a board is wrong by.

    The rule is the objective's own, or its query reads the recording over that window.
    """
    for it in program.objectives:
        read = f"slo:bad:increase{it.window}{{"
        if (rule.objective == it.identity or read in rule.query.text) and not milliseconds(
            it.window
        ):
            return at(it.origin, "window")
    return None


def _read_rule_message(rule: Rule, message: str) -> tuple[tuple[str, ...], str, str, str]:
    """Keys below the rule, id, text and advice."""
    if match := _EXPRESSION.fullmatch(message):
        advice = _stopped(rule.query.text, int(match[1]), int(match[2])) if match[1] else ""
        return ("expr",), "invalid-promql", f"promtool cannot read the PromQL: {match[3]}", advice
    if match := _TEMPLATE.fullmatch(message):
        kind, name = match[1], unquote(match[2])
        text = f"the template of {kind} {name} is broken: {match[3]}"
        return (f"{kind}s", name), "invalid-template", text, f"see {_TEMPLATES}"
    if match := _NAMED.fullmatch(message):
        return (f"{match[1]}s", match[2]), "refused-by-promtool", f"promtool says: {message}", ""
    if match := _FIELD.fullmatch(message):
        return (match[1],), "refused-by-promtool", f"promtool says: {message}", ""
    keys = ("record",) if message.startswith("invalid recording rule name") else ()
    return keys, "refused-by-promtool", f"promtool says: {message}", ""


def _stopped(text: str, line: int, column: int) -> str:
    """What stands before and after the place of an expression at which the reader stopped.

    Its columns count bytes.
    """
    lines = text.split("\n")
    here = lines[min(line, len(lines)) - 1].encode()
    before = here[: column - 1].decode(errors="ignore")
    after = here[column - 1 :].decode(errors="ignore")
    start = "…" if len(before.strip()) > _SHOWN else ""
    end = "…" if len(after.strip()) > _SHOWN else ""
    shown = f"{start}{before.strip()[-_SHOWN:]} ▸ {after.strip()[:_SHOWN]}{end}"
    return f"it reads up to here: {shown.strip()}"


# The configuration --------------------------------------------------------------------------------


def judge_config(said: Said, program: Program, files: Mapping[str, str]) -> Iterator[Finding]:
    """What it finds in `prometheus.yml`."""
    if said.trouble:
        yield judge_failed(said)
    elif said.code == 0:
        if not _CONFIG_GOOD.search(said.out):
            yield judge_failed(
                said, "does not say that the configuration is good, nor that it is not"
            )
    elif match := _CONFIG_BAD.search(said.err):
        yield from _judge_lines(CONFIG, match[1].strip(), program, files)
    else:
        yield judge_failed(said, "fails, and does not say why")
