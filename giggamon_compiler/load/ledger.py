"""Nothing is lost in silence: what was constructed during a load, and what became of it."""

from __future__ import annotations

import functools
import gc
import types
from collections.abc import Iterable, Iterator, Sequence

from giggamon_compiler.findings import Finding
from giggamon_compiler.load.vocabulary import parts_of, signature_of, values_in
from giggamon_compiler.load.wording import name_of, with_article
from giggamon_compiler.model.value import Value, made_of, origin_of

_CLOSED = (types.ModuleType, type, types.CodeType, types.FrameType, types.BuiltinFunctionType)


def lost_values(
    ledger: Sequence[Value], namespaces: Iterable[types.ModuleType], spoken_of: Iterable[object]
) -> list[Value]:
    """What no name holds, neither whole nor as a part, nor as a copy's base.

    A public name holds what is read of it, a private one whatever can be reached from it. What is
    in a thing that has a finding already is no second one. Of a lost value and its parts only the
    value itself is listed.
    """
    by_made = {id(made_of(value)): value for value in ledger}
    public: list[object] = []
    private: list[object] = []
    for namespace in namespaces:
        for name, thing in vars(namespace).items():
            if not name.startswith("__"):
                (private if name.startswith("_") else public).append(thing)
    kept: set[int] = set()
    _keep((value for thing in public for value in values_in(thing)), kept, by_made)
    if any(id(value) not in kept for value in ledger):
        _keep(anywhere_in([*private, *spoken_of]), kept, by_made)
    lost = [value for value in ledger if id(value) not in kept]
    within = {id(inner) for value in lost for inner in anywhere_in(_arguments(value))}
    within |= {id(by_made[id(base)]) for value in lost for base in _bases(value, by_made)}
    return [value for value in lost if id(value) not in within]


def lost_finding(value: Value) -> Finding:
    """What to say of a lost value."""
    kind = with_article(type(value).__name__)
    return Finding(
        "value-lost",
        f"{name_of(value)} is {kind} that is constructed and then lost",
        origin_of(value),
        "bind it to a name of its own at the top level, or use it in a value that is bound",
        name_of(value),
    )


def unused_finding(name: str, value: Value, *, shown: bool = False) -> Finding:
    """What to say of a part that a file binds and nothing uses; shown: that a board could hold it.

    A file that writes a board says itself what stands on it; only without one it is made.
    """
    kind = with_article(type(value).__name__)
    why = "stands on no board of this file" if shown else "no other value uses"
    put = "put it into a row of the Dashboard" if shown else "use it"
    return Finding(
        "value-unused",
        f"{name} is {kind} that {why}, so nothing becomes of it",
        origin_of(value),
        f"{put}, delete it, or begin its name with _ if it is a template",
        name,
    )


def _bases(value: Value, by_made: dict[int, Value]) -> Iterator[object]:
    base = made_of(value).base
    while base is not None and id(base) in by_made:
        yield base
        base = base.base


def _keep(values: Iterable[Value], kept: set[int], by_made: dict[int, Value]) -> None:
    stack = list(values)
    while stack:
        value = stack.pop()
        if id(value) in kept:
            continue
        kept.add(id(value))
        stack += parts_of(value)
        base = made_of(value).base
        if base is not None and id(base) in by_made:
            stack.append(by_made[id(base)])


def anywhere_in(things: Iterable[object]) -> Iterator[Value]:
    """The values in any kind of thing: defaults of functions, closures, whatever holds others."""
    seen: set[int] = set()
    stack = list(things)
    while stack:
        thing = stack.pop()
        if id(thing) in seen or isinstance(thing, _CLOSED):
            continue
        seen.add(id(thing))
        if isinstance(thing, Value):
            yield thing
        stack += _held_by(thing)


def _held_by(thing: object) -> Iterable[object]:
    if thing is None or isinstance(thing, str | bytes | int | float):
        return ()
    if isinstance(thing, Value):
        return _arguments(thing)
    if isinstance(thing, types.FunctionType):
        cells = [cell.cell_contents for cell in thing.__closure__ or () if cell != types.CellType()]
        return [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values(), *cells]
    if isinstance(thing, functools.partial):
        return [thing.func, *thing.args, *thing.keywords.values()]
    return gc.get_referents(thing)


def _arguments(value: Value) -> list[object]:
    return [getattr(value, name) for name in signature_of(type(value)).arguments]
