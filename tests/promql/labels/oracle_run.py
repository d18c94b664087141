"""Runs: expressions put into worlds, and the answers of a real Prometheus to them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from giggamon_compiler.promql import nodes
from giggamon_compiler.promql.nodes import Expr
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.walk import walk
from tests.promql.engine import Engine
from tests.promql.labels import oracle_text
from tests.promql.labels.oracle_judge import Labels, Recording, Run
from tests.promql.labels.oracle_text import INSTANT
from tests.promql.labels.oracle_world import NAME, World, target_info
from tests.promql.labels.oracle_write import Series, write

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
    errors: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Try:
    """An expression in a world, before the engine is asked."""

    source: str
    seed: str
    text: str
    tree: Expr
    world: World
    closed: bool
    inner: tuple[Recording, Expr] | None = None
    recorded: tuple[Recording, ...] = ()


def collect(engine: Engine, exprs: Sequence[str], wanted: int, seed: int) -> Collection:
    """Ask until `wanted` runs have an answer, or no expression gives one any more."""
    write(engine.address, target_info())
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
    return _record(made, prefix, rng) if rng.random() < _RECORDED else made


def _tree(text: str | None) -> Expr | None:
    return parse(text).tree if text is not None else None


def _record(made: _Try, prefix: str, rng: random.Random) -> _Try:
    """The same with a part of the expression recorded, and read by the recording's name."""
    parts = [
        node
        for node in walk(made.tree)
        if node is not made.tree
        and not isinstance(node, nodes.NumberLiteral | nodes.ParenExpr)
        and type_of(node) == "vector"
        and not _inside_matrix(made.tree, node)
    ]
    if not parts:
        return made
    part = rng.choice(parts)
    labels = rng.choice(({}, {}, {"team": "t1"}, {rng.choice(made.world.labels): "v2"}))
    name = f"{prefix}rec"
    matcher = rng.choice(("", "", "", _matcher(made, rng)))
    text = oracle_text.changed(made.text, [(part.start, part.end, name + matcher)])
    tree = parse(text).tree
    if tree is None:
        return made
    recording = Recording(name, made.text[part.start : part.end], labels)
    made.inner, made.text, made.tree = (recording, part), text, tree
    return made


def _inside_matrix(tree: Expr, node: Expr) -> bool:
    return any(isinstance(it, nodes.MatrixSelector) and it.selector is node for it in walk(tree))


def _matcher(made: _Try, rng: random.Random) -> str:
    label = rng.choice(made.world.labels)
    value = rng.choice(made.world.pool[label]).replace("\\", "\\\\").replace('"', '\\"')
    return f'{{{label}{rng.choice(("=", "!="))}"{value}"}}'


def _ask(engine: Engine, tries: Sequence[_Try], done: Collection) -> None:
    write(engine.address, (series for it in tries for series in it.world.series))
    recording = [it for it in tries if it.inner]
    answers = _answers(engine, [it.inner[0].text for it in recording if it.inner])
    written: list[Series] = []
    for one, answer in zip(recording, answers, strict=True):
        written += _recorded_series(one, answer)
    write(engine.address, written)
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


def samples_of(answer: Mapping[str, Any]) -> list[Labels]:
    """The label sets of an answer; none where it is an error, or no vector or matrix."""
    if answer["status"] != "success" or answer["data"]["resultType"] not in ("vector", "matrix"):
        return []
    return [it["metric"] for it in answer["data"]["result"]]


def _recorded_series(one: _Try, answer: Mapping[str, Any]) -> Iterator[Series]:
    """The series that the rule records, and the note of it; none where Prometheus would fail."""
    assert one.inner is not None
    recording, _ = one.inner
    one.recorded = (recording,)
    results = answer["data"]["result"] if samples_of(answer) else []
    sets = [{**it["metric"], **recording.labels, NAME: recording.name} for it in results]
    if len({tuple(sorted(it.items())) for it in sets}) < len(sets):
        return
    for labels, result in zip(sets, results, strict=True):
        if "value" in result:
            value = float(result["value"][1])
            times = range(660, -1, -15)
            yield Series(labels, [(INSTANT * 1000 - ago * 1000, value) for ago in times])


def _keep(one: _Try, answers: Mapping[int, Any], version: str, done: Collection) -> None:
    whole = answers[0]
    if whole["status"] != "success":
        said = whole.get("error", "")
        kind = said.split(":")[-1 if "parse error" in said else 0].strip()[:60]
        done.errors[kind] = done.errors.get(kind, 0) + 1
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
    run = Run(one.source, one.text, one.seed, version, asked, declared, one.recorded, found, series)
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


def type_of(node: Expr) -> str:
    """What a node yields: "scalar", "string", "vector" or "matrix"."""
    match node:
        case nodes.NumberLiteral():
            return "scalar"
        case nodes.StringLiteral():
            return "string"
        case nodes.MatrixSelector() | nodes.SubqueryExpr():
            return "matrix"
        case nodes.Call():
            return "scalar" if node.func in ("scalar", "time", "pi") else "vector"
        case nodes.ParenExpr() | nodes.UnaryExpr():
            return type_of(node.expr)
        case nodes.BinaryExpr():
            sides = {type_of(node.lhs), type_of(node.rhs)}
            return "scalar" if sides == {"scalar"} else "vector"
    return "vector"
