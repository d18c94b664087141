"""A past for Prometheus: blocks of samples, in which all was as at the start of the scenario.

Without a past every rule would see a service that is seconds old: `absent(up)` fires until the
first scrape, and a budget of 30 days is judged by its first minute. What an offset looks back at
further than that is there as well, for the metrics of its query.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.boards import board_queries
from tests.e2e.clock import Clock
from tests.e2e.exporter import value_at
from tests.e2e.outputs import PROMETHEUS, Outputs
from tests.e2e.scenario import Scenario, Series, seconds

# What nobody wrote: the last five minutes as it is scraped, two hours with a sample a minute, and
# before that often enough for a rate of ten minutes.
_STEPS = ((300.0, 0.0), (7200.0, 60.0), (float("inf"), 240.0))
# Before and after the time that an offset looks back at.
_BEFORE = 3 * 3600.0
_AFTER = 3600.0
_OFFSET = re.compile(r"\boffset\s+((?:\d+(?:ms|[smhdwy]))+)")
_WORD = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")


@dataclass(frozen=True, slots=True)
class _Window:
    """A time that the past has samples of; names: of these metrics only."""

    begin: float
    end: float
    names: frozenset[str] | None = None


def write_history(
    outputs: Outputs,
    scenario: Scenario,
    usual: Sequence[Series],
    clock: Clock,
    promtool: str,
    folder: Path,
) -> None:
    """Write the past as blocks below `folder`, the data folder of a Prometheus not yet started.

    outputs: at the speed of the clock, with the addresses of production
    usual: what the scenario does not write itself
    """
    past = past_of(outputs, scenario, clock)
    # One after the other: promtool reads a file as often as there are blocks in its time.
    for number, window in enumerate(_windows(outputs, scenario, clock)):
        text = folder.parent / f"history-{number}.om"
        with text.open("w", encoding="utf-8") as file:
            for line in _lines(outputs, scenario, usual, clock, window, past):
                file.write(line + "\n")
            file.write("# EOF\n")
        subprocess.run(
            [promtool, "tsdb", "create-blocks-from", "openmetrics", str(text), str(folder)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        text.unlink()


def past_of(outputs: Outputs, scenario: Scenario, clock: Clock) -> float:
    """When the past begins, in seconds since 1970; outputs: at the speed of the clock."""
    return min(window.begin for window in _windows(outputs, scenario, clock))


def _windows(outputs: Outputs, scenario: Scenario, clock: Clock) -> list[_Window]:
    """The last one is all that was; before it stand those that offsets look back at."""
    last = _Window(clock.origin - scenario.history / clock.speed, clock.origin)
    names: dict[float, set[str]] = {}
    rules = [(rule["expr"], 1.0) for group in outputs.groups() for rule in group["rules"]]
    shown = [(expression, clock.speed) for expression in board_queries(outputs)]
    for expression, faster in rules + shown:
        for offset in _OFFSET.findall(expression):
            words = names.setdefault(seconds(offset) / faster, set())
            words.update(_WORD.findall(expression))
    windows = [last]
    for offset in sorted(names):
        begin = clock.origin - offset - _BEFORE / clock.speed
        end = clock.origin - offset + (scenario.duration + _AFTER) / clock.speed
        end = min(end, windows[0].begin)
        if begin < end and clock.origin - offset < last.begin:
            windows.insert(0, _Window(begin, end, frozenset(names[offset])))
    return windows


def _lines(
    outputs: Outputs,
    scenario: Scenario,
    usual: Sequence[Series],
    clock: Clock,
    window: _Window,
    past: float,
) -> Iterator[str]:
    tree = outputs.files[PROMETHEUS]
    every = tree["global"]["scrape_interval"]
    for job in tree.get("scrape_configs") or []:
        name = job["job_name"]
        step = seconds(job.get("scrape_interval", every))
        dense, sparse = _times(window.begin, window.end, step), _sparse(window, step, clock)
        up = Series(metric="up", job=name, value=1.0)
        shown = [(one, dense) for one in scenario.series if one.job == name]
        shown += [(up, sparse), *((one, sparse) for one in usual if one.job == name)]
        for config in job.get("static_configs") or []:
            for instance in config["targets"]:
                labels = {"job": name, "instance": instance, **config.get("labels", {})}
                for series, times in shown:
                    if series.instance in (None, instance) and _is_in(series, window):
                        yield from _samples(series, labels, clock, times, past)


def _is_in(series: Series, window: _Window) -> bool:
    return window.names is None or series.name_and_labels()[0] in window.names


def _times(begin: float, end: float, step: float) -> list[float]:
    return [end - number * step for number in range(int((end - begin) / step), -1, -1)]


def _sparse(window: _Window, step: float, clock: Clock) -> list[float]:
    """Few times, but for the last ones."""
    if window.names is not None:
        return _times(window.begin, window.end, max(step, _STEPS[1][1] / clock.speed))
    times: list[float] = []
    end = window.end
    for length, wide in _STEPS:
        begin = max(window.begin, window.end - length / clock.speed)
        times = [
            *_times(begin, end, max(step, wide / clock.speed))[: -1 if times else None],
            *times,
        ]
        end = times[0] if times else end
    return times


def _samples(
    series: Series, target: dict[str, str], clock: Clock, times: Sequence[float], past: float
) -> Iterator[str]:
    name, labels = series.name_and_labels()
    inner = ",".join(f'{key}="{value}"' for key, value in {**labels, **target}.items())
    for wall in times:
        value = value_at(series, clock, wall, past)
        if value is not None:
            yield f"{name}{{{inner}}} {value!r} {wall:.3f}"
