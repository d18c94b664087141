"""The catalogues hold what the exporters expose, as it was recorded, or say where it is from."""

import re

import pytest

from giggamon_compiler.exposition import Exposition, read, write
from tests.catalogue.cases import CASES
from tests.catalogue.recording import DEFINITIONS, UNUSED, record
from tests.catalogue.servers import MissingError
from tests.e2e.servers import free_port

LONGEST = 4000
PATHS = sorted([*DEFINITIONS.glob("*.prom"), *UNUSED.glob("*.prom")])


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def text(request):
    return request.param.read_text()


def said(exposition: Exposition, word: str) -> str | None:
    found = (it.removeprefix(f"{word}: ") for it in exposition.comments if it.startswith(word))
    return next(found, None)


def labels_of(exposition: Exposition) -> dict[str, tuple[str, set[str]]]:
    """Of each metric its type and the names of its labels."""
    return {
        it.name: (it.kind, {label for series in it.series for label, _ in series.labels})
        for it in exposition.families
    }


def test_every_case_is_recorded():
    assert {case.path for case in CASES} <= set(PATHS)


def test_a_recorded_catalogue_is_as_it_is_written(text):
    exposition = read(text)
    assert said(exposition, "exporter")
    assert said(exposition, "version")
    if said(exposition, "recorded by"):
        assert write(exposition) == text


def test_what_is_not_recorded_cites_its_source(text):
    if said(read(text), "recorded by") is None:
        assert said(read(text), "not recorded")
        for block in re.split(r"(?m)^(?=# from )", text)[1:]:
            assert block.count("# TYPE ") == 1, block
        head = text.partition("# from ")[0]
        assert "# TYPE" not in head


def test_a_catalogue_is_short_and_names_no_machine_of_ours(text):
    assert len(text.splitlines()) <= LONGEST
    assert not re.search(r"/tmp/|/root|/work|/home/", text)
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", text))
    assert ports <= {str(case.port + more) for case in CASES for more in (0, 1)}


@pytest.mark.heavy
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_recorded_anew_it_is_the_same(case, tmp_path):
    kept = read(case.path.read_text())
    try:
        anew = read(record(case, tmp_path, free_port()))
    except MissingError as missing:
        pytest.skip(str(missing))
    versions = [said(it, "version") for it in (kept, anew)]
    if versions[0] != versions[1]:
        pytest.skip(f"the catalogue is of {versions[0]}, and {versions[1]} is installed")
    before, after = labels_of(kept), labels_of(anew)
    both = before.keys() & after.keys()
    assert len(both) >= case.shared * len(before.keys() | after.keys())
    assert {name: before[name] for name in both} == {name: after[name] for name in both}
