"""The rules that an alert needs, directly and through recordings, in the order of their evaluation.

An expression is not read here, only its words: a recording is needed where its name stands, unless
every selector of that name asks for another value of a label that the recording sets. What is
needed too much costs time, and changes no alert.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from giggamon_compiler.ir import Group, Rule
from giggamon_compiler.judges.go_text import QUOTED, unquote

# A rule by the numbers of its group and of its place there.
Key = tuple[int, int]

_WORD = re.compile(r"(?<![\w:])([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\s*\{([^{}]*)\})?")
_MATCHER = re.compile(rf"\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*({QUOTED})\s*,?")
_MATCHERS = re.compile(rf"(?:{_MATCHER.pattern})*\s*")
_PAST = re.compile(r"[\[@]|\boffset\b", re.IGNORECASE)
_ALERT_METRICS = frozenset({"ALERTS", "ALERTS_FOR_STATE"})


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Groups of rules, and where to find the rules of a name.

    by_label: the same by name, label and value, None for those without that label, so that one
    objective's recordings are found among those of all objectives
    """

    groups: Sequence[Group]
    by_name: Mapping[str, Sequence[Key]]
    by_label: Mapping[tuple[str, str, str | None], Sequence[Key]]

    def rule(self, key: Key) -> Rule:
        """The rule of a key."""
        return self.groups[key[0]].rules[key[1]]

    def closure(self, wanted: Iterable[Key]) -> Mapping[Key, frozenset[Key]]:
        """The wanted rules and all that they need: what each of them needs itself."""
        needs: dict[Key, frozenset[Key]] = {}
        waiting = list(wanted)
        while waiting:
            key = waiting.pop()
            if key not in needs:
                needs[key] = frozenset(self._needs(key))
                waiting += needs[key]
        return needs

    def _needs(self, key: Key) -> Iterator[Key]:
        rule = self.rule(key)
        templates = (text for text in rule.annotations.values() if "{{" in text)
        for text in (rule.query.text, *templates):
            selectors = _selectors(text)
            reads_alerts = not _ALERT_METRICS.isdisjoint(selectors)
            for name, asked in selectors.items():
                for other in self.by_name.get(name, ()) and self._candidates(name, asked):
                    if other != key and (reads_alerts or self.rule(other).kind == "record"):
                        yield other

    def _candidates(self, name: str, asked: Sequence[Mapping[str, str]]) -> Iterator[Key]:
        """The rules of a name that one of the selectors can choose."""
        for pairs in asked:
            found = [
                [*self.by_label.get((name, label, value), ()), *self.by_label[name, label, None]]
                for label, value in pairs.items()
                if (name, label, None) in self.by_label
            ]
            for key in min(found, key=len, default=self.by_name[name]):
                if _can_match(_labels_of(self.groups[key[0]], self.rule(key)), pairs):
                    yield key

    def remembers(self, wanted: Iterable[Key]) -> bool:
        """Whether what the rules say at a time may rest on what they said before it.

        They do if one waits or keeps firing, or may read the past of another, or reads one that
        comes after it. In doubt they do: an expression is not read here.
        """
        needs = self.closure(wanted)
        for key, needed in needs.items():
            rule = self.rule(key)
            words = _selectors(rule.query.text).keys()
            if rule.for_ or rule.keep_firing_for or words & {rule.name, *_ALERT_METRICS}:
                return True
            if needed and _PAST.search(rule.query.text):
                return True
            if any(group == key[0] and place > key[1] for group, place in needed):
                return True
        groups: dict[int, set[int]] = defaultdict(set)
        for (group, _), needed in needs.items():
            groups[group] |= {other for other, _ in needed if other != group}
        try:
            TopologicalSorter(groups).prepare()
        except CycleError:
            return True
        return False

    def excerpt(self, needs: Mapping[Key, frozenset[Key]]) -> list[Group]:
        """The groups with the needed rules alone, those that are read before those that read."""
        edges: dict[int, set[int]] = defaultdict(set)
        for (group, _), needed in needs.items():
            edges[group] |= {other for other, _ in needed if other != group}
        try:
            order = list(TopologicalSorter(edges).static_order())
        except CycleError:  # two groups that read each other: each sees the other's last values
            order = sorted(edges)
        return [
            replace(
                self.groups[number],
                rules=tuple(
                    rule
                    for place, rule in enumerate(self.groups[number].rules)
                    if (number, place) in needs
                ),
            )
            for number in order
        ]


def make_rulebook(groups: Sequence[Group]) -> Rulebook:
    """The book of some groups."""
    by_name: dict[str, list[Key]] = defaultdict(list)
    by_label: dict[tuple[str, str, str | None], list[Key]] = {}
    for number, group in enumerate(groups):
        for place, rule in enumerate(group.rules):
            by_name[rule.name].append((number, place))
    for name, keys in by_name.items():
        sets = {key: _labels_of(groups[key[0]], groups[key[0]].rules[key[1]]) for key in keys}
        names = {label for labels in sets.values() for label in labels}
        for label in names:
            by_label[name, label, None] = []
            for key, labels in sets.items():
                by_label.setdefault((name, label, labels.get(label)), []).append(key)
    return Rulebook(groups, by_name, by_label)


def _labels_of(group: Group, rule: Rule) -> Mapping[str, str]:
    return {**group.labels, **rule.labels} if rule.kind == "record" else {}


@lru_cache(maxsize=4096)
def _selectors(text: str) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """Each word of an expression, with the equalities that stand in braces after it, by occurrence.

    Inside a text in quotes a word is a word too: an alert's name in `ALERTS{alertname="…"}`.
    """
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for match in _WORD.finditer(text):
        found[match[1]].append(_equalities(match[2] or ""))
        for inner in _WORD.finditer(match[2] or ""):
            found[inner[1]].append({})
    return found


def _equalities(matchers: str) -> Mapping[str, str]:
    """The values that plain matchers ask for; nothing of what is written in any other way."""
    if not _MATCHERS.fullmatch(matchers):
        return {}
    parts = (match.groups() for match in _MATCHER.finditer(matchers))
    return {name: unquote(value) for name, operator, value in parts if operator == "="}


def _can_match(labels: Mapping[str, str], pairs: Mapping[str, str]) -> bool:
    """Whether a series with these labels, and others, can have these values."""
    return all(labels.get(name, value) == value for name, value in pairs.items())
