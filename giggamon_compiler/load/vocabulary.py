"""The classes that definitions write: their arguments, and what their values are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, get_args, get_type_hints

from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class Signature:
    """The arguments of a class: all of them, and those among them that

    positional: may be given without a name; required: must be given
    with_values: hold values of the vocabulary; hints: the type of each
    """

    arguments: tuple[str, ...]
    positional: tuple[str, ...]
    required: tuple[str, ...]
    hints: Mapping[str, Any]
    with_values: tuple[str, ...]


_signatures: dict[type[Value], Signature] = {}


def signature_of(kind: type[Value]) -> Signature:
    """The arguments of a class, in their order."""
    if kind not in _signatures:
        _signatures[kind] = _read_signature(kind)
    return _signatures[kind]


def _read_signature(kind: type[Value]) -> Signature:
    hints = get_type_hints(kind)
    shown = [field for field in fields(kind) if field.name != "_made"]
    return Signature(
        tuple(field.name for field in shown),
        tuple(field.name for field in shown if not field.kw_only),
        tuple(
            field.name
            for field in shown
            if field.default is MISSING and field.default_factory is MISSING
        ),
        {field.name: hints[field.name] for field in shown},
        tuple(field.name for field in shown if _holds_values(hints[field.name])),
    )


def parts_of(value: Value) -> Iterator[Value]:
    """The values that a value is directly made of."""
    for argument in signature_of(type(value)).with_values:
        yield from values_in(getattr(value, argument))


def values_in(thing: object) -> Iterator[Value]:
    """The values that an argument or a name holds: itself, or the members of lists and dicts."""
    if isinstance(thing, Value):
        yield thing
    elif isinstance(thing, list | tuple):
        for item in thing:
            yield from values_in(item)
    elif isinstance(thing, dict):
        for item in thing.values():
            yield from values_in(item)


def _holds_values(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Value):
        return True
    return any(_holds_values(inner) for inner in get_args(hint))
