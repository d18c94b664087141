"""A past for Prometheus: blocks of samples, in which all was as at the start of the scenario.

Without a past every rule would see a service that is seconds old: `absent(up)` fires until the
first scrape, and a budget of 30 days is judged by its first minute.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.e2e.exporter import Clock, value_at
from tests.e2e.outputs import PROMETHEUS, Outputs
from tests.e2e.scenario import Scenario, Series, seconds


def write_history(
    outputs: Outputs, scenario: Scenario, clock: Clock, promtool: str, folder: Path
) -> None:
    """Write the past as blocks below `folder`, the data folder of a Prometheus not yet started.

    outputs: at the speed of the clock, with the addresses of production
    """
    text = folder.parent / "history.om"
    with text.open("w", encoding="utf-8") as file:
        for line in _lines(outputs, scenario, clock):
            file.write(line + "\n")
        file.write("# EOF\n")
    subprocess.run(
        [promtool, "tsdb", "create-blocks-from", "openmetrics", str(text), str(folder)],
        check=True,
        capture_output=True,
        timeout=120,
    )


def past_of(scenario: Scenario, clock: Clock) -> float:
    """When the past begins, in seconds since 1970."""
    return clock.origin - scenario.history / clock.speed


def _lines(outputs: Outputs, scenario: Scenario, clock: Clock) -> Iterator[str]:
    tree = outputs.files[PROMETHEUS]
    usual = tree["global"]["scrape_interval"]
    begin = past_of(scenario, clock)
    for job in tree.get("scrape_configs") or []:
        step = seconds(job.get("scrape_interval", usual))
        times = [clock.origin - n * step for n in range(int((clock.origin - begin) / step), -1, -1)]
        for config in job.get("static_configs") or []:
            for instance in config["targets"]:
                labels = {"job": job["job_name"], "instance": instance, **config.get("labels", {})}
                up = Series(metric="up", job=job["job_name"], value=1.0)
                shown = [s for s in scenario.series if s.job == job["job_name"]]
                for series in [up, *(s for s in shown if s.instance in (None, instance))]:
                    yield from _samples(series, labels, clock, times, begin)


def _samples(
    series: Series, target: dict[str, str], clock: Clock, times: Sequence[float], past: float
) -> Iterator[str]:
    name, labels = series.name_and_labels()
    inner = ",".join(f'{key}="{value}"' for key, value in {**labels, **target}.items())
    for wall in times:
        value = value_at(series, clock, wall, past)
        if value is not None:
            yield f"{name}{{{inner}}} {value!r} {wall:.3f}"
