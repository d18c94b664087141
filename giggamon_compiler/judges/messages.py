"""Templates in the fields of channels, rendered by amtool: a broken one keeps a page from leaving.

Alertmanager reads them when it sends. PagerDuty's event with a broken template is never sent, and a
Slack message loses every later field, the channel among them. amtool renders with an alert of its
own, so that a label or annotation that is missing there is no fault. It does not know the templates
of Alertmanager's own `default.tmpl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from keyword import iskeyword

from giggamon_compiler.findings import Finding, Origin, at
from giggamon_compiler.ir import Integration, Program, Tree
from giggamon_compiler.judges.amtool import TEMPLATES
from giggamon_compiler.judges.process import Said, hear, judge_failed
from giggamon_compiler.judges.tools import Toolbox

_LONGEST = 100_000  # bytes: Linux takes 128 KiB in one argument
_MESSAGE = re.compile(r"template: [^:]*:(?:\d+:)*(?:\d+:)? ?(.*)", re.DOTALL)
_OF_DEFAULT = re.compile(r'template "(?:__\w+|\w+\.default\.\w+)" not defined')
_DOCUMENTATION = "https://prometheus.io/docs/alerting/latest/notifications/"

# Where a template stands: its text, whose it is ("care/chat: text"), and the argument.
Use = tuple[str, str, Origin]


def check_messages(program: Program, files: Mapping[str, str], tools: Toolbox) -> Sequence[Finding]:
    """A finding for each field of a channel whose template cannot be rendered."""
    uses = list(_uses(program))
    texts = list(dict.fromkeys(text for text, _, _ in uses))
    served = {path: text for path, text in files.items() if path.startswith(TEMPLATES)}
    together = "\n".join(texts)
    if not texts:
        return ()
    if len(together.encode(errors="replace")) < _LONGEST:
        (said,) = hear([_command(tools.amtool, together)], tools.seconds, served)
        if said.code == 0 and not said.trouble:
            return ()
    heard = hear([_command(tools.amtool, text) for text in texts], tools.seconds, served)
    verdicts = dict(zip(texts, heard, strict=True))
    return [
        finding for text, whose, origin in uses for finding in _judge(verdicts[text], whose, origin)
    ]


def _command(amtool: str, text: str) -> tuple[str, ...]:
    glob = f"--template.glob={TEMPLATES}*.tmpl"
    return (amtool, "template", "render", glob, f"--template.text={text}")


def _judge(said: Said, whose: str, origin: Origin) -> Iterator[Finding]:
    if said.trouble:
        yield judge_failed(said)
    elif said.code != 0 and not _OF_DEFAULT.search(said.err):
        message = said.err.removeprefix("amtool: error: ").strip()
        match = _MESSAGE.fullmatch(message)
        text = f"{whose} is a broken template: {match[1] if match else message}"
        advice = f"no message would leave; see {_DOCUMENTATION}"
        yield Finding("invalid-message", text, origin, advice, whose.partition(":")[0])


def _uses(program: Program) -> Iterator[Use]:
    for team in program.teams:
        for path, integration in team.channels.items():
            yield from _templates(f"{team.name}/{path}", integration)


def _templates(whose: str, integration: Integration) -> Iterator[Use]:
    for name, value in integration.fields.items():
        if name.endswith(("_file", "_config")):
            continue
        argument = f"{name}_" if iskeyword(name) else name
        for text, inside in _texts(value, ()):
            if "{{" in text:
                yield text, f"{whose}: {name}", at(integration.origin, argument, *inside)


def _texts(
    value: Tree, inside: tuple[str | int, ...]
) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if isinstance(value, str):
        yield value, inside
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*inside, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*inside, index))
