"""Alerts and recordings as rules, in groups."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from textwrap import dedent

from giggamon_compiler import ir
from giggamon_compiler.lower.labels import Addresses, link_annotations, owned_labels
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.rule import Alert, Group, Record
from giggamon_compiler.model.service import Service
from giggamon_compiler.model.team import Labels
from giggamon_compiler.model.value import origin_of
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.selectors import metric_of, selectors

_METRIC_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")


def lower_rules(definitions: Definitions, program: ir.Program) -> ir.Program:
    """Add a group for each written one, and one named after the service for all other rules."""
    groups = list(program.groups)
    environment = definitions.environment
    names = definitions.label_names
    addresses = Addresses(program)
    for file, service in definitions.of(Service):

        def lower_rule(
            rule: Alert | Record, file: DefinitionFile = file, service: Service = service
        ) -> ir.Rule:
            if isinstance(rule, Record):
                return lower_record(rule, service)
            alert = lower_alert(rule, service, names)
            board = addresses.find(file.name, (alert.identity,), rule.expr)
            links = link_annotations(rule.name, file, environment, board)
            return replace(alert, annotations={**links, **alert.annotations})

        written = list(file.of(Group))
        grouped = {id(rule) for group in written for rule in group.rules}
        loose = (value for _, value in file.values if id(value) not in grouped)
        rules = order_rules(lower_rule(rule) for rule in loose if isinstance(rule, Record | Alert))
        if rules:
            groups.append(ir.Group(file.name, service.name, rules, origin=origin_of(service)))
        for group in written:
            groups.append(lower_group(file, group, tuple(map(lower_rule, group.rules))))
    return replace(program, groups=tuple(sorted(groups, key=lambda it: (it.file, it.name))))


def lower_group(file: DefinitionFile, group: Group, rules: tuple[ir.Rule, ...]) -> ir.Group:
    """A written group, with its rules in the order that was written."""
    return ir.Group(
        file.name,
        group.name,
        rules,
        group.interval,
        None if group.limit is None else str(group.limit),
        group.query_offset,
        dict(group.labels),
        origin=origin_of(group),
    )


def lower_record(record: Record, service: Service) -> ir.Rule:
    """A recording rule: the compiler adds no label to it."""
    return ir.Rule(
        "record",
        record.name,
        ir.Query(unindent(record.expr), origin_of(record, "expr")),
        labels=dict(record.labels),
        owner=service.name,
        was=record.was,
        origin=origin_of(record),
    )


def lower_alert(alert: Alert, service: Service, names: Labels) -> ir.Rule:
    """An alerting rule, with the labels of service, team and severity.

    A label that the alert states itself is kept as written: a check compares it.
    """
    texts = {"summary": alert.summary, "description": alert.description}
    given = {name: text for name, text in texts.items() if text is not None}
    return ir.Rule(
        "alert",
        alert.name,
        ir.Query(unindent(alert.expr), origin_of(alert, "expr")),
        alert.for_,
        alert.keep_firing_for,
        {**owned_labels(service, alert.severity, names), **alert.labels},
        {**given, **alert.annotations},
        owner=service.name,
        severity=alert.severity.name if alert.severity else None,
        was=alert.was,
        origin=origin_of(alert),
    )


def unindent(expression: str) -> str:
    """An expression without the indentation of the definition that it stands in.

    White space means nothing to PromQL but in a string, and only a raw string may span lines.
    """
    if "`" in expression:
        return expression
    return dedent(expression).strip()


def order_rules(rules: Iterable[ir.Rule]) -> tuple[ir.Rule, ...]:
    """Recordings before what reads them, then by kind and name, so that the order is always one."""
    by_name = sorted(rules, key=lambda rule: (rule.kind != "record", rule.name))
    writers: dict[str, set[int]] = {}
    for index, rule in enumerate(by_name):
        if rule.kind == "record":
            writers.setdefault(rule.name, set()).add(index)
    graph = {}
    for index, rule in enumerate(by_name):
        read = metrics_read(rule.query.text, writers)
        if read:
            graph[index] = {other for name in read for other in writers[name]} - {index}
    if not graph:
        return tuple(by_name)
    try:
        return tuple(by_name[index] for index in _stable_order(graph, len(by_name)))
    except CycleError:  # two recordings that read each other: any order is as good
        return tuple(by_name)


def metrics_read(expression: str, known: Collection[str]) -> set[str]:
    """Those of the known metrics that an expression reads.

    Most read none and hold no word like it; one that cannot be read counts by its words.
    """
    words = {match.group() for match in _METRIC_NAME.finditer(expression)}.intersection(known)
    tree = parse(expression).tree if words else None
    if tree is None:
        return words
    return {name for it in selectors(tree) if (name := metric_of(it)) is not None and name in known}


def _stable_order(graph: dict[int, set[int]], count: int) -> Iterator[int]:
    sorter = TopologicalSorter({index: graph.get(index, set()) for index in range(count)})
    sorter.prepare()
    ready = sorted(sorter.get_ready())
    while ready:
        first = ready.pop(0)
        yield first
        sorter.done(first)
        ready = sorted([*ready, *sorter.get_ready()])
