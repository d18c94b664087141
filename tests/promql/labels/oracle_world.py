"""Worlds: series for the selectors of an expression, drawn at random from a seed.

A style says how the series of a world lie to one another: `one` series a selector, a `grid` on
which all selectors vary in the same label, or `wild`. In a `full` world every series carries every
label that the expression names, but for what its matchers forbid; in a `ragged` one, some of them.
Native histograms have no label `le`: as everywhere, it is the bound of a classic bucket.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr, LabelMatcher, VectorSelector
from giggamon_compiler.promql.walk import children
from tests.promql.labels.oracle_regex import matches, samples
from tests.promql.labels.oracle_text import INSTANT
from tests.promql.labels.oracle_write import Histogram, Series

NAME = "__name__"
STYLES = ("one", "one", "grid", "grid", "wild")
_BUCKETS = ("0.1", "1", "10", "+Inf")
_AGO = (*range(660, 0, -60), 30, 15, 0)  # seconds
_RATES = frozenset({"rate", "irate", "increase", "resets"})
_LABEL_ARGUMENTS = {"label_replace": (1, 3), "label_join": (1,), "sort_by_label": ()}
_PLAIN = ("v1", "v2", "v3")


@dataclass(slots=True)
class Use:
    """A selector and what stands above it: offsets in milliseconds, names of functions and ops."""

    selector: VectorSelector
    offset: int
    above: frozenset[str]


@dataclass(slots=True)
class Drawn:
    """What an expression speaks of, gathered from its tree.

    values: of each label, what the expression compares it with, and what it does not
    """

    uses: list[Use] = field(default_factory=list)
    values: dict[str, set[str]] = field(default_factory=dict)
    numbers: set[float] = field(default_factory=lambda: {0.0, 1.0, 5.0})

    def speak(self, label: str) -> set[str]:
        """The values of a label, which is spoken of from now on."""
        return self.values.setdefault(label, set(_PLAIN))


def survey(tree: Expr) -> Drawn:
    """What an expression speaks of."""
    drawn = Drawn()
    waiting: list[tuple[Expr, int, frozenset[str]]] = [(tree, 0, frozenset())]
    while waiting:
        node, offset, above = waiting.pop()
        marks = above
        match node:
            case VectorSelector():
                own = node.offset.milliseconds if node.offset else 0
                drawn.uses.append(Use(node, 0 if node.at else offset + own, above))
            case nodes.SubqueryExpr():
                own = node.offset.milliseconds if node.offset else 0
                offset = own if node.at else offset + own
            case nodes.NumberLiteral():
                drawn.numbers.add(node.value)
            case nodes.Call():
                marks = above | {node.func}
                if node.func in ("time", "timestamp"):
                    drawn.numbers.add(float(INSTANT - 100))
            case nodes.BinaryExpr() if node.op in ("unless", "or"):
                waiting += [(node.lhs, offset, above | {f"left of {node.op}"})]
                waiting += [(node.rhs, offset, above | {f"right of {node.op}"})]
        _speak(node, drawn)
        if not isinstance(node, nodes.BinaryExpr) or node.op not in ("unless", "or"):
            waiting += [(child, offset, marks) for child in children(node)]
    drawn.values.pop(NAME, None)
    return drawn


def _speak(node: Expr, drawn: Drawn) -> None:
    """Note the labels and values that a node names."""
    match node:
        case VectorSelector():
            for matcher in node.matchers:
                drawn.speak(matcher.name).update(_texts(matcher))
        case nodes.AggregateExpr():
            for label in node.grouping.labels if node.grouping else ():
                drawn.speak(label.name)
            if node.op == "count_values" and isinstance(node.param, nodes.StringLiteral):
                drawn.speak(node.param.value)
        case nodes.BinaryExpr() if node.matching:
            for label in (*node.matching.labels, *node.matching.include):
                drawn.speak(label.name)
        case nodes.Call():
            _speak_call(node, drawn)


def _speak_call(node: nodes.Call, drawn: Drawn) -> None:
    texts = [it.value if isinstance(it, nodes.StringLiteral) else "" for it in node.args]
    if node.func == "label_replace" and len(texts) == 5:
        drawn.speak(texts[1])
        drawn.speak(texts[3]).update(samples(texts[4]))
    elif node.func == "label_join":
        for name in (texts[1], *texts[3:]):
            drawn.speak(name)
    elif node.func in ("sort_by_label", "sort_by_label_desc"):
        for name in texts[1:]:
            drawn.speak(name)
    elif node.func.startswith("histogram_quantile"):
        drawn.speak("le")
    elif node.func == "info":
        drawn.speak("job").add("shop")
        drawn.speak("instance").add("a:1")


def _texts(matcher: LabelMatcher) -> tuple[str, ...]:
    if matcher.op in ("=", "!="):
        return (matcher.value,) if matcher.value else ()
    return tuple(text for text in samples(matcher.value) if text)


def accepts(matcher: LabelMatcher, value: str) -> bool:
    """Whether a matcher lets a value pass; a missing label has the empty value."""
    if matcher.op in ("=", "!="):
        return (value == matcher.value) == (matcher.op == "=")
    return matches(matcher.value, value) == (matcher.op == "=~")


class World:
    """One world of an expression; `series` are its series, `labels` what those of a name carry."""

    def __init__(self, tree: Expr, seed: str, *, full: bool) -> None:
        self.rng = random.Random(seed)
        self.full = full
        self.drawn = survey(tree)
        self.style = self.rng.choice(STYLES)
        self.labels = sorted(filter(None, {*self.drawn.values, "zone"}))
        if self.rng.random() < 0.1:  # what says of which type a metric is, since 3.5
            self.labels += ["__type__", "__unit__"]
        self.pool = {
            name: sorted(self.drawn.values.get(name, _PLAIN), key=lambda text: (len(text), text))[
                :9
            ]
            for name in self.labels
        }
        self.base = {name: self._base(name) for name in self.labels}
        self.varied = self.rng.sample(self.labels, min(len(self.labels), self.rng.randint(1, 2)))
        self._made: dict[tuple[tuple[str, str], ...], Series] = {}
        for use in self.drawn.uses:
            self._add(use)
        self.series = list(self._made.values())

    def _base(self, label: str) -> str:
        """A value that suits as many selectors as possible."""
        wanted = [
            [it for it in use.selector.matchers if it.name == label] for use in self.drawn.uses
        ]
        wanted = [matchers for matchers in wanted if matchers]
        values = self.rng.sample(self.pool[label], len(self.pool[label]))
        return max(
            values, key=lambda value: sum(all(accepts(it, value) for it in own) for own in wanted)
        )

    def _add(self, use: Use) -> None:
        names = self._names(use.selector)
        gone = {"absent", "absent_over_time"} & use.above
        chance = 0.6 if gone else 0.25 if {"left of or", "right of unless"} & use.above else 0.03
        if not names or self.rng.random() < chance:
            return
        bucket = any(name.endswith("_bucket") for name in names) or any(
            mark.startswith("histogram_quantile") for mark in use.above
        )
        native = any(mark.startswith("histogram_") for mark in use.above)
        kind = self.rng.random()
        for labels in self._sets(use.selector):
            rows = [{**labels, NAME: name} for name in names]
            if native and kind < (0.3 if bucket else 0.8):
                unbound = [{name: it for name, it in row.items() if name != "le"} for row in rows]
                self._emit(use, unbound, native=True, rank=0)
            if bucket and kind >= 0.2:
                for rank, le in enumerate(self._les(use.selector)):
                    self._emit(use, [{**row, "le": le} for row in rows], native=False, rank=rank)
            elif not native or kind >= 0.7:
                self._emit(use, rows, native=False, rank=0)

    def _names(self, selector: VectorSelector) -> list[str]:
        if selector.name is not None:
            return [selector.name]
        own = [it for it in selector.matchers if it.name == NAME]
        texts = [text for it in own if it.op in ("=", "=~") for text in _texts(it)]
        fitting = sorted({text for text in texts if all(accepts(it, text) for it in own)})
        count = 1 if self.style == "one" else 2
        return self.rng.sample(fitting, min(len(fitting), count))

    def _sets(self, selector: VectorSelector) -> Iterator[dict[str, str]]:
        """The label sets of a selector's series, without name."""
        first = {name: self._fit(selector, name, self.base[name]) for name in self.labels}
        if not self.full:
            first = {name: self._ragged(selector, name, first[name]) for name in self.labels}
        yield first
        if self.style == "grid":
            for step in range(self.rng.choice((1, 1, 2))):
                yield first | {
                    name: self._fit(
                        selector, name, self.pool[name][-1 - step % len(self.pool[name])]
                    )
                    for name in self.varied
                }
        elif self.style == "wild":
            for _ in range(self.rng.randint(0, 4)):
                yield first | self._variation(selector)

    def _variation(self, selector: VectorSelector) -> dict[str, str]:
        names = self.rng.sample(self.labels, min(len(self.labels), self.rng.randint(1, 3)))
        values = {name: self.rng.choice(self.pool[name]) for name in names}
        if self.rng.random() < 0.8:
            values = {name: self._fit(selector, name, value) for name, value in values.items()}
        if not self.full:
            values = {name: self._ragged(selector, name, value) for name, value in values.items()}
        return values

    def _fit(self, selector: VectorSelector, label: str, value: str) -> str:
        """The value, or where a matcher is against it, another one; empty: the label is missing."""
        own = [it for it in selector.matchers if it.name == label]
        if all(accepts(it, value) for it in own):
            return value
        fitting = [it for it in (*self.pool[label], "") if all(accepts(m, it) for m in own)]
        return self.rng.choice([it for it in fitting if it] or fitting or [value])

    def _ragged(self, selector: VectorSelector, label: str, value: str) -> str:
        own = [it for it in selector.matchers if it.name == label]
        loses = self.rng.random() < 0.35 and all(accepts(it, "") for it in own)
        return "" if loses else value

    def _les(self, selector: VectorSelector) -> Sequence[str]:
        own = [it for it in selector.matchers if it.name == "le"]
        named = [text for it in own for text in _texts(it)]
        if not self.full and self.rng.random() < 0.15:
            return ("",)
        return tuple(dict.fromkeys((*_BUCKETS[:-1], *named, _BUCKETS[-1])))

    def _emit(
        self, use: Use, rows: Sequence[Mapping[str, str]], *, native: bool, rank: int
    ) -> None:
        counts = bool(_RATES & use.above) or native
        for row in rows:
            labels = {name: value for name, value in row.items() if value}
            key = tuple(sorted(labels.items()))
            if key not in self._made:
                times = sorted(
                    {
                        INSTANT * 1000 - other.offset - ago * 1000
                        for other in self.drawn.uses
                        for ago in _AGO
                    }
                )
                self._made[key] = Series(labels, self._samples(times, counts, native, rank))

    def _samples(
        self, times: Sequence[int], counts: bool, native: bool, rank: int
    ) -> list[tuple[int, float | Histogram]]:
        number = self.rng.choice(sorted(self.drawn.numbers))
        around = number + self.rng.choice((-1.0, -0.5, 0.0, 0.0, 0.5, 1.0, 100.0))
        if native:
            pace = self.rng.randint(1, 5)
            return [(time, Histogram(pace + index * pace)) for index, time in enumerate(times)]
        if counts or self.rng.random() < 0.15:
            slope = max(abs(around), 0.01) * (rank + 1)
            return [(time, slope * ((time - times[0]) / 1000 + 1)) for time in times]
        return [(time, around + rank) for time in times]


def target_info() -> list[Series]:
    """What info() reads: the same series for every world."""
    return [
        Series(
            {NAME: "target_info", "instance": instance, "job": job, "version": "1", "region": job},
            [(INSTANT * 1000 - ago * 1000, 1.0) for ago in _AGO],
        )
        for instance in ("a:1", "v1", "v2")
        for job in ("shop", "v1", "v2")
    ]
