"""Durations as Prometheus, Alertmanager and promtool write them: "1h30m", "250ms", "0"."""

from __future__ import annotations

import re
from functools import lru_cache

# The units of github.com/prometheus/common/model.Duration, in the order in which it wants them.
_UNITS = {
    "y": 365 * 86_400_000,
    "w": 7 * 86_400_000,
    "d": 86_400_000,
    "h": 3_600_000,
    "m": 60_000,
    "s": 1000,
    "ms": 1,
}
_DURATION = re.compile("".join(rf"(?:([0-9]+){unit})?" for unit in _UNITS))


@lru_cache(maxsize=1024)
def milliseconds(text: str | None) -> int | None:
    """How long a duration is; None for what is no duration, which the schemas report."""
    if text == "0":
        return 0
    match = _DURATION.fullmatch(text or "-")
    if not text or match is None:
        return None
    return sum(int(n) * size for n, size in zip(match.groups("0"), _UNITS.values(), strict=True))


def duration_text(length: int) -> str:
    """Milliseconds in the shortest notation: 90000 → "1m30s"; days are the largest unit."""
    parts, rest = [], length
    for unit in ("d", "h", "m", "s", "ms"):
        count, rest = divmod(rest, _UNITS[unit])
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def seconds_text(length: int) -> str:
    """Milliseconds as seconds, so that several of them compare at a glance: 90000 → "90s"."""
    return f"{length / 1000:g}s"
