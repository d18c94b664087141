"""The program as files, and back: one module a format, each with `emit` and `read`.

Paths are relative to the output folder. Over a whole tree `read(emit(program)) == program` for a
program in canonical order: what stands in a file keeps its order, and files come in the order of
their names. So do groups, services, teams, severities, metrics, objectives and tests, by their
definition file; dashboards by folder and key; templates and runbooks by name; a receiver's
integrations by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

from giggamon_compiler.findings import Origin
from giggamon_compiler.ir import Program
from giggamon_compiler.targets import (
    alertmanager,
    blackbox,
    grafana,
    manifest,
    prometheus,
    provisioning,
    rules,
    yaml_text,
)
from giggamon_compiler.targets.places import place_files
from giggamon_compiler.targets.rules import RuleFile, emit_file, read_file, read_files
from giggamon_compiler.targets.shape import Keys, ShapeError, TargetError

__all__ = [
    "FORMATS",
    "RuleFile",
    "TargetError",
    "emit",
    "emit_file",
    "origin_at",
    "origin_of_path",
    "place_files",
    "read",
    "read_file",
    "read_files",
]


class Format(Protocol):
    """What a module of a format offers."""

    def emit(self, program: Program) -> dict[str, str]:
        """Its files of the program: path → text."""

    def read(self, files: Mapping[str, str], program: Program) -> Program:
        """The program, with what its files among all of a tree say."""

    def origin(self, program: Program, path: str, keys: Keys) -> Origin:
        """Where the part of one of its files that the keys lead to was written."""


# In the order of reading: the manifest adds to what the others have read.
FORMATS = cast(
    "tuple[Format, ...]",
    (rules, prometheus, alertmanager, blackbox, grafana, provisioning, manifest),
)


def emit(program: Program) -> dict[str, str]:
    """The whole output tree: path → text, sorted by path."""
    files = {path: text for form in FORMATS for path, text in form.emit(program).items()}
    return dict(sorted(files.items()))


def read(files: Mapping[str, str]) -> Program:
    """The program that an output tree says. Raises TargetError at the first file that is broken.

    Files that belong to no format are not looked at.
    """
    program = Program()
    try:
        for form in FORMATS:
            program = form.read(files, program)
    except ShapeError as error:
        line, column = yaml_text.place_of(files[error.path], error.keys) or (None, None)
        raise TargetError(error.path, error.message, line, column) from None
    return program


def origin_at(
    program: Program,
    files: Mapping[str, str],
    path: str,
    line: int | None,
    column: int | None = None,
) -> Origin:
    """Where what stands at a place of an emitted file was written; None where nobody wrote it.

    Line and column count from 1; without a line the whole file is meant.
    """
    keys = yaml_text.keys_at(files[path], line, column) if line and path in files else ()
    return origin_of_path(program, path, keys)


def origin_of_path(program: Program, path: str, keys: Keys) -> Origin:
    """Where the part of an emitted file that the keys lead to was written.

    Keys are those of the tree: ("groups", 0, "rules", 3, "annotations", "summary"). The path of
    the origin has the model's argument names: "for_", "summary". Where the value that was written
    has no such argument, it leads nowhere, and the whole value is meant.
    """
    found = (form.origin(program, path, keys) for form in FORMATS)
    return next((origin for origin in found if origin is not None), None)
