"""Our own schemas: what a scalar looks like, judged at once and without any tool.

They go before promtool and amtool, whose messages about a duration or a name often tell no place.
A value is judged once for each format, however often it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from giggamon_compiler.findings import Finding, Origin, PyPlace, at
from giggamon_compiler.ir import Program
from giggamon_compiler.judges.claims import channel_claims, claims_of
from giggamon_compiler.judges.formats import FORMATS

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_LONGEST = 60


def check_schemas(program: Program, files: Mapping[str, str]) -> Sequence[Finding]:
    """What is wrong with the scalars of a program, and with the characters of its files."""
    findings = [*_judge(program), *_judge_secrets(program)]
    return findings or list(_judge_characters(files))


def _judge(program: Program) -> Iterator[Finding]:
    good: dict[str, set[str]] = {format: set() for format in FORMATS}
    seen: set[tuple[str, str, object]] = set()
    for format, value, who, origin, path in claims_of(program):
        known = good[format]
        if value in known or _is_below_no_folder(format, value):
            continue
        if validator_of(format).is_valid(value):
            known.add(value)
            continue
        place = at(origin, *path)
        key = format, value, _identity(place)
        if key not in seen:
            seen.add(key)
            yield _finding(format, value, who, place, path)


def _is_below_no_folder(format: str, value: str) -> bool:
    """Whether a secret's path is relative: every name is put below `Environment.secrets`."""
    return format == "secret-path" and not value.startswith("/")


def _judge_secrets(program: Program) -> Iterator[Finding]:
    """One finding for all names of secrets that are below no folder: it is the environment's."""
    environment = program.environment
    if environment is None:  # it could not be read, or there is none: that is said already
        return
    names = {
        who: None
        for format, value, who, _, _ in channel_claims(program)
        if _is_below_no_folder(format, value)
    }
    if not names:
        return
    channels = len(names.keys() - {environment.name})
    whose = [f"{channels} channel{'s' * (channels > 1)}"] if channels else []
    whose += ["the mail server"] if environment.name in names else []
    yield Finding(
        "invalid-secret-path",
        f"{environment.name} names no absolute secrets= folder, and {' and '.join(whose)} "
        f"{'name' if len(names) > 1 else 'names'} files below it",
        at(environment.origin, "secrets"),
        'add secrets="/etc/alertmanager/secrets" to the environment, '
        "the folder on Alertmanager's machine",
        environment.name,
    )


@cache
def validator_of(format: str) -> Validator:
    """The compiled schema of a format."""
    from jsonschema import Draft202012Validator

    schema = dict(FORMATS[format])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _identity(origin: Origin) -> object:
    return (id(origin.made), origin.path) if isinstance(origin, PyPlace) else origin


def _finding(
    format: str, value: str, who: str, place: Origin, path: tuple[str | int, ...]
) -> Finding:
    schema = FORMATS[format]
    inside = path or (place.path if isinstance(place, PyPlace) else ())
    is_key = format.endswith("label-name") and len(inside) > 1 and inside[-1] == value
    said = f"{_argument(inside[:-1])} has" if is_key else f"{_argument(inside)} is"
    text = _shown(value)
    examples = " or ".join(map(_shown, schema["examples"]))
    return Finding(
        "invalid-" + format.removeprefix("utf8-"),
        f"{who.strip() or text}: {said} {text}, which is {schema['description']}",
        place,
        f"write for example {examples}" if examples else "write it again, by hand",
        who,
    )


def _argument(path: tuple[str | int, ...]) -> str:
    """An argument as Python writes it: `fires["32m"][0]`."""
    first, *inside = path or ("a value",)
    return f"{first}{''.join(f'[{_shown(key)}]' for key in inside)}"


def _shown(value: str | int) -> str:
    """A value as people write it in Python."""
    if isinstance(value, str) and '"' in value and not set(value) & set("'\\\n"):
        return _shortened(f"'{value}'")
    text = json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace").decode()
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _judge_characters(files: Mapping[str, str]) -> Iterator[Finding]:
    for path, text in files.items():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            line = text.count("\n", 0, error.start) + 1
            yield Finding(
                "invalid-text",
                f"{path}: line {line} holds half a character, which no file can hold",
                help="look for \\ud800 to \\udfff in the definitions",
                subject=path,
            )
