"""Series put into a real Prometheus: a long past in blocks, the last hour through remote write."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from giggamon_compiler.judges.go_text import quote
from tests.promql.engine import Engine
from tests.promql.labels.oracle_write import Series, write
from tests.synthetic.shown import Shown

NOW = 1_750_000_200  # a round minute
# A Prometheus takes no sample that is an hour older than its newest one.
RECENT = 55 * 60
FINE = 20 * 60
FINE_STEP = 10
STEP = 60
COARSE_STEP = 600
MOST_COARSE = 1000  # samples
BLOCK_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Need:
    """How far back a metric is read; ends: how long ago the windows of its offsets end."""

    back: int
    ends: frozenset[int]


def needs_of(reaches: Iterable[tuple[str | None, int, int]]) -> dict[str, Need]:
    """What is read of each metric."""
    found: dict[str, Need] = {}
    for name, begin, end in reaches:
        it = found.get(name or "", Need(0, frozenset()))
        found[name or ""] = Need(max(it.back, begin), it.ends | {end})
    return found


def write_past(
    promtool: str, folder: Path, shown: Sequence[Shown], needs: Mapping[str, Need], newer: bool
) -> None:
    """Blocks below `folder`/data, before the Prometheus is started."""
    file = folder / "past.om"
    with file.open("w", encoding="utf-8") as lines:
        for it in shown:
            need = needs.get(it.name)
            if need is not None and need.back > RECENT:
                text, times = _text(it, newer), _times_of(need)
                values = zip(it.at(times), times, strict=True)
                lines.writelines(f"{text} {value!r} {time}\n" for value, time in values)
        lines.write("# EOF\n")
    create = (promtool, "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=960h")
    done = subprocess.run(
        [*create, str(file), str(folder / "data")],
        capture_output=True,
        text=True,
        timeout=BLOCK_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(f"promtool tsdb: {done.stderr}")


def write_recent(engine: Engine, shown: Iterable[Shown], needs: Mapping[str, Need]) -> None:
    """The last hour; of what nothing reads, a few samples.

    One half after the other: series go in several requests, and what is more than an hour older
    than the newest sample so far is refused.
    """
    series = list(_recent(shown, needs, engine.version.startswith("3")))
    half = (NOW - RECENT // 2) * 1000
    for later in (False, True):
        of_half = (
            (it, [sample for sample in it.samples if (sample[0] > half) is later]) for it in series
        )
        write(engine.address, [replace(it, samples=samples) for it, samples in of_half if samples])


def _recent(shown: Iterable[Shown], needs: Mapping[str, Need], newer: bool) -> Iterator[Series]:
    every = [*range(NOW - RECENT + STEP, NOW - FINE, STEP), *range(NOW - FINE, NOW + 1, FINE_STEP)]
    few = [NOW - STEP, NOW]
    for it in shown:
        times = every if it.name in needs or "" in needs else few
        values = zip(times, it.at(times), strict=True)
        yield Series(_stored(it.labels, newer), [(time * 1000, value) for time, value in values])


@cache
def _times_of(need: Need) -> list[int]:
    """Every ten minutes or more seldom, and every minute where the window of an offset may end."""
    step = max(COARSE_STEP, need.back // MOST_COARSE // STEP * STEP)
    first = NOW - need.back - 2 * step
    times = set(range(first - first % step, NOW - RECENT + 1, step))
    for end in need.ends:
        if end:
            times |= set(range(NOW - end - 2 * 3600, NOW - end + 1, STEP))
    return sorted(time for time in times if time <= NOW - RECENT)


def _stored(labels: Mapping[str, str], newer: bool) -> dict[str, str]:
    """Labels as this Prometheus stores them: since 3.0 `le="1"` is `le="1.0"`."""
    return {name: _float(v) if newer and name in ("le", "quantile") else v
            for name, v in labels.items()}  # fmt: skip


def _float(text: str) -> str:
    return f"{text}.0" if text.lstrip("-").isdigit() else text


def _text(it: Shown, newer: bool) -> str:
    labels = _stored(it.labels, newer).items()
    inner = ",".join(f"{name}={quote(value)}" for name, value in labels if name != "__name__")
    return f"{it.name}{{{inner}}}"
