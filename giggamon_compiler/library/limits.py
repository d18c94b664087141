"""What may stand in the `Limits` of a pack, judged when they are made.

A limit that its metric cannot reach would be an alert that never fires, with nothing to tell so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from functools import wraps
from typing import Annotated, Any, TypeVar, dataclass_transform, get_args, get_type_hints

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.library.notation import number
from giggamon_compiler.model.refusal import Fault, Refused

_LONGEST = 60

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kind:
    """What belongs into a limit: in words, whether a value does, and what to write instead."""

    wanted: str
    fits: Callable[[Any], bool]
    advise: Callable[[Any], str | None] = lambda given: None


def _is_number(given: object) -> bool:
    """Whether it is a finite number; True and False are none."""
    if type(given) not in (int, float):
        return False
    try:
        return math.isfinite(given)  # type: ignore[arg-type]
    except OverflowError:  # more digits than any server reads
        return False


def _as_share(given: Any) -> str | None:
    if _is_number(given) and 1 < given < 100:
        return f"write {number(given / 100)} for {number(given)} per cent"
    return None


def _as_seconds(given: Any) -> str | None:
    length = milliseconds(given) if isinstance(given, str) else None
    return f"write {number(length / 1000)}" if length else None


def _as_duration(given: Any) -> str | None:
    whole = _is_number(given) and given > 0 and given == int(given)
    return f'write "{int(given)}s", if seconds are meant' if whole else None


def _is_duration(given: Any) -> bool:
    return isinstance(given, str) and milliseconds(given) is not None


# Of something that grows too large: beyond all of it, nothing is. Of something that runs out: less
# than nothing of it is never left.
Share = Annotated[
    float,
    Kind("a share from 0 to less than 1", lambda it: _is_number(it) and 0 <= it < 1, _as_share),
]
ShareLeft = Annotated[
    float,
    Kind("a share above 0, and 1 at most", lambda it: _is_number(it) and 0 < it <= 1, _as_share),
]
Seconds = Annotated[
    float, Kind("a number of seconds above 0", lambda it: _is_number(it) and it > 0, _as_seconds)
]
Days = Annotated[float, Kind("a number of days above 0", lambda it: _is_number(it) and it > 0)]
Amount = Annotated[float, Kind("a number, 0 or above", lambda it: _is_number(it) and it >= 0)]
Positive = Annotated[float, Kind("a number above 0", lambda it: _is_number(it) and it > 0)]
Multiple = Annotated[float, Kind("a number above 1", lambda it: _is_number(it) and it > 1)]
Count = Annotated[
    int, Kind("a whole number, 0 or above", lambda it: _is_number(it) and 0 <= it == int(it))
]
Number = Annotated[
    int, Kind("a whole number, 1 or above", lambda it: _is_number(it) and 1 <= it == int(it))
]
Duration = Annotated[str, Kind('a duration such as "1m"', _is_duration, _as_duration)]


def one_of(*numbers: float) -> Kind:
    """One of some numbers, and the next one for what is between them."""

    def advise(given: Any) -> str | None:
        if not _is_number(given):
            return _as_seconds(given)
        return f"write {number(min(numbers, key=lambda it: abs(it - given)))}"

    words = ", ".join(map(number, numbers))
    return Kind(f"one of {words}", lambda it: _is_number(it) and it in numbers, advise)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def judged(cls: type[_T]) -> type[_T]:
    """A frozen dataclass whose fields each have a `Kind`, and hold what it asks for.

    Making one raises Refused, with all that is wrong.
    """
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    kinds = kinds_of(made)
    needed = [it.name for it in fields(made) if it.default is MISSING]  # type: ignore[arg-type]
    called = f"{cls.__module__.split('.')[-2]}.{cls.__name__}"
    make = made.__init__

    @wraps(make)
    def judge(self: _T, *extra: object, **given: Any) -> None:
        faults = [*_unnamed(called, extra, kinds), *_faults(called, kinds, needed, given)]
        if faults:
            raise Refused(faults)
        make(self, **given)

    setattr(made, "__init__", judge)  # noqa: B010
    return made


def kinds_of(cls: type) -> Mapping[str, Kind]:
    """What belongs into each field of a class of limits; TypeError where one does not say so."""
    kinds = {}
    for name, hint in get_type_hints(cls, include_extras=True).items():
        kind = next((it for it in get_args(hint)[1:] if isinstance(it, Kind)), None)
        if kind is None:
            raise TypeError(f"{cls.__qualname__}.{name} does not say what belongs there")
        kinds[name] = kind
    return kinds


def _unnamed(called: str, extra: tuple[object, ...], kinds: Mapping[str, Kind]) -> Iterator[Fault]:
    if extra:
        message = f"{called} takes no limit without its name"
        yield Fault("unknown-argument", "", message, f"write {next(iter(kinds))}=… and so on")


def _faults(
    called: str, kinds: Mapping[str, Kind], needed: list[str], given: Mapping[str, Any]
) -> Iterator[Fault]:
    free = [name for name in kinds if name not in given]
    misspelt = set()
    for name, value in given.items():
        if name not in kinds:
            near = get_close_matches(name, free, 1, 0.6) or get_close_matches(name, kinds, 1, 0.6)
            misspelt.update(near)
            advice = f"did you mean {near[0]}?" if near else f"it has {', '.join(kinds)}"
            yield Fault("unknown-argument", name, f"{called} has no limit {name}", advice)
        elif not kinds[name].fits(value):
            wanted = kinds[name].wanted
            message = f"{called}: {name} is {_written(value)}, where {wanted} belongs"
            yield Fault("wrong-type", name, message, kinds[name].advise(value) or f"write {wanted}")
    for name in needed:
        if name not in given and name not in misspelt:
            message = f"{called} needs {name}, and it is left out"
            yield Fault("missing-argument", "", message, f"add {name}=…, {kinds[name].wanted}")


def _written(value: object) -> str:
    """A value as it was given, or else what it is."""
    if type(value) in (bool, int, float, str, type(None)):
        try:
            text = repr(value)
        except ValueError:  # an int of more digits than Python writes
            return "a number that is too large"
        text = f'"{value}"' if isinstance(value, str) and '"' not in value else text
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"of type {type(value).__name__}"
