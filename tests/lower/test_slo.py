"""Objectives become recordings and alerts that are right about every kind of traffic."""

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from giggamon_compiler import SLO, Environment, Labels, Policy, Ratio, Service, Severity, Team
from giggamon_compiler.ir import Program
from giggamon_compiler.lower.house import lower_house
from giggamon_compiler.lower.slo import (
    Events,
    budget_of,
    decimal_text,
    lower_objectives,
    measure_text,
)
from giggamon_compiler.model.definitions import DefinitionFile, Definitions
from giggamon_compiler.model.slo import Measure

urgent = Severity(
    "urgent", channels=["page"], group_wait="5s", group_interval="10s", repeat_interval="1h"
)
calm = Severity(
    "calm", channels=["chat"], group_wait="5s", group_interval="10s", repeat_interval="1h"
)
Expected = dict[str, object]
team = Team("shipping")
shop = Service("parcels", team=team)
labels = Labels(service="svc", team="squad", severity="level")


def objective(target: float | Decimal = 99.9, window: str = "30d") -> SLO:
    return SLO(
        "delivery",
        objective=target,
        window=window,
        sli=Ratio(bad='parcels_total{state="lost"}', total="parcels_total"),
        fast=urgent,
        slow=calm,
    )


def rules_of(slo: SLO) -> list[dict[str, object]]:
    """The rules of an objective, as promtool reads them."""
    policy = Policy(severities=[urgent, calm], fallback=calm, default_team=team, labels=labels)
    environment = Environment("here", prometheus="2.42", alertmanager="0.25", retention="35d")
    house = DefinitionFile(
        "house", (("policy", policy), ("environment", environment), ("team", team))
    )
    file = DefinitionFile("services/parcels", (("service", shop), ("slo", slo)))
    definitions = Definitions((house, file))
    program = lower_objectives(definitions, lower_house(definitions, Program()))
    (group,) = program.groups
    return [
        {rule.kind: rule.name, "expr": rule.query.text, "labels": dict(rule.labels)}
        for rule in group.rules
    ]


def run_promtool(folder: Path, slo: SLO, series: dict[str, str], expected: list[Expected]) -> None:
    """Let promtool evaluate expressions on series of one sample a minute."""
    rules = {"groups": [{"name": "slo", "rules": rules_of(slo)}]}
    test = {
        "rule_files": ["rules.json"],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": name, "values": it} for name, it in series.items()],
                "promql_expr_test": expected,
            }
        ],
    }
    (folder / "rules.json").write_text(json.dumps(rules))  # JSON is YAML
    (folder / "test.json").write_text(json.dumps(test))
    done = subprocess.run(
        ["promtool", "test", "rules", "test.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def value_at(time: str, expression: str, value: float | None, series: str = "{}") -> Expected:
    samples = [] if value is None else [{"labels": series, "value": value}]
    return {"expr": expression, "eval_time": time, "exp_samples": samples}


def firing_at(time: str, *levels: str) -> Expected:
    return {
        "expr": 'count by (level) (ALERTS{alertstate="firing"})',
        "eval_time": time,
        "exp_samples": [{"labels": f'{{level="{level}"}}', "value": 1} for level in levels],
    }


@pytest.mark.parametrize(
    ("selector", "grown"),
    [
        ("x_total", "sum(increase(x_total[5m]))"),
        (' x_total{a="b"} ', 'sum(increase(x_total{a="b"}[5m]))'),
        ("(x_total)", "sum(increase(x_total[5m]))"),
        ("x_total offset 1h", "sum(increase(x_total[5m] offset 1h))"),
        ('{__name__="x"} @ 0 offset -5m', 'sum(increase({__name__="x"}[5m] @ 0 offset -5m))'),
        ('x_total{a="offset 5m"} # all', 'sum(increase(x_total{a="offset 5m"}[5m]))'),
        ("x_total{  # one [1m]\n}", "sum(increase(x_total{  # one [1m]\n}[5m]))"),
    ],
)  # fmt: skip
def test_the_range_goes_behind_the_bare_selector(selector, grown, tmp_path):
    assert Events(selector).grown_over("5m") == grown
    rules = {"groups": [{"name": "g", "rules": [{"record": "a:b", "expr": grown}]}]}
    (tmp_path / "rules.json").write_text(json.dumps(rules))
    done = subprocess.run(
        ["promtool", "check", "rules", "rules.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


LABELS = '{svc="parcels", slo="delivery"}'
BAD = 'slo:bad:increase1h{svc="parcels", slo="delivery"}'


@pytest.mark.parametrize(
    ("target", "budget"),
    [
        (99.9, "0.001"),
        (99.95, "0.0005"),
        (Decimal("99.99"), "0.0001"),
        (99, "0.01"),
        (99.99999999, "0.0000000001"),
        (90, "0.1"),
    ],
)
def test_a_budget_is_an_exact_decimal(target, budget):
    assert decimal_text(budget_of(objective(target))) == budget


def test_an_error_series_that_does_not_exist_counts_as_no_error(tmp_path):
    run_promtool(
        tmp_path,
        objective(),
        {'parcels_total{state="sent"}': "0+100x90"},
        [value_at("80m", BAD, 0, BAD), firing_at("80m")],
    )


def test_without_traffic_nothing_is_said(tmp_path):
    share = measure_text(Measure(objective(), "burn", over="1h"), "parcels", labels)
    run_promtool(
        tmp_path,
        objective(),
        {'parcels_total{state="sent"}': "7x90", 'parcels_total{state="lost"}': "3x90"},
        [value_at("80m", share, None), firing_at("80m")],
    )


def test_without_any_series_nothing_is_said(tmp_path):
    run_promtool(tmp_path, objective(), {"other_total": "0+1x90"}, [firing_at("80m")])


def test_figures_are_bad_events_by_all_events(tmp_path):
    burn = measure_text(Measure(objective(), "burn", over="1h"), "parcels", labels)
    share = 5 / 105
    run_promtool(
        tmp_path,
        objective(),
        {'parcels_total{state="sent"}': "0+100x90", 'parcels_total{state="lost"}': "0+5x90"},
        [
            value_at("80m", f"abs({burn} - {share * 1000}) < bool 1e-9", 1, LABELS),
            firing_at("80m", "urgent", "calm"),
        ],
    )


def test_an_outage_alerts_when_the_closed_form_says(tmp_path):
    """20 % of errors reach 14.4 times 0.1 % of an hour after 60 · 0.0144 / 0.2 = 4.32 minutes.

    The slow alert comes first, since the series are younger than its windows.
    """
    run_promtool(
        tmp_path,
        objective(),
        {
            'parcels_total{state="sent"}': "0+100x70 7000+80x30",
            'parcels_total{state="lost"}': "0x70 0+20x30",
        },
        [firing_at("70m"), firing_at("73m", "calm"), firing_at("77m", "urgent", "calm")],
    )


def test_a_counter_that_restarts_is_no_error(tmp_path):
    run_promtool(
        tmp_path,
        objective(),
        {
            'parcels_total{state="sent"}': "0+100x70 0+100x30",
            'parcels_total{state="lost"}': "9x70 0x30",
        },
        [firing_at("75m"), firing_at("95m")],
    )
