"""The longest time from a metric's change to the message, beyond `for`, by the outputs' timers.

A second opinion on what the compiler proves: it reads outputs, not definitions, and walks the
routing tree itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.outputs import ALERTMANAGER, PROMETHEUS, Outputs
from tests.e2e.scenario import seconds

PEER_SECONDS = 15.0
SEND_SECONDS = 1.0
_MATCHER = re.compile(r'^\s*"?([^"=!~]+?)"?\s*(=~|!~|!=|=)\s*"?((?:[^"\\]|\\.)*)"?\s*$')


@dataclass(frozen=True, slots=True)
class Bound:
    """Seconds beyond `for_`, and the terms that they are the sum of."""

    for_: float
    terms: Mapping[str, float]

    @property
    def seconds(self) -> float:
        """The sum."""
        return sum(self.terms.values())


def bound_of(outputs: Outputs, alert: str, severity: str | None) -> Bound | None:
    """The bound of a rule, or None where no rule has that name (and severity among its labels)."""
    prometheus = outputs.files[PROMETHEUS]["global"]
    records = {
        (rule["record"], group["name"])
        for group in outputs.groups()
        for rule in group["rules"]
        if "record" in rule
    }
    for group, rule in _alerts(outputs, alert):
        labels = {"alertname": alert, **(group.get("labels") or {}), **(rule.get("labels") or {})}
        if severity is not None and severity not in labels.values():
            continue
        every = seconds(group.get("interval", prometheus["evaluation_interval"]))
        lasts = seconds(rule.get("for", "0s"))
        read = {name: group["name"] for name, _ in records if name in rule["expr"]}
        others = set(read.items()) - records
        timers = _timers(outputs.files[ALERTMANAGER]["route"], labels)
        peer = PEER_SECONDS * (len(outputs.alertmanagers()) - 1)
        new = timers["group_wait"] + peer
        alight = max(timers["group_interval"], peer) + peer
        return Bound(
            lasts,
            {
                "scrape": _scrape(outputs, rule["expr"]),
                "evaluation": every,
                "for, rounded up": math.ceil(lasts / every) * every - lasts,
                "recordings": every * len(others),
                "group": max(new, alight),
                "send": SEND_SECONDS,
            },
        )
    return None


def _alerts(outputs: Outputs, alert: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for group in outputs.groups():
        for rule in group["rules"]:
            if rule.get("alert") == alert:
                yield group, rule


def _scrape(outputs: Outputs, expression: str) -> float:
    """The longest interval of the jobs that an expression names, of all where it names none."""
    tree = outputs.files[PROMETHEUS]
    usual = tree["global"]["scrape_interval"]
    intervals = {
        job["job_name"]: seconds(job.get("scrape_interval", usual))
        for job in tree.get("scrape_configs") or []
    }
    named = [every for job, every in intervals.items() if f'"{job}"' in expression]
    return max(named or intervals.values(), default=seconds(usual))


def _timers(route: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, float]:
    """The timers of the leaf that takes an alert; a node gives what it does not say from above."""
    timers = {"group_wait": 30.0, "group_interval": 300.0}
    node: Mapping[str, Any] | None = route
    while node is not None:
        timers |= {key: seconds(node[key]) for key in timers if key in node}
        children = node.get("routes") or []
        node = next((child for child in children if _matches(child, labels)), None)
    return timers


def _matches(route: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    for matcher in route.get("matchers") or []:
        found = _MATCHER.match(matcher)
        if not found:
            raise ValueError(f"cannot read the matcher {matcher!r}")
        name, operator, value = found.groups()
        actual = labels.get(name.strip(), "")
        same = actual == value if operator in ("=", "!=") else bool(re.fullmatch(value, actual))
        if same != (operator in ("=", "=~")):
            return False
    return True
