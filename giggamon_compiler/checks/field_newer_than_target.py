"""A field is newer than the server that the outputs are for.

Prometheus and Alertmanager refuse a whole file for one field that they do not know. The versions
of the installation stand in `Environment`.

Fires:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    late = Group("late", query_offset="1m", rules=[Record("job:up:sum", expr="sum by (job) (up)")])

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d")

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
    late = Group("late", query_offset="1m", rules=[Record("job:up:sum", expr="sum by (job) (up)")])

    # definitions/environment.py
    environment = Environment("production", prometheus="3.5", alertmanager="0.33", retention="35d")
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from giggamon_compiler.findings import Finding, Level, Note, Origin, at
from giggamon_compiler.ir import Environment, Program
from giggamon_compiler.model.notify import KINDS

LEVEL: Level = "error"

_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.\d+)?")

# What is newer than these has its version stated; what older ones lacked is not known.
_OLDEST: Mapping[str, tuple[int, int]] = {"prometheus": (2, 42), "alertmanager": (0, 25)}

# Since when Prometheus knows a field, from its change log: by the IR's name of it.
_GROUP_FIELDS = {"query_offset": "2.53", "labels": "3.0"}
# The same of Alertmanager's, as the vocabulary states it.
_CHANNEL_FIELDS: Mapping[str, Mapping[str, str]] = {
    kind.CONFIG: {
        entry.name.rstrip("_"): entry.metadata["since"]
        for entry in fields(kind)
        if "since" in entry.metadata
    }
    for kind in KINDS
}
_GLOBAL_FIELDS = {"smtp_auth_password_file": "0.25"}


def check(program: Program) -> Iterator[Finding]:
    """Every field that is there is known to the declared versions."""
    environment = program.environment
    if environment is None:
        return
    for server in ("prometheus", "alertmanager"):
        if _VERSION.fullmatch(getattr(environment, server)) is None:
            yield Finding(
                "field-newer-than-target",
                f"{environment.name}: {getattr(environment, server)} is no version of {server}",
                at(environment.origin, server),
                'write it as in "3.5"',
                environment.name,
            )
        elif _number(getattr(environment, server)) < _OLDEST[server]:
            oldest = ".".join(map(str, _OLDEST[server]))
            yield Finding(
                "field-newer-than-target",
                f"{environment.name}: {server} {getattr(environment, server)} is older than"
                f" {oldest}, the oldest version that is known here",
                at(environment.origin, server),
                f"run {oldest} or newer: what an older one refuses is not found",
                environment.name,
            )
    for name, field, server, since, origin in _dated(program):
        declared = getattr(environment, server)
        if _known(declared) and _number(since) > _number(declared):
            yield _finding(environment, name, field, server, since, origin)


def _dated(program: Program) -> Iterator[tuple[str, str, str, str, Origin]]:
    """Each field in use that some version brought: whose, which, server, version, where."""
    for group in program.groups:
        for field, since in _GROUP_FIELDS.items():
            if getattr(group, field):
                yield group.name, field, "prometheus", since, at(group.origin, field)
    for team in program.teams:
        for path, channel in team.channels.items():
            for field, since in _CHANNEL_FIELDS.get(channel.config, {}).items():
                if field in channel.fields:
                    name = f"{team.name}/{path}"
                    yield name, field, "alertmanager", since, at(channel.origin, field)
    if program.alertmanager is not None and program.environment is not None:
        origin = at(program.environment.origin, "smtp")
        for field, since in _GLOBAL_FIELDS.items():
            if field in program.alertmanager.globals:
                yield program.environment.name, field, "alertmanager", since, origin


def _finding(
    environment: Environment, name: str, field: str, server: str, since: str, origin: Origin
) -> Finding:
    declared = getattr(environment, server)
    return Finding(
        "field-newer-than-target",
        f"{name} uses {field}, which {server.capitalize()} has since {since}",
        origin,
        f"leave it out, or run {since} and declare it in the environment",
        name,
        notes=(Note(f"{environment.name} runs {declared}", at(environment.origin, server)),),
    )


def _known(version: str) -> bool:
    return _VERSION.fullmatch(version) is not None


def _number(version: str) -> tuple[int, int]:
    match = _VERSION.fullmatch(version)
    assert match is not None, "checked before"
    return int(match[1]), int(match[2])
