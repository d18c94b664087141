"""What the analysis says of labels holds on a real Prometheus, and wrong laws do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from giggamon_compiler.promql import language
from giggamon_compiler.promql.labels import analysis
from giggamon_compiler.promql.labels.branches import open_branch
from giggamon_compiler.promql.labels.result import Result
from giggamon_compiler.promql.parser import parse
from tests.promql import sample
from tests.promql.engine import Generation, find_generation, find_newer
from tests.promql.labels import oracle_coverage as coverage
from tests.promql.labels import oracle_vocabulary as vocabulary
from tests.promql.labels.oracle import drawn, gather
from tests.promql.labels.oracle_judge import Run, judge
from tests.promql.labels.oracle_regex import matches, samples
from tests.promql.labels.oracle_run import Collection
from tests.promql.labels.oracle_text import bounded, isolated
from tests.promql.labels.oracle_world import World
from tests.promql.labels.wrong_laws import LAWS, WrongLaw

MOST_UNKNOWN = 0.1


def collected(
    generation: Generation | None, folder: Path, runs: int, *, cover: bool = False
) -> Collection:
    if generation is None:
        pytest.skip("no programs of this generation; see .ci/install and .ci/newer-tools")
    exprs = [*sample.real(), *drawn(runs // 3, 1, newer=generation.is_newer)]
    return gather(generation, folder, exprs, runs, 1, cover=cover)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return collected(find_generation(), tmp_path_factory.mktemp("few"), 900)


@pytest.fixture(scope="module", params=["on PATH", "newer"])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Collection:
    generation = find_generation() if request.param == "on PATH" else find_newer()
    return collected(generation, tmp_path_factory.mktemp("many"), 10_000, cover=True)


def check(collection: Collection) -> None:
    verdict = judge(collection.runs)
    assert not verdict.violations, "\n\n".join(map(str, verdict.violations[:5]))
    assert verdict.closed.total() > verdict.runs / 2
    assert verdict.unknown("closed") <= MOST_UNKNOWN


def test_the_engine_agrees(few):
    check(few)


@pytest.mark.parametrize(
    "law",
    [
        law
        for law in LAWS
        if law.name
        in (
            "by keeps the name",
            "without drops no label",
            "on keeps all labels",
            "rate keeps the name",
            "every matcher makes a label certain",
            "a recording sets no labels",
        )
    ],
    ids=lambda law: law.name,
)
def test_the_engine_notices_a_wrong_law(law, few):
    assert is_noticed(law, few.runs)


def test_an_analysis_that_knows_nothing_is_never_wrong_and_of_no_use(few, monkeypatch):
    class Nothing:
        result = Result("vector", (open_branch(),))

        def of(self, _node: object) -> Result:
            return self.result

    monkeypatch.setattr(analysis, "analyse", lambda *_: Nothing())
    verdict = judge(few.runs)
    assert not verdict.violations
    assert verdict.unknown("closed") == 1.0


@pytest.mark.heavy
@pytest.mark.timeout(600)
def test_the_engine_agrees_over_the_whole_language_and_notices_each_wrong_law(many):
    check(many)
    newer = many.runs[0].version != "2.42"
    assert not coverage.missed(many.runs, newer=newer)
    assert sum(run.is_answered for run in many.runs) >= 10_000
    laws = [law for law in LAWS if newer or not law.newer]
    assert len(laws) >= 20
    assert not [law.name for law in laws if not is_noticed(law, many.runs)]


def is_noticed(law: WrongLaw, runs: list[Run]) -> bool:
    with law.applied():
        return bool(judge(runs, most=1).violations)


@pytest.mark.parametrize("newer", [False, True])
def test_the_grammar_knows_every_function_and_aggregation(newer):
    version = "3.5" if newer else "2.42"
    known = {
        name
        for name, it in language.FUNCTIONS.items()
        if language.knows(version, it.since)
        and not (it.until and language.knows(version, it.until))
    }
    assert set(vocabulary.functions(newer=newer)) == known
    ops = {name for name, it in language.AGGREGATIONS.items() if language.knows(version, it.since)}
    assert set(vocabulary.aggregations(newer=newer)) == ops


@pytest.mark.parametrize("newer", [False, True])
def test_what_is_drawn_can_be_read_and_is_the_same_each_time(newer):
    texts = drawn(300, 3, newer=newer)
    assert texts == drawn(300, 3, newer=newer)
    assert all(parse(text).tree is not None for text in texts)


def test_a_world_has_what_its_selectors_want_and_is_the_same_each_time():
    tree = parse('a{job=~"x|y", b!=""} / on (job) group_left (c) d{job!="x"}').tree
    assert tree is not None
    for number in range(50):
        world = World(tree, str(number), full=True)
        assert [it.labels for it in world.series] == [
            it.labels for it in World(tree, str(number), full=True).series
        ]
        if world.style == "one" and len(world.series) == 2:
            first, second = (it.labels for it in world.series)
            assert first["job"] in ("x", "y")
            assert first["b"]
            assert second["job"] != "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rate(x[30d])", "rate(p_x[10m])"),
        ("x offset 1w + x offset -1w", "p_x offset 5m + p_x offset -5m"),
        ("max_over_time(x[1d:1s] offset 3d)", "max_over_time(p_x[10m:30s] offset 5m)"),
        ('{__name__=~"a|b"}', '{__name__=~"p_(?:a|b)"}'),
        ('{job="x"}', '{__name__=~"p_.+", job="x"}'),
        ('{__name__="x"}', '{__name__="p_x"}'),
        ('{"x", job="$job"}', '{"p_x", job="v1"}'),
    ],
)
def test_an_expression_is_bounded_and_stands_alone(text, expected):
    tree = parse(text).tree
    assert tree is not None
    near = bounded(text, tree)
    tree = parse(near).tree
    assert tree is not None
    assert isolated(near, tree, "p_") == expected


@pytest.mark.parametrize("pattern", ["a|b", "v[12]x?", "[^a]+", ".*-(x|y)", r"\d{2}", "(?i)ab"])
def test_samples_of_a_regex_match_it(pattern):
    assert samples(pattern)
    assert all(matches(pattern, text) for text in samples(pattern))
