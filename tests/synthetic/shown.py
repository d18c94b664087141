"""The series that there can be, made from the catalogues and the declarations and nothing else.

Each target of each job shows what its catalogue was recorded with, series by series, and what its
service declares, with every combination of the sample values of its labels. What Prometheus itself
writes for a scrape is added. No query is looked at.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from giggamon_compiler import exposition
from giggamon_compiler.ir import Metric, Program, ScrapeJob

Kind = Literal["counter", "gauge", "bucket"]

CATALOGUES = Path(__file__).parents[2] / "definitions" / "catalogue"
# Prometheus documentation, "Jobs and instances".
OF_SCRAPES = {
    "up": 1.0,
    "scrape_duration_seconds": 0.02,
    "scrape_samples_scraped": 900.0,
    "scrape_samples_post_metric_relabeling": 900.0,
    "scrape_series_added": 3.0,
}
MOST_COMBINATIONS = 3000
BEGIN = 1_600_000_000  # when all counters stood at 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A series; labels: with its name; value: of one that stays as it is.

    rank: of a bucket among those of its histogram, from 1
    """

    labels: Mapping[str, str]
    kind: Kind
    value: float | None = None
    rank: int = 0

    @property
    def name(self) -> str:
        """Its metric."""
        return self.labels["__name__"]

    def at(self, times: Sequence[int]) -> list[float]:
        """Its values at times, in seconds since 1970: counters grow, gauges go up and down."""
        if self.value is not None:
            return [self.value] * len(times)
        without = {name: value for name, value in self.labels.items() if name != "le"}
        seed = zlib.crc32(repr(sorted(without.items())).encode()) / 2**32
        if self.kind == "gauge":
            if self.name.endswith(("_timestamp_seconds", "_time_seconds", "_timestamp")):
                return [time - 600 - 60 * seed for time in times]
            middle, phase = 20 + 60 * seed, 6 * seed
            return [middle + 5 * math.sin(time / 1800 + phase) for time in times]
        growth = (0.2 + 3 * seed) * max(self.rank, 1)
        return [float(int((time - BEGIN) * growth)) for time in times]


def shown_by(program: Program, catalogues: Mapping[str, str]) -> list[Shown]:
    """All series of all jobs; catalogues: the text of each by its name."""
    return [
        it
        for job in (program.prometheus.jobs if program.prometheus else ())
        for it in _of_job(job, program, catalogues)
    ]


def read_catalogues(folder: Path = CATALOGUES) -> dict[str, str]:
    """The recorded expositions of a folder."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.prom"))}


def _of_job(job: ScrapeJob, program: Program, catalogues: Mapping[str, str]) -> Iterator[Shown]:
    of_target = [*_recorded(catalogues[job.catalogue])] if job.catalogue else []
    if job.probing is None:
        for metric in program.metrics:
            if metric.owner == job.owner:
                of_target += _declared(metric)
    for target in job.targets:
        put = {"job": job.name, "instance": target, **job.labels}
        for name, value in OF_SCRAPES.items():
            yield Shown({"__name__": name, **put}, "gauge", value)
        for it in of_target:
            # Prometheus documentation, "honor_labels: false".
            kept = {f"exported_{name}" if name in put else name: v for name, v in it.labels.items()}
            yield Shown({**kept, **put}, it.kind, it.value, it.rank)


def _recorded(text: str) -> Iterator[Shown]:
    for family in exposition.read(text).families:
        ranks: dict[tuple[tuple[str, str], ...], int] = {}
        for series in family.series:
            labels = {"__name__": series.name, **dict(series.labels)}
            kind: Kind = "counter" if family.kind == "counter" else "gauge"
            rank = 0
            if family.kind in ("histogram", "summary") and series.name != family.name:
                kind = "counter"
            if "le" in labels and family.kind == "histogram":
                rest = tuple(it for it in series.labels if it[0] != "le")
                ranks[rest] = rank = ranks.get(rest, 0) + 1
                kind = "bucket"
            if family.kind == "untyped" and series.name.endswith(("_total", "_count", "_sum")):
                kind = "counter"
            yield Shown(labels, kind, None, rank)


def _declared(metric: Metric) -> Iterator[Shown]:
    names = list(metric.labels)
    combinations = list(itertools.product(*(metric.labels[name] or ("any",) for name in names)))
    assert len(combinations) <= MOST_COMBINATIONS, f"{metric.name}: {len(combinations)} series"
    for values in combinations:
        labels = dict(zip(names, values, strict=True))
        match metric.kind:
            case "counter" | "gauge":
                yield Shown({"__name__": metric.name, **labels}, metric.kind)
            case "histogram" | "summary":
                for rank, bound in enumerate((*metric.buckets, "+Inf"), 1):
                    if metric.kind == "histogram":
                        named = {"__name__": f"{metric.name}_bucket", **labels, "le": bound}
                        yield Shown(named, "bucket", None, rank)
                for quantile in metric.quantiles:
                    named = {"__name__": metric.name, **labels, "quantile": quantile}
                    yield Shown(named, "gauge")
                for end in ("_sum", "_count"):
                    yield Shown({"__name__": metric.name + end, **labels}, "counter")
