"""The blackbox exporter on `blackbox.yml`: what it says, carried back to the definition.

It names the line of a setting that it does not know or whose kind is another, and no place of one
whose value it refuses, of which it tells the first. Then each module is shown to it alone. Files
that a module names are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from giggamon_compiler import targets
from giggamon_compiler.findings import Finding, Origin
from giggamon_compiler.ir import Blackbox, Module, Program
from giggamon_compiler.judges.go_text import QUOTED, unquote
from giggamon_compiler.judges.placing import origin_of_quoted
from giggamon_compiler.judges.process import Said, hear, judge_failed

CONFIG = "blackbox/blackbox.yml"
_ADVICE = "see https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md"

_GOOD = re.compile(r'msg="Config file is ok')
_BAD = re.compile(rf'msg="Error loading config" err=({QUOTED})')
_PREFIX = "error parsing config file: "
_AT_LINE = re.compile(r"(?:yaml: )?line (\d+): (.*)")
# The expression stands there as it is, whatever quotes are in it.
_EXPRESSION = re.compile(r'"(Could not compile regular expression)" regexp="(.*)"', re.DOTALL)


def command(exporter: str, path: str = CONFIG) -> tuple[str, ...]:
    """The check of the configuration; the exporter ends with it and listens nowhere."""
    return (exporter, "--config.check", f"--config.file={path}")


def judge(
    said: Said, program: Program, files: Mapping[str, str], exporter: str, seconds: float
) -> Iterator[Finding]:
    """What it finds; where it tells no place, it is asked again, with `seconds` for each module."""
    message = _complaint(said)
    if isinstance(message, Finding):
        yield message
        return
    lines = [match for line in message.splitlines() if (match := _AT_LINE.search(line))]
    for match in lines:
        origin = targets.origin_at(program, files, CONFIG, int(match[1]))
        yield _refused(f"{CONFIG}, line {match[1]}", match[2], origin)
    if message and not lines and program.blackbox:
        yield from _judge_modules(message, program.blackbox, exporter, seconds)


def _complaint(said: Said) -> str | Finding:
    """What it does not like, or nothing; a finding where that cannot be told."""
    if said.trouble:
        return judge_failed(said)
    text = f"{said.out}\n{said.err}"
    if said.code == 0:
        if _GOOD.search(text):
            return ""
        return judge_failed(said, "does not say that the configuration is good, nor that it is not")
    match = _BAD.search(text)
    if match is None:
        return judge_failed(said, "fails, and does not say why")
    return unquote(match[1]).removeprefix(_PREFIX).strip()


def _judge_modules(
    message: str, blackbox: Blackbox, exporter: str, seconds: float
) -> Iterator[Finding]:
    """The modules that are refused alone too; if none is, the message is of the whole file."""
    paths = [f"blackbox/{number}.yml" for number in range(len(blackbox.modules))]
    files = {
        path: targets.emit(Program(blackbox=replace(blackbox, modules=(module,))))[CONFIG]
        for path, module in zip(paths, blackbox.modules, strict=True)
    }
    heard = hear([command(exporter, path) for path in paths], seconds, files)
    found = list(map(_judge_module, heard, blackbox.modules))
    yield from [it for it in found if it] or [_refused(CONFIG, message, None)]


def _judge_module(said: Said, module: Module) -> Finding | None:
    message = _complaint(said)
    if isinstance(message, Finding):
        return message
    # Written so that what is quoted is found among the module's own texts.
    message = _EXPRESSION.sub(r"\1 `\2`", message)
    origin = origin_of_quoted(module, message) or module.origin
    return _refused(f"{CONFIG}, module {module.name}", message, origin) if message else None


def _refused(where: str, message: str, origin: Origin) -> Finding:
    text = f"{where}: the blackbox exporter says: {' '.join(message.split())}"
    return Finding("refused-by-blackbox-exporter", text, origin, _ADVICE, CONFIG)
