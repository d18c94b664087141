"""Every generated query has data in what catalogues and declarations show, on a real Prometheus."""

from __future__ import annotations

import pytest

from giggamon_compiler import ir
from tests.mutants.judging import GENERATED, read_files, read_generated
from tests.promql.engine import Generation, find_generation, find_newer
from tests.synthetic.asking import all_queries, ask, world
from tests.synthetic.queries import Asked, reach_of, unfiltered
from tests.synthetic.shown import read_catalogues, shown_by
from tests.synthetic.store import NOW

PROGRAM = read_generated()


def problems(generation: Generation | None, folder) -> list[str]:
    assert generation is not None, "no prometheus; see .ci/install and .ci/newer-tools"
    asked = all_queries(PROGRAM, read_files(GENERATED))
    with world(generation, folder, PROGRAM, read_catalogues(), asked) as running:
        answers = ask(running, asked)
    assert len(answers) == len(asked) > 0
    return [f"{it.asked.where}: {it.problem}: {it.asked.text}" for it in answers if it.problem]


def test_every_query_of_rules_and_boards_has_data(tmp_path):
    assert problems(find_generation(), tmp_path) == []


@pytest.mark.heavy
def test_every_query_has_data_on_the_newer_generation(tmp_path):
    assert problems(find_newer(), tmp_path) == []


JOB = ir.ScrapeJob("shop", ("a:1", "b:1"), {"zone": "z"}, owner="shop", catalogue="engine")
HOUSE = ir.Program(
    prometheus=ir.Prometheus("10s", "10s", jobs=(JOB,)),
    metrics=(
        ir.Metric("services/shop", "shop", "requests_total", "counter", "", {"code": ("1", "2")}),
        ir.Metric("services/shop", "shop", "seconds", "histogram", "", buckets=("1",)),
        ir.Metric("services/other", "other", "others_total", "counter", ""),
    ),
)
CATALOGUE = (
    'engine_up{job="x",kind="k"} 0\n# TYPE waits summary\nwaits{quantile="0.5"} 0\nwaits_sum 0\n'
)


def test_a_target_shows_what_is_recorded_and_what_is_declared():
    shown = shown_by(HOUSE, {"engine": CATALOGUE})
    assert {it.name for it in shown if not it.name.startswith("scrape_")} == {
        *("up", "engine_up", "waits", "waits_sum", "requests_total"),
        *("seconds_bucket", "seconds_sum", "seconds_count"),
    }
    one = next(it for it in shown if it.name == "engine_up")
    target = {"job": "shop", "instance": "a:1", "zone": "z"}
    assert one.labels == {"__name__": "engine_up", "exported_job": "x", "kind": "k", **target}
    counts = [it for it in shown if it.name == "requests_total"]
    assert [(it.labels["instance"], it.labels["code"]) for it in counts] == [
        *(("a:1", "1"), ("a:1", "2"), ("b:1", "1"), ("b:1", "2")),
    ]


def test_buckets_hold_all_that_smaller_ones_hold():
    shown = [it for it in shown_by(HOUSE, {"engine": ""}) if it.name == "seconds_bucket"]
    first, all_ = shown[:2]
    assert (first.labels["le"], all_.labels["le"]) == ("1", "+Inf")
    assert 0 < first.at([NOW])[0] < all_.at([NOW])[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("up == 0", "up"),
        ("a > 0 and b < 1", "a and b"),
        ("sum(rate(a[5m]) > 0) > 1", "sum(rate(a[5m]))"),
        ("a / (b > 0) > 2", "a / (b)"),
        ("(a + b > 0) * c", "(a + b) * c"),
        ("1 < a", "a"),
        ("a > on (x) b", "a - on (x) b"),
        ("a unless b", "a"),
        ("a > bool 1", "a > bool 1"),
    ],
)
def test_what_filters_is_taken_away(text, left):
    assert unfiltered(text) == left


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("a", [("a", 0, 0)]),
        ("rate(a[5m] offset 1h)", [("a", 3900, 3600)]),
        ("max_over_time(rate(a[5m])[1h:])", [("a", 3900, 0)]),
        ("a - b offset 1w", [("a", 0, 0), ("b", 604800, 604800)]),
    ],
)
def test_how_far_back_a_query_reads(text, reach):
    assert list(reach_of(text)) == reach


def test_a_query_without_data_is_told(tmp_path):
    generation = find_generation()
    assert generation is not None
    asked = [
        Asked("", 'up{job="shop"} == 7'),
        Asked("", 'up{job="shopp"}'),
        Asked("", "rate(requests_total[1m])"),
        Asked("", "rate(requests_total[1h] offset 4w)"),
        Asked("", "requests_totals"),
        Asked("", "sum by (job) (requests_total) / others_total"),
        Asked("", "requests_total / 0 * 0"),
        Asked("", "requests_total + on (job) seconds_count"),
    ]
    with world(generation, tmp_path, HOUSE, {"engine": CATALOGUE}, asked) as running:
        answers = ask(running, asked)
    said = [it.problem for it in answers]
    assert said[:7] == ["", "no data", "", "", "no data", "no data", "no series has a number"]
    assert "many-to-many" in said[7]
