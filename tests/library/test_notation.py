"""Samples in promtool's notation, by what promtool makes of them."""

import json
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler.library.notation import at, counter, gauge, minutes, number, series

FIGURES = st.floats(0, 1e6).map(lambda it: float(f"{it:.6g}"))
STRETCHES = st.lists(st.tuples(FIGURES, st.integers(0, 6)), min_size=1, max_size=5)


def unlike(folder: Path, samples: str, expected: list[float], *, closely: bool) -> str:
    """What promtool says of samples that do not have these values, one a minute."""
    off = "abs(x - {}) > {}" if closely else "x != {} + 0 * {}"
    tests = [
        {
            "expr": off.format(value, max(1e-9 * value, 1e-9)),
            "eval_time": at(minute),
            "exp_samples": [],
        }
        for minute, value in enumerate(expected)
    ]
    after = {"expr": "count(x)", "eval_time": at(len(expected) + 10), "exp_samples": []}
    inputs = [{"series": "x", "values": samples}]
    case = {"interval": "1m", "input_series": inputs, "promql_expr_test": [*tests, after]}
    path = folder / "samples.json"
    path.write_text(json.dumps({"evaluation_interval": "1m", "tests": [case]}))
    command = ["promtool", "test", "rules", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout + done.stderr if done.returncode else ""


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stretches=STRETCHES.filter(lambda them: any(length for _, length in them)))
def test_a_gauge_holds_each_value_for_its_minutes(tmp_path, stretches):
    expected = [value for value, length in stretches for _ in range(length)]
    assert not unlike(tmp_path, gauge(*stretches), expected, closely=False)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stretches=STRETCHES)
def test_a_counter_grows_by_so_much_a_minute(tmp_path, stretches):
    expected = [0.0]
    for step, length in stretches:
        for _ in range(length):
            expected.append(expected[-1] + step)
    assert not unlike(tmp_path, counter(*stretches), expected, closely=True)


@given(st.floats(-1e9, 1e9))
def test_a_number_has_no_exponent_and_is_the_same(value):
    text = number(value)
    assert "e" not in text
    assert abs(float(text) - value) <= 1e-11 * abs(value)


def test_numbers_as_people_write_them():
    assert [number(it) for it in (0.1 + 0.2, 5.0, 1e-7, 1e10, -0.5)] == [
        *("0.3", "5", "0.0000001", "10000000000", "-0.5")
    ]


def test_minutes_are_rounded_up():
    lengths = [minutes(it) for it in (None, "30s", "1m", "90s", "1h", "1d12h")]
    assert lengths == [0, 1, 1, 2, 60, 2160]


def test_labels_stand_beside_those_of_the_target():
    assert series("up", "shop", "a") == 'up{job="shop",instance="a"}'
    assert series('x{code="500"}', "shop", "a") == 'x{job="shop",instance="a",code="500"}'
    assert series("x", "shop", "a", {"code": "500"}) == 'x{job="shop",instance="a",code="500"}'
