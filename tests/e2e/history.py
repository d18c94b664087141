"""A past for Prometheus: blocks of samples, in which all was as at the start of the scenario.

Without a past every rule would see a service that is seconds old: `absent(up)` fires until the
first scrape, and a budget of 30 days is judged by its first minute.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.e2e.clock import Clock
from tests.e2e.exporter import value_at
from tests.e2e.outputs import PROMETHEUS, Outputs
from tests.e2e.scenario import Scenario, Series, seconds

# What nobody wrote is dense enough for a rate in the past, and as it is scraped at the end of it.
_SPARSE = 60.0
_DENSE = 900.0
# Before and after the time that an offset looks back at.
_AROUND = 4 * 3600.0
_OFFSET = re.compile(r"\boffset\s+((?:\d+(?:ms|[smhdwy]))+)")

Times = Sequence[float]


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
    text = folder.parent / "history.om"
    with text.open("w", encoding="utf-8") as file:
        for line in _lines(outputs, scenario, usual, clock):
            file.write(line + "\n")
        file.write("# EOF\n")
    subprocess.run(
        [promtool, "tsdb", "create-blocks-from", "openmetrics", str(text), str(folder)],
        check=True,
        capture_output=True,
        timeout=120,
    )


def past_of(outputs: Outputs, scenario: Scenario, clock: Clock) -> float:
    """When the past begins, in seconds since 1970; outputs: at the speed of the clock."""
    return min(begin for begin, _ in _windows(outputs, scenario, clock))


def _windows(outputs: Outputs, scenario: Scenario, clock: Clock) -> list[tuple[float, float]]:
    """The times that the past has samples of: the last one, and those that offsets look back at."""
    last = (clock.origin - scenario.history / clock.speed, clock.origin)
    texts = [rule["expr"] for group in outputs.groups() for rule in group["rules"]]
    offsets = {seconds(it) for text in texts for it in _OFFSET.findall(text)}
    around = _AROUND / clock.speed
    return [
        *(
            (clock.origin - offset - around, clock.origin - offset + around)
            for offset in sorted(offsets, reverse=True)
            if clock.origin - offset - around < last[0]
        ),
        last,
    ]


def _lines(
    outputs: Outputs, scenario: Scenario, usual: Sequence[Series], clock: Clock
) -> Iterator[str]:
    tree = outputs.files[PROMETHEUS]
    every = tree["global"]["scrape_interval"]
    windows = _windows(outputs, scenario, clock)
    past = past_of(outputs, scenario, clock)
    for job in tree.get("scrape_configs") or []:
        name = job["job_name"]
        step = seconds(job.get("scrape_interval", every))
        dense = [time for begin, end in windows[-1:] for time in _times(begin, end, step)]
        up = Series(metric="up", job=name, value=1.0)
        shown = [(one, True) for one in scenario.series if one.job == name]
        shown += [(up, False), *((one, False) for one in usual if one.job == name)]
        sparse = _sparse(windows, step, clock)
        for config in job.get("static_configs") or []:
            for instance in config["targets"]:
                labels = {"job": name, "instance": instance, **config.get("labels", {})}
                for series, written in shown:
                    if series.instance in (None, instance):
                        times = [*sparse[0], *dense] if written else [*sparse[0], *sparse[1]]
                        yield from _samples(series, labels, clock, times, past)


def _times(begin: float, end: float, step: float) -> list[float]:
    return [end - number * step for number in range(int((end - begin) / step), -1, -1)]


def _sparse(
    windows: Sequence[tuple[float, float]], step: float, clock: Clock
) -> tuple[Times, Times]:
    """Few times: those of all windows but the last one, and those of the last one."""
    wide = max(step, _SPARSE / clock.speed)
    before: list[float] = []
    for begin, end in windows[:-1]:
        later = [time for time in _times(begin, end, wide) if not before or time > before[-1]]
        before += [time for time in later if time < windows[-1][0]]
    begin, end = windows[-1]
    turn = max(begin, end - _DENSE / clock.speed)
    return before, [*_times(begin, turn, wide)[:-1], *_times(turn, end, step)]


def _samples(
    series: Series, target: dict[str, str], clock: Clock, times: Times, past: float
) -> Iterator[str]:
    name, labels = series.name_and_labels()
    inner = ",".join(f'{key}="{value}"' for key, value in {**labels, **target}.items())
    for wall in times:
        value = value_at(series, clock, wall, past)
        if value is not None:
            yield f"{name}{{{inner}}} {value!r} {wall:.3f}"
