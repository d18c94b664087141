"""The real promtool has the last word: what it takes in a rule, and what it makes of a text."""

from random import Random

import pytest

from giggamon_compiler.gotemplate.judgement import accepts, problems
from giggamon_compiler.gotemplate.parser import parse
from giggamon_compiler.gotemplate.running import run
from tests.gotemplate.made import TEXTS, Maker, make_literal, mutate
from tests.gotemplate.promtool import expanded, refused
from tests.promql.engine import Generation, find_generation, find_newer

SERIES = {"job": "LJOB", "instance": "LINSTANCE", "a": "LAAA", "b": "LBBB"}


@pytest.fixture(
    params=[
        pytest.param(find_generation, id="older"),
        pytest.param(find_newer, id="newer", marks=pytest.mark.heavy),
    ]
)
def generation(request) -> Generation:
    found: Generation | None = request.param()
    assert found is not None, "promtool is missing: .ci/install says how it comes here"
    return found


def test_verdicts_are_those_of_promtool(generation, tmp_path):
    random = Random(5)
    whole = [text for text in TEXTS if parse(text).problem is None]
    texts = [*TEXTS, *(mutate(random, random.choice(whole)) for _ in range(4000))]
    texts += (make_literal(random) for _ in range(1500))
    theirs = refused(generation.promtool, tmp_path, texts)
    assert 1500 < len(theirs) < len(texts) - 1500
    version = generation.version
    differing = [
        (text, problems(parse(text), version), theirs.get(at, "accepted"))
        for at, text in enumerate(texts)
        if accepts(parse(text), version) != (at not in theirs)
    ]
    assert not differing


def test_what_is_said_of_a_run_is_what_happens(generation, tmp_path):
    """A fault of a text without conditions is an error; a label that is shown has been read."""
    maker = Maker(Random(3))
    texts = [text for text in (maker.make() for _ in range(800)) if not parse(text).problem]
    results = list(expanded(generation.promtool, tmp_path, texts, SERIES))
    foretold = 0
    for text, result in zip(texts, results, strict=True):
        found = run(parse(text))
        failed = result.startswith("<error expanding")
        if found.faults:
            foretold += failed
            conditional = any(
                word in text for word in ("{{ if", "{{ with", "{{ range", "or ", "and ")
            )
            assert failed or conditional, (text, found.faults, result)
        elif not failed and not any(it.what in ("labels", "query") for it in found.reads):
            shown = {name for name, it in SERIES.items() if it.lower() in result.lower()}
            assert shown <= {it.name for it in found.reads}, (text, result)
    assert foretold > 0.7 * sum(result.startswith("<error expanding") for result in results)
