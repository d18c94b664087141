"""The classes that definitions write: their arguments, and what their values are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


_OF_EVERY_VALUE = ("_made", "allow")
_HOLDERS = (list, tuple, dict)
# How a member is written after what holds it, and the member.
Step = tuple[str, object]

_signatures: dict[type[Value], Signature] = {}


def signature_of(kind: type[Value]) -> Signature:
    """The arguments of a class, in their order."""
    if kind not in _signatures:
        _signatures[kind] = _read_signature(kind)
    return _signatures[kind]


def _read_signature(kind: type[Value]) -> Signature:
    hints = get_type_hints(kind)
    own = [field for field in fields(kind) if field.name not in _OF_EVERY_VALUE]
    shown = [*own, *(field for field in fields(kind) if field.name == "allow")]
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


def parts_of(value: Value) -> list[Value]:
    """The values that a value is directly made of."""
    parts: list[Value] = []
    for argument in signature_of(type(value)).with_values:
        thing = getattr(value, argument)
        if thing is None or (type(thing) is tuple and not thing):
            continue  # as most are
        if isinstance(thing, Value):
            parts.append(thing)
        else:
            parts += values_in(thing)
    return parts


def values_in(thing: object) -> Iterator[Value]:
    """The values that an argument or a name holds: itself, or the members of lists and dicts."""
    if isinstance(thing, Value):
        yield thing
        return
    seen: set[int] = set()
    waiting = [thing]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Value):
            yield inner
        elif isinstance(inner, _HOLDERS) and id(inner) not in seen:
            seen.add(id(inner))
            waiting += reversed(inner.values() if isinstance(inner, dict) else inner)


def named_things(name: str, thing: object) -> Iterator[tuple[str, object]]:
    """What a name holds: itself, or the members of lists and dicts, with how each is written.

    A list or dict that stands there twice, or within itself, is read once.
    """
    seen: set[int] = set()
    waiting = [(name, thing)]
    while waiting:
        path, inner = waiting.pop()
        if not isinstance(inner, _HOLDERS):
            yield path, inner
        elif id(inner) not in seen:
            seen.add(id(inner))
            waiting += [(f"{path}{step}", item) for step, item in _steps_into(inner)][::-1]


def _steps_into(thing: list[object] | tuple[object, ...] | dict[object, object]) -> Iterable[Step]:
    """The members of a list, tuple or dict; those of a named tuple by their names."""
    names: Sequence[str] | None = getattr(thing, "_fields", None)
    if isinstance(thing, dict):
        return [(f"[{_written(key)}]", item) for key, item in thing.items()]
    if isinstance(thing, tuple) and names is not None:
        return [(f".{name}", item) for name, item in zip(names, thing, strict=True)]
    return [(f"[{index}]", item) for index, item in enumerate(thing)]


def _written(key: object) -> str:
    try:
        return repr(key)
    except (ValueError, RecursionError):  # a number of too many digits, or a thing within itself
        return "…"


def _holds_values(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Value):
        return True
    return any(_holds_values(inner) for inner in get_args(hint))
