"""The base of everything that people write: a frozen value that remembers where it was made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, field
from datetime import date

from giggamon_compiler.findings import Made, PyPlace

_ledgers: list[list[Value]] = []
_standing: list[Made] = []


@dataclass(frozen=True, slots=True)
class Value:
    """A frozen value of the definitions. It judges nothing: the compiler does, all at once.

    `dataclasses.replace` hands over the hidden keyword `_made`, so that a copy knows its base.

    allow: checks that are not to speak of this value, or of what it is made of
    """

    _made: Made | None = field(default=None, repr=False, compare=False, kw_only=True)
    allow: Sequence[Allow] = field(default=(), repr=False, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        """Remember the frames from the construction up to the module that runs it, and the base."""
        if _standing:
            object.__setattr__(self, "_made", _standing[-1])
            return
        frames = []
        frame = sys._getframe(2)  # 0 is this function, 1 the generated __init__
        while True:
            code = frame.f_code
            frames.append((code, frame.f_lasti))
            if code.co_name == "<module>" or frame.f_back is None:
                break
            frame = frame.f_back
        object.__setattr__(self, "_made", Made(tuple(frames), self._made))
        if _ledgers:
            _ledgers[-1].append(self)


@dataclass(frozen=True, slots=True)
class Allow(Value):
    """A check is silent about a value, for a reason, up to and including a day.

    check: its id, as `giggamon list checks` has it
    On a Service it holds for all that its file and its test file bind, on the Policy everywhere.
    """

    check: str
    _: KW_ONLY
    because: str
    until: date


def made_of(value: Value) -> Made:
    """Where a value was constructed."""
    made = value._made
    assert made is not None, "set by __post_init__"
    return made


def origin_of(value: Value, *path: str | int) -> PyPlace:
    """The place of a value, or of the argument that `path` leads to."""
    return PyPlace(made_of(value), path)


@contextmanager
def recording() -> Iterator[list[Value]]:
    """Keep a list of every value that is constructed inside the block, in order."""
    ledger: list[Value] = []
    _ledgers.append(ledger)
    try:
        yield ledger
    finally:
        _ledgers.remove(ledger)


@contextmanager
def standing_at(value: Value, *, as_written: bool = False) -> Iterator[None]:
    """Let what the compiler constructs inside the block stand where a value stands.

    as_written: it is that value but for a change, so that its arguments are written there, too;
    else the frame in front says that they are not.
    """
    made = made_of(value)
    ours = (standing_at.__code__, 0)
    _standing.append(made if as_written else Made((ours, *made.frames)))
    try:
        yield
    finally:
        _standing.pop()
