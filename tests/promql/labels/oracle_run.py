"""Runs: expressions put into worlds, and the answers of a real Prometheus to them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk
from tests.promql.engine import Engine
from tests.promql.labels import oracle_text
from tests.promql.labels.oracle_judge import Recording, Run
from tests.promql.labels.oracle_recording import record, samples_of, store
from tests.promql.labels.oracle_text import INSTANT, type_of
from tests.promql.labels.oracle_world import NAME, World
from tests.promql.labels.oracle_write import write

FLAGS = ("--web.enable-remote-write-receiver", "--enable-feature=native-histograms")
_ROUND = 2500
_PARTS = 2  # how many parts of an expression are asked besides the whole
_RECORDED = 0.2  # the share of runs in which a part is recorded
_MOST_ATTEMPTS = 6


@dataclass(slots=True)
class Collection:
    """Runs with an answer, and what became of the others.

    answered: of each expression, in how many runs it had a result
    """

    runs: list[Run] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    empty: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Collection) -> Collection:
        self.runs += other.runs
        self.answered |= other.answered
        self.empty += other.empty
        self.errors += other.errors
        return self


@dataclass(slots=True)
class _Try:
    """An expression in a world, before the engine is asked."""

    source: str
    seed: str
    text: str
    tree: Expr
    world: World
    closed: bool
    rules: tuple[Recording, ...] = ()


def collect(engine: Engine, exprs: Sequence[str], wanted: int, seed: str) -> Collection:
    """Ask until `wanted` runs have an answer, or no expression gives one any more."""
    done = Collection(answered=dict.fromkeys(exprs, 0))
    attempts = dict.fromkeys(exprs, 0)
    number = 0
    while (left := wanted - sum(done.answered.values())) > 0:
        waiting = [it for it in exprs if done.answered[it] or attempts[it] < _MOST_ATTEMPTS]
        waiting.sort(key=lambda it: (done.answered[it] > 0, attempts[it]))
        tries = []
        for source in waiting[: min(_ROUND, 2 * left + 20)]:
            number += 1
            attempts[source] += 1
            made = _try(source, f"{seed}.{number}", attempts[source])
            if made is not None:
                tries.append(made)
        if not tries:
            break
        _ask(engine, tries, done)
    return done


def _try(source: str, seed: str, attempt: int) -> _Try | None:
    rng = random.Random(seed)
    prefix = f"r{seed.replace('.', '_')}_"
    parsed = parse(source)
    if parsed.tree is None or type_of(parsed.tree) == "string":
        return None
    text: str | None = oracle_text.bounded(source, parsed.tree)
    tree = _tree(text)
    if text and tree and (attempt > 1 or rng.random() < 0.2):
        text = oracle_text.compared_otherwise(text, tree, rng)
        tree = _tree(text)
    if text and tree:
        text = oracle_text.isolated(text, tree, prefix)
        tree = _tree(text)
    if text is None or tree is None:
        return None
    world = World(tree, seed, full=rng.random() < 0.6)
    made = _Try(source, seed, text, tree, world, closed=rng.random() < 0.5)
    if rng.random() < _RECORDED:
        made.rules, made.text = record(text, tree, world, prefix, rng)
        made.tree = _tree(made.text) or tree
    return made


def _tree(text: str | None) -> Expr | None:
    return parse(text).tree if text is not None else None


def _ask(engine: Engine, tries: Sequence[_Try], done: Collection) -> None:
    write(engine.address, (series for it in tries for series in it.world.series))
    store([it.rules for it in tries if it.rules], lambda texts: _answers(engine, texts), engine)
    questions: list[tuple[_Try, int, str]] = []
    for one in tries:
        parts = list(walk(one.tree))
        for index in _chosen(one, parts):
            node = parts[index]
            questions.append((one, index, one.text[node.start : node.end]))
    answers = _answers(engine, [text for _, _, text in questions])
    found: dict[int, dict[int, Any]] = {}
    for (one, index, _), answer in zip(questions, answers, strict=True):
        found.setdefault(id(one), {})[index] = answer
    for one in tries:
        _keep(one, found[id(one)], engine.version, done)


def _chosen(one: _Try, parts: Sequence[Expr]) -> list[int]:
    """Which parts are asked: the whole, and some of those that have labels."""
    rng = random.Random(one.seed)
    others = [
        index
        for index, node in enumerate(parts)
        if index and not isinstance(node, nodes.ParenExpr) and type_of(node) in ("vector", "matrix")
    ]
    return [0, *rng.sample(others, min(_PARTS, len(others)))]


def _answers(engine: Engine, texts: Sequence[str]) -> list[Any]:
    return engine.ask_many(
        "/api/v1/query", [{"query": text, "time": str(INSTANT), "timeout": "10s"} for text in texts]
    )


def _keep(one: _Try, answers: Mapping[int, Any], version: str, done: Collection) -> None:
    whole = answers[0]
    if whole["status"] != "success":
        said = whole.get("error", "")
        kind = said.split(":")[-1 if "parse error" in said else 0].split("{")[0].strip()
        done.errors[kind] += 1
    found = {index: samples_of(answer) for index, answer in answers.items()}
    found = {index: samples for index, samples in found.items() if samples}
    if 0 not in found and not (whole["status"] == "success" and "scalar" in str(whole)[:80]):
        done.empty += 1
    else:
        done.answered[one.source] += 1
    if not found:
        return
    declared = _declared(one) if one.closed else None
    asked = tuple(one.world.labels)
    series = [it.labels for it in one.world.series]
    run = Run(one.source, one.text, one.seed, version, asked, declared, one.rules, found, series)
    done.runs.append(run)


def _declared(one: _Try) -> dict[str, frozenset[str]] | None:
    """The labels of each metric, if all of its series carry the same; those of one without any."""
    found: dict[str, frozenset[str]] = {}
    for series in one.world.series:
        own = frozenset(series.labels) - {NAME}
        if found.setdefault(series.labels[NAME], own) != own:
            return None
    for use in one.world.drawn.uses:
        if use.selector.name is not None:
            found.setdefault(use.selector.name, frozenset(one.world.labels))
    return found
