"""Catalogues: files of the folder that are no Python."""

import pytest

from giggamon_compiler import lower
from giggamon_compiler.findings import Place
from giggamon_compiler.ir import Exposed
from giggamon_compiler.load import read_definitions
from tests.house import underlined, write_house

REDIS = """# exporter: redis_exporter
# version: 1.45.0
# recorded by: giggamon record http://localhost:9121/metrics redis_exporter
# HELP redis_up Whether it answers.
# TYPE redis_up gauge
redis_up 0
# TYPE redis_commands_total counter
redis_commands_total{cmd="get"} 0
redis_commands_total{cmd="set"} 0
# TYPE redis_seconds histogram
redis_seconds_bucket{cmd="get",le="1"} 0
redis_seconds_bucket{cmd="get",le="+Inf"} 0
redis_seconds_sum{cmd="get"} 0
redis_seconds_count{cmd="get"} 0
"""


def load(tmp_path, **files):
    changed = {f"catalogue/{name}.prom": text for name, text in files.items()}
    return read_definitions(write_house(tmp_path, changed))


def test_a_catalogue_is_read(tmp_path):
    definitions, findings = load(tmp_path, redis=REDIS)
    assert findings == ()
    (catalogue,) = lower.lower(definitions).catalogues
    assert (catalogue.file, catalogue.name) == ("catalogue/redis", "redis")
    assert (catalogue.exporter, catalogue.version) == ("redis_exporter", "1.45.0")
    assert catalogue.recorded == "giggamon record http://localhost:9121/metrics redis_exporter"
    assert catalogue.metrics == {
        "redis_up": Exposed("gauge"),
        "redis_commands_total": Exposed("counter", {"cmd": ("get", "set")}),
        "redis_seconds": Exposed("histogram", {"cmd": ("get",)}, ("1", "+Inf")),
    }
    assert (catalogue.lines, catalogue.replaced, catalogue.shortened) == (7, (), ())


def test_what_its_head_says_of_values(tmp_path):
    head = "# replaced: the values of address,\n# cmd\n# left out: 3 of 9 series of redis_seconds\n"
    definitions, _ = load(tmp_path, redis=head + REDIS)
    (catalogue,) = lower.lower(definitions).catalogues
    assert catalogue.replaced == ("address", "cmd")
    assert catalogue.shortened == ("redis_seconds",)


def test_it_need_not_say_where_it_is_from(tmp_path):
    definitions, _ = load(tmp_path, a="up 0\n")
    (catalogue,) = lower.lower(definitions).catalogues
    assert (catalogue.exporter, catalogue.version, catalogue.recorded) == (None, None, None)
    assert catalogue.origin == Place("definitions/catalogue/a.prom", 1, 1, 1, 1)


def test_a_broken_line_is_found(tmp_path):
    definitions, (finding,) = load(tmp_path, a="up 0\n", redis="redis_up 0\nredis_ down\n")
    assert finding.id == "catalogue-line"
    assert finding.message.endswith(
        "redis.prom is no exposition: redis_ has down, which is no number"
    )
    assert (finding.origin.line, underlined(finding)) == (2, "down")
    assert list(definitions.catalogues) == ["a"]
    assert not definitions.complete


@pytest.mark.parametrize(
    ("content", "id_"),
    [(b"up 0\n\xff", "not-utf-8"), (b"<<<<<<< a\nup 0\n>>>>>>> b\n", "merge-conflict")],
)
def test_what_is_no_text_of_one_hand_is_found(tmp_path, content, id_):
    folder = write_house(tmp_path, {"catalogue/a.prom": ""})
    (folder / "catalogue/a.prom").write_bytes(content)
    _, (finding,) = read_definitions(folder)
    assert finding.id == id_


def test_other_files_are_none(tmp_path):
    definitions, findings = read_definitions(
        write_house(tmp_path, {"services/a.prom": "broken", "catalogue/README.md": "broken"})
    )
    assert (definitions.catalogues, findings) == ({}, ())
