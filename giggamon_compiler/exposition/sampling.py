"""Fewer series of a metric, chosen so that a catalogue stays short and loses no label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from giggamon_compiler.exposition.metrics import Exposition, Family, Series, own_label

# Lines that a metric may take: more than any metric needs whose labels name kinds of things.
MOST = 200

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A metric of which some series were left out."""

    name: str
    left: int
    all: int


def sample(exposition: Exposition, most: int = MOST) -> tuple[Exposition, tuple[LeftOut, ...]]:
    """The exposition with at most so many series of each metric, and what was left out of which.

    Series are kept whole with all buckets or quantiles, at least one such set; first those that
    show a label or a value that none before them has.
    """
    families, left = [], []
    for family in exposition.families:
        fewer = _sample_family(family, most)
        families.append(fewer)
        if len(fewer.series) < len(family.series):
            lost = len(family.series) - len(fewer.series)
            left.append(LeftOut(family.name, lost, len(family.series)))
    return replace(exposition, families=tuple(families)), tuple(left)


def _sample_family(family: Family, most: int) -> Family:
    writable = [it for it in family.series if _is_writable(it)]
    if len(writable) <= most:
        return replace(family, series=tuple(writable))
    own = own_label(family.kind)
    sets: dict[Labels, list[Series]] = {}
    for series in writable:
        shared = tuple(label for label in series.labels if label[0] != own)
        sets.setdefault(shared, []).append(series)
    largest = max(map(len, sets.values()))
    chosen = list(_chosen(sorted(sets), max(1, most // largest)))
    return replace(family, series=tuple(series for key in chosen for series in sets[key]))


def _chosen(keys: list[Labels], room: int) -> Iterator[Labels]:
    """The first of those that show something new."""
    seen: set[tuple[str, str]] = set()
    for index, key in enumerate(keys):
        if room and (index == 0 or not seen.issuperset(key)):
            seen.update(key)
            room -= 1
            yield key


def _is_writable(series: Series) -> bool:
    """Whether a line of text can hold it: the format has no escape for a carriage return."""
    return not any("\r" in value or "\0" in value for _, value in series.labels)
