"""Allowances: which values each one covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from giggamon_compiler import ir
from giggamon_compiler.findings import Origin
from giggamon_compiler.load.vocabulary import parts_of
from giggamon_compiler.load.wording import name_of
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.probe import Module
from giggamon_compiler.model.rule import Alert, Group
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Policy, Severity, Team
from giggamon_compiler.model.value import Allow, Value, origin_of

# What others name and is no part of them.
_NAMED = (Service, Team, Severity, SLO, Alert, Module, Allow)


def lower_allowances(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add every allowance that a value, or a part of one, states."""
    if not definitions.allows:
        return program
    services = {file.name: next(file.of(Service), None) for file in definitions.files}
    found = []
    for file in definitions.files:
        owner = services.get(file.name.removesuffix("_test"))
        for _, value in file.values:
            for holder in with_parts(value):
                if holder.allow:
                    covers = covered(holder, file, definitions)
                    found += [_lower(it, holder, file, owner, covers) for it in holder.allow]
    return replace(program, allowances=tuple(found))


def with_parts(value: Value) -> Iterator[Value]:
    """A value and what it is made of, but for what it only names."""
    yield value
    for part in parts_of(value):
        if not isinstance(part, _NAMED) or (isinstance(value, Group) and isinstance(part, Alert)):
            yield from with_parts(part)


def covered(holder: Value, file: DefinitionFile, definitions: Definitions) -> tuple[Origin, ...]:
    """The places of what an allowance on a value holds for; none means everywhere."""
    if isinstance(holder, Policy):
        return ()
    values = [holder]
    if isinstance(holder, Service):
        own = (file.name, f"{file.name}_test")
        files = (it for it in definitions.files if it.name in own)
        values += [value for it in files for _, value in it.values]
    return tuple(origin_of(part) for value in values for part in with_parts(value))


def _lower(
    allow: Allow,
    holder: Value,
    file: DefinitionFile,
    owner: Service | None,
    covers: tuple[Origin, ...],
) -> ir.Allowance:
    name = name_of(holder)
    of = name if owner is None or holder is owner else f"{owner.name}/{name}"
    return ir.Allowance(
        file.name, of, allow.check, allow.because, allow.until.isoformat(), covers, origin_of(allow)
    )
