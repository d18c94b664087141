"""Groups and rules as the raw tree of a rule file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from giggamon_compiler.ir import Group, Plain, Rule, Tree
from giggamon_compiler.targets.shape import present

_NUMBER = re.compile("-?[0-9]+")


def group_tree(group: Group) -> Tree:
    """A group as it stands in a rule file."""
    fields = {
        "name": group.name,
        "interval": group.interval,
        "limit": _emit_number(group.limit),
        "query_offset": group.query_offset,
        "labels": _emit_map(group.labels),
        "rules": [_emit_rule(rule) for rule in group.rules] or None,
    }
    return present(fields, group.rest)


def _emit_rule(rule: Rule) -> Tree:
    fields = {
        rule.kind: rule.name,
        "expr": rule.query.text,
        "for": rule.for_,
        "keep_firing_for": rule.keep_firing_for,
        "labels": _emit_map(rule.labels),
        "annotations": _emit_map(rule.annotations),
    }
    return present(fields, rule.rest)


def _emit_number(text: str | None) -> str | None:
    """A number stands without quotes; what is none is kept as it is, for a judge to refuse."""
    return Plain(text) if text and _NUMBER.fullmatch(text) else text


def _emit_map(texts: Mapping[str, str]) -> dict[str, str] | None:
    return dict(sorted(texts.items())) or None
