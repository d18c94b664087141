"""The metrics that our own services show, declared by type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from giggamon_compiler.model.value import Value

__all__ = ["Counter", "Gauge", "Histogram", "Signal", "Summary"]

Signal = Literal["requests", "errors", "duration", "saturation"]


@dataclass(frozen=True, slots=True)
class Counter(Value):
    """A metric that only grows.

    labels: each label with sample values; signal: what the metric tells about the service
    errors: the matchers that pick the failures of a `requests` signal
    """

    name: str
    _: KW_ONLY
    help: str
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signal: Signal | None = None
    errors: str | None = None


@dataclass(frozen=True, slots=True)
class Gauge(Value):
    """A metric that goes up and down; labels: each label with sample values."""

    name: str
    _: KW_ONLY
    help: str
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class Histogram(Value):
    """A classic histogram, declared by its base name.

    buckets: the upper bounds as the exposition spells them, without +Inf
    """

    name: str
    _: KW_ONLY
    help: str
    buckets: Sequence[str]
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class Summary(Value):
    """A summary, declared by its base name; quantiles: as the exposition spells them."""

    name: str
    _: KW_ONLY
    help: str
    quantiles: Sequence[str] = ()
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signal: Signal | None = None


Metric = Counter | Gauge | Histogram | Summary
