"""Durations in the notation of the tools."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.durations import duration_text, milliseconds


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0", 0),
        ("0s", 0),
        ("250ms", 250),
        ("90s", 90_000),
        ("1h30m", 5_400_000),
        ("30d", 30 * 86_400_000),
        ("2w", 14 * 86_400_000),
        ("1y1d", 366 * 86_400_000),
    ],
)
def test_each_unit_counts(text, length):
    assert milliseconds(text) == length


@pytest.mark.parametrize(
    "text", ["", "5", "1.5h", "m", "5 m", "30m1h", "1s1s", "-5m", "5min", None]
)
def test_what_no_server_reads_is_no_duration(text):
    assert milliseconds(text) is None


@given(st.integers(0, 10**12))
def test_a_length_reads_back_from_its_text(length):
    assert milliseconds(duration_text(length)) == length
