"""What stands under a public name and is not read for its values: only lists and dicts are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from giggamon_compiler.findings import Finding
from giggamon_compiler.load.ledger import anywhere_in
from giggamon_compiler.load.source import Source, Span, place_of
from giggamon_compiler.load.syntax import Parsed
from giggamon_compiler.load.vocabulary import named_things
from giggamon_compiler.load.wording import with_article
from giggamon_compiler.model.value import Value

_PLAIN = (str, bytes, int, float, type(None), Value)


@dataclass(frozen=True, slots=True)
class Holder:
    """A thing under a public name: where it stands below that name, and where the name is."""

    name: str
    thing: object
    span: Span


def unread_holders(parsed: Parsed, namespace: dict[str, object]) -> Iterator[Holder]:
    """The iterators and containers under public names whose values nobody would see.

    Functions are none of them: what only a function holds is looked for in the ledger.
    """
    for bound, span in parsed.own.items():
        if bound.startswith("_"):
            continue
        for name, thing in named_things(bound, namespace.get(bound)):
            if isinstance(thing, _PLAIN) or callable(thing):
                continue
            if isinstance(thing, Iterator) or any(True for _ in anywhere_in([thing])):
                yield Holder(name, thing, span)


def holder_finding(source: Source, holder: Holder) -> Finding:
    """What to say of a holder that is not read."""
    name, kind = holder.name, type(holder.thing).__name__
    if isinstance(holder.thing, Iterator):
        message = f"{name} is {with_article(kind)} that nobody runs, so it holds nothing"
    elif isinstance(holder.thing, set | frozenset):
        message = f"{name} is a set, so its values have no order"
    else:
        message = f"{name} is {with_article(kind)}, and only lists and dicts are read for values"
    advice = "make it a list: write […] around it"
    if not isinstance(holder.thing, Iterator | set | frozenset):
        advice = "make it a list, […], or a dict, {…}"
    return Finding("value-lost", message, place_of(source, holder.span), advice, name)
