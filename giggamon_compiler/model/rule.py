"""Rules as people write them: alerts, recordings, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from giggamon_compiler.model.team import Severity
from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class Alert(Value):
    """An alerting rule of Prometheus.

    expr: PromQL; every series that it returns is an alert
    for_: how long that must last; keep_firing_for: how long the alert outlives it
    severity: decides who is told, and how fast
    summary, description: templates of Prometheus, the annotations of these names
    labels, annotations: more of them; the compiler adds service, team, severity and the links
    was: the former name, where the alert was renamed
    """

    name: str
    _: KW_ONLY
    expr: str
    for_: str | None = None
    keep_firing_for: str | None = None
    severity: Severity | None = None
    summary: str | None = None
    description: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Record(Value):
    """A recording rule of Prometheus; name: the metric that it writes; was: its former name."""

    name: str
    _: KW_ONLY
    expr: str
    labels: Mapping[str, str] = field(default_factory=dict)
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Group(Value):
    """Rules that are evaluated one after the other, in this order, at one time.

    interval: the policy's evaluation interval where it is left out
    limit: the most alerts or series that a rule may return
    query_offset: how far in the past the rules look; labels: put on all of them
    """

    name: str
    _: KW_ONLY
    rules: Sequence[Alert | Record]
    interval: str | None = None
    limit: int | None = None
    query_offset: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
