"""What is shown where a scenario writes nothing, and the past that it is given."""

from __future__ import annotations

import json

import pytest

from tests.e2e.clock import Clock
from tests.e2e.exporter import value_at
from tests.e2e.history import past_of
from tests.e2e.outputs import PROMETHEUS, Outputs
from tests.e2e.scenario import Scenario, Series, Usual
from tests.e2e.usual import usual_series

CATALOGUE = """
# TYPE db_up gauge
db_up 0
# TYPE db_rejected counter
db_rejected{pool="a"} 0
# TYPE db_wait_seconds histogram
db_wait_seconds_bucket{le="1"} 0
db_wait_seconds_bucket{le="+Inf"} 0
db_wait_seconds_sum 0
db_wait_seconds_count 0
# TYPE db_unread gauge
db_unread 0
"""
SHEET = {
    "jobs": [{"name": "shop"}],
    "metrics": [
        {
            "name": "requests_total",
            "kind": "counter",
            "labels": {"code": ["200", "500"]},
            "errors": 'code=~"5.."',
        },
        {"name": "wait_seconds", "kind": "summary", "quantiles": ["0.5"]},
    ],
}


def outputs(*expressions: str) -> Outputs:
    rules = [{"alert": "A", "expr": it} for it in expressions]
    files = {
        PROMETHEUS: {
            "global": {"scrape_interval": "10s", "evaluation_interval": "10s"},
            "scrape_configs": [
                {"job_name": name, "static_configs": [{"targets": [f"{name}:1"]}]}
                for name in ("shop", "db")
            ],
        },
        "prometheus/rules/services/shop.yml": {"groups": [{"name": "g", "rules": rules}]},
        "prometheus/rules/services/db.yml": {"groups": []},
        "grafana/dashboards/a/shop.json": json.dumps({"panels": []}),
    }
    texts = {
        "manifest/services/shop.json": json.dumps(
            {**SHEET, "boards": [{"folder": "a", "key": "shop"}]}
        ),
        "manifest/services/db.json": json.dumps({"jobs": [{"name": "db", "catalogue": "db"}]}),
    }
    return Outputs(files, texts, {"db": CATALOGUE})


def scenario(*usual: Usual, series: tuple[Series, ...] = ()) -> Scenario:
    return Scenario(60, {}, series, (), usual=usual, history=3600)


ALL = "db_up, db_rejected, db_wait_seconds_bucket, db_wait_seconds_sum, requests_total, "
ALL += "wait_seconds, wait_seconds_sum"


def shown(outputs: Outputs, scenario: Scenario) -> dict[str, tuple[object, ...]]:
    return {
        it.metric: (it.job, it.value, it.rate, it.ago) for it in usual_series(outputs, scenario)
    }


def test_all_that_is_read_is_shown_at_healthy_values():
    assert shown(outputs(ALL), scenario(Usual("nothing"))) == {
        "db_up": ("db", 1, 0, None),
        'db_rejected{pool="a"}': ("db", None, 1, None),
        'db_wait_seconds_bucket{le="1"}': ("db", None, 1, None),
        'db_wait_seconds_bucket{le="+Inf"}': ("db", None, 1, None),
        "db_wait_seconds_sum": ("db", None, 0.01, None),
        'requests_total{code="200"}': ("shop", None, 1, None),
        'requests_total{code="500"}': ("shop", None, 0, None),
        'wait_seconds{quantile="0.5"}': ("shop", 0.01, 0, None),
        "wait_seconds_sum": ("shop", None, 0.01, None),
    }


def test_what_is_healthy_is_said_by_the_first_that_fits():
    said = (
        Usual('db_.*pool="a".*', value=7),
        Usual("db_rejected.*", value=8),
        Usual("db_up", job="shop", value=9),
        Usual("wait_.*", absent=True),
    )
    found = shown(outputs("db_up + db_rejected + wait_seconds"), scenario(*said))
    assert found == {'db_rejected{pool="a"}': ("db", 7, 0, None), "db_up": ("db", 1, 0, None)}


def test_what_a_scenario_writes_is_its_own():
    series = (Series('db_wait_seconds_bucket{le="2"}', "db"), Series("requests_total", "other"))
    found = shown(outputs(ALL), scenario(Usual("nothing"), series=series))
    assert not [metric for metric in found if "db_wait" in metric]
    assert 'requests_total{code="200"}' in found


def test_a_scenario_that_says_nothing_of_the_usual_gets_nothing():
    assert usual_series(outputs(ALL), scenario()) == []


def test_some_services_are_played_alone():
    alone = outputs(ALL).only(["shop"])
    assert [target.job for target in alone.targets()] == ["shop"]
    assert list(alone.rule_files()) == ["prometheus/rules/services/shop.yml"]
    assert "grafana/dashboards/a/shop.json" in alone.files
    other = outputs(ALL).only(["db"])
    assert [target.job for target in other.targets()] == ["db"]
    assert "grafana/dashboards/a/shop.json" not in other.files


@pytest.mark.parametrize(
    ("expression", "length"),
    [
        ("up", 3600),
        ("up offset 30m", 3600),
        ("up offset 1d", 86400 + 3 * 3600),
        ("rate(up[5m] offset 1d) + up offset 1w", 7 * 86400 + 3 * 3600),
    ],
)
def test_the_past_reaches_as_far_as_offsets_look(expression: str, length: float):
    clock = Clock(origin=1e9)
    assert clock.origin - past_of(outputs(expression), scenario(), clock) == length


def test_a_counter_stands_at_0_where_the_past_begins():
    clock = Clock(origin=1e9)
    past = past_of(outputs("up offset 1d"), scenario(), clock)
    series = Series("m", "shop", rate=2)
    assert value_at(series, clock, past, past) == 0
    assert value_at(series, clock, past + 10, past) == 20
