"""Whether every argument of a value is of the type that its class declares.

A `Shape` is made from each annotation. `fits` is the quick answer; `faults` is asked only where it
says no, and leads to the exact key or item that is wrong.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

from giggamon_compiler.findings import Finding
from giggamon_compiler.load.vocabulary import signature_of
from giggamon_compiler.load.wording import (
    LARGEST,
    described,
    name_of,
    nearest,
    with_article,
    written_path,
)
from giggamon_compiler.model.value import Value, origin_of

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A part that does not fit: what stands there, what belongs there, a next step.

    text: what stands there, where it is a text; kinds: the classes of values that belong there
    """

    path: Path
    found: str
    wanted: str
    advice: str = ""
    text: str = ""
    kinds: tuple[type, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A type as a test; `wanted` says it in words."""

    wanted: str
    fits: Callable[[Any], bool]
    faults: Callable[[Any, Path], Iterator[Fault]]


def check_shape(
    value: Value, bound: str, subject: str, advise: Callable[[Fault], str]
) -> Iterator[Finding]:
    """A finding for each part of a value that is of a wrong type.

    advise: what to do about a fault, for one that knows what the definitions bind
    """
    for argument, shape, default in shapes_of(type(value)):
        given = getattr(value, argument)
        try:
            if given is default or shape.fits(given):
                continue
            faults = list(shape.faults(given, (argument,)))
        except RecursionError:
            faults = [Fault((argument,), "something nested without end", shape.wanted)]
        # Who writes a secret down in place of a file's name must not read it in every log.
        secret = argument.endswith("_file")
        for fault in faults:
            where = written_path(fault.path)
            found = "no name of a file" if secret else fault.found
            yield Finding(
                "wrong-type",
                f"{name_of(value, bound)}: {where} is {found}, where {fault.wanted} belongs",
                origin_of(value, *fault.path),
                "" if secret else fault.advice or advise(fault),
                subject,
                secret=secret,
            )


def shapes_of(kind: type[Value]) -> tuple[tuple[str, Shape, object], ...]:
    """The shape of each argument of a class and its default, or MISSING, made once."""
    if kind not in _shapes:
        hints = signature_of(kind).hints
        defaults = {field.name: field.default for field in fields(kind)}
        _shapes[kind] = tuple((name, shape_of(it), defaults[name]) for name, it in hints.items())
    return _shapes[kind]


_shapes: dict[type[Value], tuple[tuple[str, Shape, object], ...]] = {}


def shape_of(hint: Any) -> Shape:
    """The shape of an annotation."""
    origin = get_origin(hint)
    if origin is Literal:
        return _literal(get_args(hint))
    if origin in (Union, types.UnionType):
        return _union([shape_of(inner) for inner in get_args(hint)])
    if origin is Sequence:
        return _sequence(shape_of(get_args(hint)[0]))
    if origin is Mapping:
        return _mapping(*(shape_of(inner) for inner in get_args(hint)))
    if isinstance(hint, type) and issubclass(hint, Value):
        return _exactly(hint, with_article(hint.__name__))
    return _SCALARS[hint]


def _literal(choices: tuple[Any, ...]) -> Shape:
    allowed = {(type(choice), choice) for choice in choices}
    wanted = _either([f'"{choice}"' for choice in choices])

    def fits(value: Any) -> bool:
        return type(value) is str and (str, value) in allowed

    def faults(value: Any, path: Path) -> Iterator[Fault]:
        near = nearest(value, [str(it) for it in choices]) if type(value) is str else None
        yield Fault(path, described(value), wanted, f'did you mean "{near}"?' if near else "")

    return Shape(wanted, fits, faults)


def _union(shapes: list[Shape]) -> Shape:
    wanted = _either([shape.wanted for shape in shapes])
    first, *others = (shape.fits for shape in shapes if shape is not _NONE)
    optional = _NONE in shapes

    def fits(value: Any) -> bool:
        if value is None:
            return optional
        return first(value) or any(test(value) for test in others)

    def faults(value: Any, path: Path) -> Iterator[Fault]:
        deeper = [fault for shape in shapes for fault in shape.faults(value, path)]
        inside = [fault for fault in deeper if len(fault.path) > len(path)]
        if inside:  # the value is of the right kind, and something in it is not
            yield from inside
            return
        advice = next((fault.advice for fault in deeper if fault.advice), "")
        kinds = tuple(kind for fault in deeper for kind in fault.kinds)
        yield Fault(path, described(value), wanted, advice, _text_of(value), kinds)

    return Shape(wanted, fits, faults)


def _sequence(item: Shape) -> Shape:
    fits_item = item.fits

    def fits(value: Any) -> bool:
        return isinstance(value, (list, tuple)) and all(map(fits_item, value))

    def faults(value: Any, path: Path) -> Iterator[Fault]:
        if isinstance(value, list | tuple):
            for index, part in enumerate(value):
                if not fits_item(part):
                    yield from item.faults(part, (*path, index))
        else:
            advice = "put it into a list: […]" if fits_item(value) else ""
            if isinstance(value, types.GeneratorType | set | frozenset):
                advice = "make it a list: write […] around it"
            yield Fault(path, described(value), "a list", advice)

    return Shape("a list", fits, faults)


def _mapping(key: Shape, item: Shape) -> Shape:
    fits_key, fits_item = key.fits, item.fits

    def fits(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and all(map(fits_key, value))
            and all(map(fits_item, value.values()))
        )

    def faults(value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(path, described(value), "a dict")
            return
        for name, part in value.items():
            if not fits_key(name):
                yield from (
                    Fault(path, f"a dict with {fault.found} as a key", fault.wanted)
                    for fault in key.faults(name, path)
                )
            elif not fits_item(part):
                step = name if isinstance(name, str | int) else str(name)
                yield from item.faults(part, (*path, step))

    return Shape("a dict", fits, faults)


def _exactly(kind: type, wanted: str) -> Shape:
    def fits(value: Any) -> bool:
        return type(value) is kind

    def faults(value: Any, path: Path) -> Iterator[Fault]:
        if not fits(value):
            yield Fault(path, described(value), wanted, "", _text_of(value), (kind,))

    return Shape(wanted, fits, faults)


def _text_of(value: Any) -> str:
    return value if type(value) is str else ""


def _scalar(wanted: str, fits: Callable[[Any], bool]) -> Shape:
    def faults(value: Any, path: Path) -> Iterator[Fault]:
        if not fits(value):
            yield Fault(path, described(value), wanted)

    return Shape(wanted, fits, faults)


def _text() -> Shape:
    def faults(value: Any, path: Path) -> Iterator[Fault]:
        if type(value) is str:
            if not _is_text(value):
                wanted = "a text that UTF-8 can hold"
                yield Fault(path, f"{described(value)} with half a character", wanted)
            return
        advice = ""
        if isinstance(value, str):
            advice = "write its value as a plain text"
        elif type(value) in (int, float, Decimal):
            advice = "put it in quotes"
            if type(value) is not int or abs(value) < LARGEST:
                advice = f'put it in quotes: "{value}"'
        elif isinstance(value, list | tuple) and len(value) == 1:
            advice = "take it out of the list; a comma at the end makes a tuple"
        yield Fault(path, described(value), "a text", advice)

    return Shape("a text", _is_text, faults)


def _is_text(value: Any) -> bool:
    if type(value) is not str:
        return False
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)


def _is_whole(value: Any) -> bool:
    return type(value) is int and abs(value) < LARGEST


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (type(value) is float and math.isfinite(value))


def _is_decimal(value: Any) -> bool:
    return type(value) is Decimal and value.is_finite()


def _is_data(value: Any) -> bool:
    if type(value) is dict:
        return all(map(_is_text, value)) and all(map(_is_data, value.values()))
    if type(value) in (list, tuple):
        return all(map(_is_data, value))
    return value is None or type(value) is bool or _is_text(value) or _is_number(value)


def _data() -> Shape:
    wanted = "a text, a number, True, False, None, or a list or dict of these"

    def faults(value: Any, path: Path) -> Iterator[Fault]:
        if type(value) is dict and all(map(_is_text, value)):
            for key, item in value.items():
                yield from faults(item, (*path, key))
        elif type(value) in (list, tuple):
            for index, item in enumerate(value):
                yield from faults(item, (*path, index))
        elif not _is_data(value):
            yield Fault(path, described(value), wanted)

    return Shape(wanted, _is_data, faults)


_NONE = _scalar("None", lambda value: value is None)
_SCALARS: dict[Any, Shape] = {
    str: _text(),
    int: _scalar("a whole number", _is_whole),
    bool: _exactly(bool, "True or False"),
    float: _scalar("a number", _is_number),
    Decimal: _scalar("a Decimal", _is_decimal),
    type(None): _NONE,
    object: _data(),
    date: _exactly(date, "a date"),
}


def _either(choices: Sequence[str]) -> str:
    *others, last = (part for choice in choices for part in choice.split(" or "))
    return f"{', '.join(others)} or {last}" if others else last
