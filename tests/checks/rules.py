"""Rules as a file of somebody else holds them, and what a check of queries says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from giggamon_compiler.findings import FilePlace, Finding, Origin, TextFile, Within
from giggamon_compiler.ir import Environment, Group, Policy, Program, Query, Rule
from giggamon_compiler.queries import read_queries

FILE = TextFile("rules.yml", "")


def alert(expr: str, **labels: str) -> Rule:
    """An alert called Broken."""
    return Rule("alert", "Broken", Query(expr, _place("expr")), labels=labels, origin=_place())


def record(name: str, expr: str, **labels: str) -> Rule:
    """A recording."""
    return Rule("record", name, Query(expr, _place("expr")), labels=labels, origin=_place())


def find(
    check: str,
    *rules: Rule | str,
    labels: Mapping[str, str] | None = None,
    query_offset: str | None = None,
    prometheus: str | None = None,
) -> list[Finding]:
    """What a check finds in a group of rules; a text is the expression of an alert.

    prometheus: the version that a house declares; None: these are a file of somebody else
    """
    group = Group(
        "rules",
        "group",
        tuple(alert(rule) if isinstance(rule, str) else rule for rule in rules),
        query_offset=query_offset,
        labels=labels or {},
        origin=FilePlace(FILE, ("groups", 0)),
    )
    declared = policy = None
    if prometheus is not None:
        place = FilePlace(TextFile("environment", ""))
        declared = Environment("environment", "production", prometheus, "0.25", "35d", place)
        policy = Policy("policy", (), "warning", "platform", {})
    program = Program(groups=(group,), environment=declared, policy=policy)
    module = import_module(f"giggamon_compiler.checks.{check.replace('-', '_')}")
    found = [it for query in read_queries(program) for it in module.check_query(query)]
    assert all(it.id == check and it.help and it.subject for it in found)
    return found


def underlined(*findings: Finding) -> Sequence[str]:
    """The characters that each finding speaks of."""
    return [_characters(finding.origin) for finding in findings]


def causes(finding: Finding) -> Sequence[tuple[str, str]]:
    """The notes of a finding: what they say, and the characters that they speak of."""
    return [(note.message, _characters(note.origin)) for note in finding.notes]


def _characters(origin: Origin) -> str:
    if isinstance(origin, Within):
        return origin.text[origin.start : origin.end]
    assert isinstance(origin, FilePlace), origin
    return "/".join(map(str, origin.path))


def _place(*path: str) -> FilePlace:
    return FilePlace(FILE, ("groups", 0, "rules", 0, *path))
