"""Probes as scrape jobs, and the modules of the blackbox exporter that they name.

Source: the blackbox exporter's README, "Prometheus Configuration".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giggamon_compiler import ir
from giggamon_compiler.model.definitions import Definitions
from giggamon_compiler.model.probe import Module, Probe
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.value import origin_of

_PATH = "/probe"
_PROBERS = ("http", "tcp", "dns", "icmp", "grpc")


def lower_probe(service: Service, probe: Probe, exporter: str | None) -> ir.ScrapeJob:
    """A scrape job of the exporter; without an exporter its address is empty."""
    return ir.ScrapeJob(
        probe.name,
        tuple(probe.targets),
        dict(probe.labels),
        probe.interval,
        probe.timeout,
        _PATH,
        owner=service.name,
        catalogue=probe.catalogue,
        probing=ir.Probing(probe.module.name, exporter or ""),
        origin=origin_of(probe),
    )


def lower_blackbox(definitions: Definitions) -> ir.Blackbox | None:
    """The exporter's configuration; None where nothing is probed."""
    modules = [module for _, module in definitions.of(Module)]
    if not modules:
        return None
    lowered = sorted(map(_lower_module, modules), key=lambda module: module.name)
    return ir.Blackbox(tuple(lowered), origin=origin_of(modules[0]))


def _lower_module(module: Module) -> ir.Module:
    given = ((prober, getattr(module, prober)) for prober in _PROBERS)
    settings = {prober: _tree(setting) for prober, setting in given if setting}
    return ir.Module(module.name, module.prober, module.timeout, settings, origin=origin_of(module))


def _tree(value: object) -> ir.Tree:
    """A setting as YAML has it."""
    if value is None:
        return ir.Plain("null")
    if isinstance(value, bool):
        return ir.Plain("true" if value else "false")
    if isinstance(value, (int, float)):
        return ir.Plain(str(value))
    if isinstance(value, Mapping):
        return {str(key): _tree(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_tree(item) for item in value]
    return str(value)
