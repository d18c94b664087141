"""A secret is written down.

Definitions and outputs are read by everyone who may read the repository, and its history forgets
nothing. A secret belongs into a file on Alertmanager's machine, below `Environment.secrets`, and
the definition names that file. What has been written down once has to be changed at its source.

Fires:

    # definitions/teams.py
    commerce = Team("commerce",
        chat=notify.Webhook(url="https://chat.giggatek.example/hooks/9f8e7d6c5b4a39281706"))

Instead:

    # definitions/teams.py
    commerce = Team("commerce", chat=notify.Webhook(url_file="commerce-chat"))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Integration, Program, Tree

LEVEL: Level = "error"

Path = tuple[str | int, ...]

_SECRET_NAMES = {
    "access_key",
    "api_key",
    "api_secret",
    "auth_password",
    "auth_secret",
    "bearer_token",
    "client_secret",
    "credentials",
    "password",
    "secret",
    "secret_key",
    "secrets",
    "token",
}
# Settings of the blackbox exporter beside which there is one for a file.
_HAVE_FILES = {"password", "credentials", "bearer_token", "client_secret"}
# What people say in a message is theirs to name; only a token's own shape counts there.
_FREE = {"details", "payload", "fields", "actions", "headers"}
_KNOWN_SHAPE = re.compile(
    r"\b(?:xox[a-z]-\w|xapp-\w|gh[pousr]_\w{20}|github_pat_|glpat-\w|AKIA[A-Z0-9]{12}|SG\.\w{16}"
    r"|eyJ[\w-]{10,}\.|sk_live_\w|(?:Bearer|Basic) [\w+/=.-]{8})"
    r"|hooks\.slack\.com/(?:services|workflows)/\w"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WORD = re.compile(r"[0-9A-Za-z]{16,}")
_USER_AND_PASSWORD = re.compile(r"\w+://[^/@\s]*:[^/@\s]+@")


def check(program: Program) -> Iterator[Finding]:
    """No channel, no probe and not the mail server's settings hold what looks like a secret."""
    for name, channel in _channels(program):
        for path, what in _secrets(channel.fields, ()):
            argument = "from_" if path[0] == "from" else path[0]
            yield Finding(
                "secret-inline",
                f"{name}: {'.'.join(map(str, path))} {what}",
                at(channel.origin, argument, *path[1:]),
                _advice(str(path[-1])),
                name,
                secret=True,
            )
    for module in program.blackbox.modules if program.blackbox else ():
        for prober, settings in module.settings.items():
            for path, what in _secrets(settings, ()):
                yield Finding(
                    "secret-inline",
                    f"{module.name}: {'.'.join(map(str, path))} {what}",
                    at(module.origin, prober, *path),
                    _advice_of_module(str(path[-1])),
                    module.name,
                    secret=True,
                )
    if program.alertmanager is not None and program.environment is not None:
        for path, what in _secrets(program.alertmanager.globals, ()):
            yield Finding(
                "secret-inline",
                f"{program.environment.name}: {path[0]} {what}",
                at(program.environment.origin, "smtp"),
                _advice(str(path[-1])),
                program.environment.name,
                secret=True,
            )


def _advice(field: str) -> str:
    if field.endswith("_file"):
        return (
            f"put it into a file below Environment.secrets, let {field} name that file, "
            "and change the secret"
        )
    return "use the field that ends with _file, put the secret into that file, and change it"


def _advice_of_module(field: str) -> str:
    file = f", {field}_file," if field in _HAVE_FILES else ""
    return (
        f"name a file on the blackbox exporter's machine{file} put the secret into it, "
        "and change it"
    )


def _channels(program: Program) -> Iterator[tuple[str, Integration]]:
    for team in program.teams:
        for path, channel in team.channels.items():
            yield f"{team.name}/{path}", channel
    if not program.teams and program.alertmanager is not None:
        for receiver in program.alertmanager.receivers:
            for channel in receiver.integrations:
                yield receiver.name, channel


def _secrets(tree: Tree, path: Path) -> Iterator[tuple[Path, str]]:
    """The paths of what looks like a secret, and what is said of each."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _secrets(value, (*path, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _secrets(value, (*path, index))
    elif isinstance(tree, str) and path:
        what = _judge([part for part in path if isinstance(part, str)], str(tree))
        if what:
            yield path, what


def _judge(names: list[str], value: str) -> str | None:
    name, free = names[-1], names[0] in _FREE
    if "{{" in value:
        return None
    if name.endswith("_file"):
        shaped = "://" in value or _looks_random(value)
        return "holds what looks like the secret itself, not the name of a file" if shaped else None
    if not free and not _SECRET_NAMES.isdisjoint(names) and value:
        return "is a secret, written down"
    if _KNOWN_SHAPE.search(value):
        return "holds what looks like a token"
    if _USER_AND_PASSWORD.search(value):
        return "holds a password"
    if "://" in value and not free and _looks_random(value.partition("://")[2].partition("/")[2]):
        return "holds what looks like a token"
    return None


def _looks_random(text: str) -> bool:
    """Whether a part of a text looks like a key: long, and letters mixed with digits."""
    if _KNOWN_SHAPE.search(text) or _UUID.search(text):
        return True
    return any(
        sum(map(str.isdigit, word)) >= 3 and sum(map(str.isalpha, word)) >= 3
        for word in _WORD.findall(text)
    )
