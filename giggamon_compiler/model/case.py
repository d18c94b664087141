"""Tests of alerts and routes as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field

from giggamon_compiler.model.notify import Receiver
from giggamon_compiler.model.rule import Alert
from giggamon_compiler.model.slo import SLO
from giggamon_compiler.model.team import Severity
from giggamon_compiler.model.value import Value


@dataclass(frozen=True, slots=True)
class AlertTest(Value):
    """An incident replayed: which alerts fire when, on which samples.

    target: the alert, or an objective together with the `severity` of its fast or slow alert
    series: samples in promtool's notation, one each `interval`, the first at 0
    quiet: times at which nothing of this alert fires
    fires: times at which exactly these alerts fire: their labels as given, plus those that the
    compiler puts (alertname, service, team, severity, and slo)
    annotations: the annotations, as they read, that every alert of `fires` has
    """

    target: Alert | SLO
    _: KW_ONLY
    series: Mapping[str, str]
    severity: Severity | None = None
    quiet: Sequence[str] = ()
    fires: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    interval: str = "1m"


@dataclass(frozen=True, slots=True)
class RouteTest(Value):
    """An alert with these labels notifies exactly these channels, such as `commerce.page`."""

    labels: Mapping[str, str]
    _: KW_ONLY
    notifies: Sequence[Receiver | None]
