"""Probes: what is asked from outside, through the blackbox exporter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from giggamon_compiler.model.value import Value

Prober = Literal["http", "tcp", "dns", "icmp", "grpc"]


@dataclass(frozen=True, slots=True)
class Module(Value):
    """A way of asking: a module of the blackbox exporter. Several probes may use one.

    prober: the protocol; http, tcp, dns, icmp, grpc: the settings of the prober of that name, in
        the exporter's own words, such as {"valid_status_codes": [200], "fail_if_not_ssl": True}
    timeout: how long it waits; the time of the scrape, less half a second, where that is shorter
    """

    name: str
    _: KW_ONLY
    prober: Prober
    timeout: str | None = None
    http: Mapping[str, object] = field(default_factory=dict)
    tcp: Mapping[str, object] = field(default_factory=dict)
    dns: Mapping[str, object] = field(default_factory=dict)
    icmp: Mapping[str, object] = field(default_factory=dict)
    grpc: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Probe(Value):
    """A scrape job that asks each target through the blackbox exporter (`Environment.blackbox`).

    name: of the job; the series' `instance` is the target
    targets: what the module's prober asks: "https://shop.example/" for http, "host:port" for tcp
        and grpc, a host for icmp, a server of names for dns
    interval: the policy's where it is left out; timeout: of the scrape
    catalogue: the recorded exposition of such a probe, a file of `catalogue/` without `.prom`
    """

    name: str
    _: KW_ONLY
    module: Module
    targets: Sequence[str]
    interval: str | None = None
    timeout: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    catalogue: str | None = None
