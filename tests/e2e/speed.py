"""A faster clock: every timer of the outputs divided by one number, and nothing else.

Scaled alike are the intervals of scrapes, evaluations and groups, `for` and `keep_firing_for`,
ranges and offsets in expressions, Alertmanager's timers, and the flags of the servers that are
times. Order and proportion of everything that happens stay as in production; only what the machine
itself takes weighs more, so that a faster run forgives `grace` seconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.e2e.outputs import ALERTMANAGER, BLACKBOX, PROMETHEUS, Outputs
from tests.e2e.scenario import seconds

# What the machine may take for itself, in real seconds.
MACHINE_SECONDS = 0.8

_TIMERS = {
    *("scrape_interval", "scrape_timeout", "evaluation_interval", "interval", "query_offset"),
    *("for", "keep_firing_for", "group_wait", "group_interval", "repeat_interval"),
    *("resolve_timeout", "timeout"),
}
_LENGTH = r"(?:\d+(?:ms|[smhdwy]))+"
_RANGE = re.compile(rf"\[({_LENGTH})(?::({_LENGTH})?)?\]")
_OFFSET = re.compile(rf"\boffset\s+(-?)({_LENGTH})")


def grace(speed: float) -> float:
    """How many seconds of the scenario a message may be late because machines take time."""
    return MACHINE_SECONDS * (speed - 1)


def shorten(duration: str, speed: float) -> str:
    """A duration as it is at a speed, in whole milliseconds."""
    return duration if speed == 1 else f"{round(seconds(duration) * 1000 / speed)}ms"


def shorten_expression(text: str, speed: float) -> str:
    """PromQL with its ranges, the steps of its subqueries and its offsets at a speed."""
    if speed == 1:
        return text

    def ranged(found: re.Match[str]) -> str:
        inner = shorten(found[1], speed)
        if ":" in found[0]:
            inner += ":" + (shorten(found[2], speed) if found[2] else "")
        return f"[{inner}]"

    text = _RANGE.sub(ranged, text)
    return _OFFSET.sub(lambda found: f"offset {found[1]}{shorten(found[2], speed)}", text)


def accelerate(outputs: Outputs, speed: float) -> Outputs:
    """The outputs with all timers at a speed."""
    if speed == 1:
        return outputs
    probed = [BLACKBOX] if BLACKBOX in outputs.files else []
    for path in (PROMETHEUS, ALERTMANAGER, *probed, *outputs.rule_files()):
        outputs = outputs.changed(path, lambda tree: _scaled(tree, speed))
    return outputs


def _scaled(tree: Any, speed: float) -> Any:
    if isinstance(tree, list):
        return [_scaled(item, speed) for item in tree]
    if not isinstance(tree, Mapping):
        return tree
    scaled = {}
    for key, value in tree.items():
        if key in _TIMERS and isinstance(value, str):
            value = shorten(value, speed)
        elif key == "expr":
            value = shorten_expression(value, speed)
        elif key not in ("labels", "annotations"):
            value = _scaled(value, speed)
        scaled[key] = value
    return scaled
