"""amtool on `alertmanager.yml` and its templates: what it says, carried back to the definition.

It stops at the first fault, and names a line only for a field that it does not know. It accepts a
secret file that is not there, a template file that matches nothing, and any template in a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from giggamon_compiler import targets
from giggamon_compiler.findings import Finding, Origin
from giggamon_compiler.ir import Program
from giggamon_compiler.judges.placing import origin_of_quoted
from giggamon_compiler.judges.process import Said, judge_failed

CONFIG = "alertmanager/alertmanager.yml"
TEMPLATES = "alertmanager/templates/"

_GOOD = re.compile(r"(?m)^Checking '.*'  SUCCESS\r?$")
_BAD = re.compile(r"^(?:Checking '.*')?  FAILED: (.+)", re.DOTALL | re.MULTILINE)
_AT_LINE = re.compile(r"(?:yaml: )?line (\d+): (.*)")
_IN_TEMPLATE = re.compile(r"template: ([^:]+):(\d+)(?::\d+)?: (.*)", re.DOTALL)


def command(amtool: str) -> tuple[str, ...]:
    """The check of the configuration and of the files of templates."""
    return (amtool, "check-config", CONFIG)


def judge(said: Said, program: Program, files: Mapping[str, str]) -> Iterator[Finding]:
    """What it finds."""
    if said.trouble:
        yield judge_failed(said)
    elif said.code == 0:
        if not _GOOD.search(said.out):
            yield judge_failed(
                said, "does not say that the configuration is good, nor that it is not"
            )
    elif match := _BAD.search(said.out):
        yield from _judge_message(match[1].strip(), program, files)
    else:
        yield judge_failed(said, "fails, and does not say why")


def _judge_message(message: str, program: Program, files: Mapping[str, str]) -> Iterator[Finding]:
    in_template = _IN_TEMPLATE.fullmatch(message)
    if in_template:
        text = f"{TEMPLATES}{in_template[1]}, line {in_template[2]}"
        yield _refused(text, in_template[3], None)
        return
    lines = [match for line in message.splitlines() if (match := _AT_LINE.search(line))]
    for match in lines:
        origin = targets.origin_at(program, files, CONFIG, int(match[1]))
        yield _refused(f"{CONFIG}, line {match[1]}", match[2], origin)
    if not lines:
        yield _refused(CONFIG, message, origin_of_quoted(program.alertmanager, message))


def _refused(where: str, message: str, origin: Origin) -> Finding:
    said = " ".join(message.split())
    return Finding("refused-by-amtool", f"{where}: amtool says: {said}", origin, subject=CONFIG)
