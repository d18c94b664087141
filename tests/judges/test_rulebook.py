"""An excerpt of the rules decides as all of them do: promtool is asked of both."""

import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler import ir, targets
from giggamon_compiler.judges.rulebook import make_rulebook
from tests.judges.making import alert, group, record

NAMES = [f"r:{n}" for n in range(5)]
CHOSEN = [
    "up",
    'r:4{x="a\\"b"}',
    """r:4{x='a"b'}""",
    'r:1{x="1"}',
    'r:2{x="2"}',
    'r:3{x!="1"}',
    'r:0{x=~"1|2"}',
]
OPERANDS = st.sampled_from([*NAMES, *CHOSEN])
RECORDS = st.builds(
    lambda name, one, other, label: record(
        name, f"sum({one}) + sum({other})", labels={"x": label} if label else {}
    ),
    st.sampled_from(NAMES),
    OPERANDS,
    OPERANDS,
    st.sampled_from(["", "1", "2", 'a"b']),
)
GROUPS = st.lists(RECORDS, max_size=3, unique_by=lambda it: (it.name, str(it.labels)))
BOOKS = st.lists(GROUPS, min_size=1, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BOOKS, OPERANDS)
def test_an_excerpt_decides_as_all_rules_do(tmp_path_factory, book, operand):
    groups = [group(*rules, name=f"g{n}") for n, rules in enumerate(book)]
    groups.append(group(alert("Any", f"count({operand}) > 0"), name="last"))
    made = make_rulebook(groups)
    (key,) = made.by_name["Any"]
    needed = made.closure([key])
    excerpt = made.excerpt(needed)
    order = [it.name for it in excerpt]
    rest = [it for it in groups if it.name not in order]
    whole = [*rest, *(it for name in order for it in groups if it.name == name)]
    folder = tmp_path_factory.mktemp("excerpt")
    assert fires(folder, "part", excerpt) == fires(folder, "whole", whole)


def fires(folder, name, groups):
    """At which of a few minutes the alert fires, by promtool's own account of a test that fails."""
    text = targets.emit(ir.Program(groups=tuple(replace(it, file=name) for it in groups)))
    (folder / f"{name}.yml").write_text(next(iter(text.values())), encoding="utf-8")
    tests = {
        "rule_files": [f"{name}.yml"],
        "group_eval_order": [it.name for it in groups],
        "tests": [
            {
                "interval": "1m",
                "input_series": [{"series": "up", "values": "1x9"}],
                "promql_expr_test": [
                    {"expr": 'ALERTS{alertname="Any"}', "eval_time": f"{n}m"} for n in range(8)
                ],
            }
        ],
    }
    (folder / f"{name}.test.json").write_text(json.dumps(tests), encoding="utf-8")
    command = ["promtool", "test", "rules", f"{name}.test.json"]
    said = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    return [line.strip() for line in said.stderr.splitlines() if "time:" in line]


WAITS = alert("A", for_="5m")
OF_A_RECORD = alert("A", "a:b > 0")


@pytest.mark.parametrize(
    ("groups", "remembers"),
    [
        pytest.param([group(alert("A"))], False, id="samples alone"),
        pytest.param([group(alert("A", "rate(up[5m]) > 0"))], False, id="the past of samples"),
        pytest.param([group(WAITS)], True, id="for"),
        pytest.param([group(alert("A", keep_firing_for="5m"))], True, id="keep_firing_for"),
        pytest.param([group(record("a:b"), OF_A_RECORD)], False, id="a recording"),
        pytest.param(
            [group(record("a:b", "rate(up[5m])"), OF_A_RECORD)], False, id="its past of samples"
        ),
        pytest.param(
            [group(record("a:b")), group(OF_A_RECORD, name="later")], False, id="another group"
        ),
        pytest.param([group(OF_A_RECORD, record("a:b"))], True, id="a recording after it"),
        *(
            pytest.param([group(record("a:b"), alert("A", expr))], True, id=expr)
            for expr in (
                "max_over_time(a:b[5m]) > 0",
                "a:b offset 5m > 0",
                "a:b OFFSET 5m > 0",
                "a:b @ 300 > 0",
                "max_over_time((a:b)[10m:5m]) > 0",
            )
        ),
        pytest.param(
            [group(record("a:b"), record("a:c", "a:b offset 5m"), alert("A", "a:c > 0"))],
            True,
            id="the past, read by a recording",
        ),
        pytest.param(
            [group(alert("B", for_="5m"), alert("A", 'ALERTS{alertname="B"} > 0'))],
            True,
            id="another alert",
        ),
        pytest.param([group(alert("A", "ALERTS_FOR_STATE > 0"))], True, id="itself"),
        pytest.param(
            [group(record("a:b", "a:b + 1 or up"), OF_A_RECORD)], True, id="a recording of itself"
        ),
        pytest.param(
            [
                group(record("a:b", "a:d"), record("a:c")),
                group(record("a:d", "a:c"), OF_A_RECORD, name="later"),
            ],
            True,
            id="groups that read each other",
        ),
    ],
)
def test_what_rests_on_earlier_evaluations(groups, remembers):
    book = make_rulebook(groups)
    assert book.remembers(book.by_name["A"]) is remembers
