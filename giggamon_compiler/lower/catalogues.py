"""Recorded expositions: which metrics an exporter has, with the labels that were seen on each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from giggamon_compiler import ir
from giggamon_compiler.exposition import Family, own_label
from giggamon_compiler.findings import Place
from giggamon_compiler.model.definitions import Catalogue, Definitions

# What the comments at the head of a catalogue say, a word and a text.
_SAID = re.compile(r"(exporter|version|recorded by): (.+)")
_REPLACED = re.compile(r"(?m)^replaced: the values of (\w+(?:,\s\w+)*)$")
_LEFT_OUT = re.compile(r"(?m)^left out: .* of (\S+)$")


def lower_catalogues(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add the catalogues."""
    named = sorted(definitions.catalogues.items())
    return replace(program, catalogues=tuple(_lower(name, it) for name, it in named))


def _lower(name: str, catalogue: Catalogue) -> ir.Catalogue:
    matches = map(_SAID.fullmatch, catalogue.exposition.comments)
    said = {str(match[1]): str(match[2]) for match in matches if match is not None}
    head = "\n".join(catalogue.exposition.comments)
    families = catalogue.exposition.families
    return ir.Catalogue(
        f"catalogue/{name}",
        said.get("exporter"),
        said.get("version"),
        said.get("recorded by"),
        {family.name: _expose(family) for family in families},
        sum(len(family.series) for family in families),
        tuple(label for found in _REPLACED.findall(head) for label in re.split(r",\s", found)),
        tuple(_LEFT_OUT.findall(head)),
        Place(catalogue.file, 1, 1, 1, 1),
    )


def _expose(family: Family) -> ir.Exposed:
    values: dict[str, dict[str, None]] = {}
    for series in family.series:
        for label, value in series.labels:
            values.setdefault(label, {})[value] = None
    own = tuple(values.pop(own_label(family.kind) or "", ()))
    return ir.Exposed(
        family.kind,
        {label: _in_order(its) for label, its in sorted(values.items())},
        own if family.kind == "histogram" else (),
        own if family.kind == "summary" else (),
    )


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(values))
