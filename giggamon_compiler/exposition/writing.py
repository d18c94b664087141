"""Metrics to text, in one order, so that what is recorded again differs only where it differs."""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.exposition.metrics import Exposition, Family, Series, own_label

_LABEL = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_HELP = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": " "})


def write(exposition: Exposition) -> str:
    """The text: comments, then the metrics by name. Every value is 0, as none is kept."""
    lines = [f"# {comment}".rstrip() for comment in exposition.comments]
    for family in sorted(exposition.families, key=lambda it: it.name):
        lines += _lines(family)
    return "".join(f"{line}\n" for line in lines)


def _lines(family: Family) -> Iterator[str]:
    if family.help:
        yield f"# HELP {family.name} {family.help.translate(_HELP)}"
    yield f"# TYPE {family.name} {family.kind}"
    own = own_label(family.kind)
    for series in sorted(family.series, key=lambda it: _order(it, own)):
        labels = ",".join(f'{name}="{value.translate(_LABEL)}"' for name, value in series.labels)
        yield f"{series.name}{{{labels}}} 0" if labels else f"{series.name} 0"


def _order(series: Series, own: str | None) -> tuple[object, ...]:
    """By labels that are not of its kind, then buckets or quantiles by size, before the sums."""
    shared = tuple(label for label in series.labels if label[0] != own)
    size = next((value for name, value in series.labels if name == own), None)
    return shared, size is None, _number(size), size or "", series.name


def _number(text: str | None) -> float:
    try:
        return float(text or "nan") if text else 0.0
    except ValueError:
        return 0.0
