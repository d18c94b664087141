"""Our reading of PromQL is Prometheus' own: verdicts, trees and what is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from giggamon_compiler.promql.judgement import accepts, problems
from giggamon_compiler.promql.parser import parse
from tests.promql import sample
from tests.promql.conformance import KNOWN, explained, read_list
from tests.promql.engine import Generation, find_generation, find_newer
from tests.promql.judging import Difference, Judge, differences, judge, span_differences, told
from tests.promql.mutations import mutate
from tests.promql.neutral import of_tree
from tests.promql.strategies import expressions

HELD = ("2.42", "3.5")

some = settings(
    max_examples=400,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
many = settings(some, max_examples=5000)


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """The generation on PATH, running."""
    generation = find_generation()
    assert generation, "prometheus, promtool: not on PATH; .ci/install puts them there"
    yield from running(generation, tmp_path_factory)


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """The newer generation, running."""
    generation = find_newer()
    if generation is None:
        pytest.skip("GIGGAMON_NEWER_TOOLS names no folder; .ci/newer-tools fills one")
    yield from running(generation, tmp_path_factory)


def running(generation: Generation, folders: pytest.TempPathFactory) -> Iterator[Judge]:
    if generation.version not in HELD:
        pytest.skip(f"Prometheus {generation.version} is not one of those held, {HELD}")
    with judge(generation, folders.mktemp("prometheus")) as judging:
        yield judging


def unexplained(found: Sequence[Difference]) -> list[Difference]:
    return [difference for difference in found if explained(difference) is None]


def changed(count: int, seed: int) -> list[str]:
    """Mutations of the committed expressions."""
    sources = [*sample.constructs(), *sample.real()]
    return list(dict.fromkeys(mutation.text for mutation in mutate(sources, count, seed)))


def test_verdicts_are_those_recorded():
    found = []
    for row in sample.recorded():
        for version, refusal in (("2.42", row.older), ("3.5", row.newer)):
            if accepts(row.expr, version) != (refusal is None):
                ours = told(problems(parse(row.expr), version))
                found.append(Difference(version, "verdict", row.expr, ours, refusal or "accepted"))
    assert not unexplained(found)


def test_trees_are_those_recorded():
    found = []
    for row in sample.recorded():
        tree = parse(row.expr).tree
        # What we refuse is a difference of the verdict.
        if row.tree is not None and tree and as_json(of_tree(tree)) != row.tree:
            found.append(Difference("3.5", "tree", row.expr, str(of_tree(tree)), str(row.tree)))
    assert not unexplained(found)


def as_json(neutral: object) -> object:
    return json.loads(json.dumps(neutral))


def test_everything_committed_is_recorded():
    assert [row.expr for row in sample.recorded()] == [*sample.constructs(), *sample.real()]


def test_the_characters_of_a_node_say_what_it_says():
    assert not list(span_differences([*sample.constructs(), *sample.real()]))


def test_the_engine_on_path_reads_the_committed_expressions_as_we_do(older):
    exprs = [*sample.constructs(), *sample.real()]
    assert not unexplained(differences(older, exprs))


def test_the_engine_on_path_reads_changed_expressions_as_we_do(older):
    assert not unexplained(differences(older, changed(5000, seed=1)))


@some
@given(expr=expressions(newer=False))
def test_the_engine_on_path_reads_any_expression_as_we_do(expr, older):
    assert not differences_one(older, expr)


def differences_one(judging: Judge, expr: str) -> list[Difference]:
    return unexplained(differences(judging, [expr], promtool=False))


@pytest.mark.heavy
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [2, 3])
def test_the_newer_engine_reads_committed_and_changed_expressions_as_we_do(newer, seed):
    exprs = [*sample.constructs(), *sample.real(), *changed(20_000, seed)]
    assert not unexplained(differences(newer, exprs))


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_the_older_engine_reads_many_changed_expressions_as_we_do(older):
    assert not unexplained(differences(older, changed(20_000, seed=2)))


@pytest.mark.heavy
@pytest.mark.timeout(600)
@many
@given(expr=expressions(newer=True))
def test_the_newer_engine_reads_any_expression_as_we_do(expr, newer):
    assert not differences_one(newer, expr)


@pytest.mark.heavy
@pytest.mark.timeout(600)
@many
@given(expr=expressions(newer=True))
def test_the_older_engine_refuses_what_is_newer_as_we_do(expr, older):
    assert not differences_one(older, expr)


@pytest.mark.parametrize(
    ("text", "exprs"),
    [
        ('{"expr": "x[$__range]", "uses": 1}\n', ["x[$__range]", "x[5m]"]),
        ('{"expr": "$a", "substituted": "b"}\n', ["$a", "__var", "b"]),
        ('["x", "y"]', ["x", "y"]),
        ('x\n{a="b"}\n\nx\n', ["x", '{a="b"}']),
    ],
)
def test_lists_are_read_however_they_are_written(text, exprs):
    assert read_list(text) == exprs


def test_a_known_difference_has_a_reason_and_is_one():
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    assert len(known) <= 20
    assert all(row["reason"] for row in known)
    for row in known:
        (said,) = [each for each in sample.recorded() if each.expr == row["example"]]
        tree = parse(said.expr).tree
        same_verdict = accepts(said.expr, "3.5") == (said.newer is None)
        assert not same_verdict or tree is None or as_json(of_tree(tree)) != said.tree
        assert re.search(row["pattern"], said.expr)
