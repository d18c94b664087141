"""What an exposition shows: metrics with their series. What each series counted is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["counter", "gauge", "histogram", "summary", "untyped"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line; name: as it stands there ("request_seconds_bucket"); labels: sorted by name."""

    name: str
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """A metric; of a histogram or summary `name` lacks the ends of its series' names."""

    name: str
    kind: Kind
    help: str = ""
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposition:
    """comments: lines that begin with `#` and are neither HELP nor TYPE, without that sign."""

    families: tuple[Family, ...] = ()
    comments: tuple[str, ...] = ()


_OWN: dict[Kind, str] = {"histogram": "le", "summary": "quantile"}


def own_label(kind: Kind) -> str | None:
    """The label that the kind of a metric puts on its series."""
    return _OWN.get(kind)
