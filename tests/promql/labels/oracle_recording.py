"""Parts of an expression as recordings: rules, and the series that they make of a world.

A recording may have two rules, rules may read the recording of others, and themselves; then each is
evaluated a few times, and the series of all times stand side by side.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk
from tests.promql.engine import Engine
from tests.promql.labels import oracle_text
from tests.promql.labels.oracle_judge import Labels, Recording
from tests.promql.labels.oracle_text import INSTANT, type_of
from tests.promql.labels.oracle_world import NAME, World
from tests.promql.labels.oracle_write import Series, write

_TIMES = range(660, -1, -15)
_ROUNDS = 3

Rules = tuple[Recording, ...]


def record(
    text: str, tree: Expr, world: World, prefix: str, rng: random.Random
) -> tuple[Rules, str]:
    """Rules for parts of an expression, and the expression that reads them instead."""
    rules: Rules = ()
    for number in range(rng.choice((1, 1, 2))):
        name = f"{prefix}rec{number}"
        parts = _parts(tree)
        if not parts:
            break
        part = rng.choice(parts)
        producers = [part, *([rng.choice(parts)] if rng.random() < 0.3 else [])]
        new = oracle_text.changed(
            text, [(part.start, part.end, name + rng.choice(("", "", "", _matcher(world, rng))))]
        )
        again = parse(new).tree
        if again is None:
            break
        rules += tuple(
            Recording(name, _expression(text, it, name, rng), _labels(world, rng))
            for it in producers
        )
        text, tree = new, again
    return rules, text


def _parts(tree: Expr) -> list[Expr]:
    """What a rule could record: the vectors of an expression, but not the whole."""
    others = {id(it.selector) for it in walk(tree) if isinstance(it, nodes.MatrixSelector)}
    others |= oracle_text.info_selectors(tree)
    return [
        node
        for node in walk(tree)
        if node is not tree
        and not isinstance(node, nodes.ParenExpr)
        and type_of(node) == "vector"
        and id(node) not in others
    ]


def _expression(text: str, part: Expr, name: str, rng: random.Random) -> str:
    """The part as a rule; sometimes one that reads the recording itself too."""
    own = text[part.start : part.end]
    selectors = [it for it in walk(part) if isinstance(it, nodes.VectorSelector) and it.name]
    if not selectors or rng.random() < 0.7:
        return own
    one = rng.choice(selectors)
    start = one.start - part.start
    end = one.bare_end - part.start
    return f"({own}) or ({oracle_text.changed(own, [(start, end, name)])})"


def _labels(world: World, rng: random.Random) -> Labels:
    label = rng.choice(world.labels)
    return rng.choice(({}, {}, {"team": "t1"}, {label: "v2"}, {label: ""}))


def _matcher(world: World, rng: random.Random) -> str:
    label = rng.choice(world.labels)
    value = rng.choice(world.pool[label]).replace("\\", "\\\\").replace('"', '\\"')
    return f'{{{label}{rng.choice(("=", "!="))}"{value}"}}'


def store(
    groups: Sequence[Rules], ask: Callable[[Sequence[str]], list[Any]], engine: Engine
) -> None:
    """Evaluate the rules of each group in their order, a few times, and store what they make."""
    made: set[tuple[tuple[str, str], ...]] = set()
    for _ in range(_ROUNDS):
        for place in range(max(map(len, groups), default=0)):
            rules = [group[place] for group in groups if len(group) > place]
            answers = ask([it.text for it in rules])
            series = [
                one
                for rule, answer in zip(rules, answers, strict=True)
                for one in _series(rule, answer)
            ]
            new = {tuple(sorted(one.labels.items())): one for one in series}
            write(engine.address, [one for key, one in new.items() if key not in made])
            made |= new.keys()


def samples_of(answer: Mapping[str, Any]) -> list[Labels]:
    """The label sets of an answer; none where it is an error, or no vector or matrix."""
    if answer["status"] != "success" or answer["data"]["resultType"] not in ("vector", "matrix"):
        return []
    return [it["metric"] for it in answer["data"]["result"]]


def _series(rule: Recording, answer: Mapping[str, Any]) -> Iterator[Series]:
    """The series that a rule records; none where Prometheus would fail it, as two would be one."""
    results = answer["data"]["result"] if samples_of(answer) else []
    sets = [{**it["metric"], NAME: rule.name, **rule.labels} for it in results]
    sets = [{name: value for name, value in labels.items() if value} for labels in sets]
    if len({tuple(sorted(it.items())) for it in sets}) < len(sets):
        return
    for labels, result in zip(sets, results, strict=True):
        if "value" in result:
            value = float(result["value"][1])
            yield Series(labels, [(INSTANT * 1000 - ago * 1000, value) for ago in _TIMES])
