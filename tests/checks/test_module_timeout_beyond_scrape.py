"""A module's timeout fits into the scrape."""

import pytest

from tests.checks.probes import probing


@pytest.mark.parametrize(
    ("timeout", "probe", "most"),
    [
        ("9500ms", 'interval="1m"', None),
        ("9501ms", 'interval="1m"', "9.5s"),
        ("4500ms", 'interval="5s"', None),
        ("4501ms", 'interval="5s"', "4.5s"),
        ("29s", 'interval="1m", timeout="30s"', None),
        ("30s", 'interval="1m", timeout="30s"', "29.5s"),
        ("9500ms", "", None),  # the policy's interval is 15s
        ("10s", "", "9.5s"),
    ],
)
def test_timeouts(tmp_path, timeout, probe, most):
    module = f'prober="http", timeout="{timeout}"'
    found = probing(
        *(tmp_path, module, f'targets=["https://a.example/"], {probe}'),
        only="module-timeout-beyond-scrape",
    )
    assert [most in it.message for it in found if most] == ([True] if most else [])
    assert len(found) == bool(most)
