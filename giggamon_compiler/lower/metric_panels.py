"""Panels that are made of declared metrics: what a metric tells is said by its `signal`.

Rates are those of all instances together, apart by one label; what an instance has of its own, such
as the depth of a queue, is shown by instance. Units follow the ends of names that Prometheus'
conventions give ("Metric and label naming"): `_seconds`, `_bytes`, `_ratio`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from giggamon_compiler.model.metric import Counter, Gauge, Histogram, Metric, Signal, Summary
from giggamon_compiler.model.panel import Panel, Query, Stat, TimeSeries
from giggamon_compiler.model.value import standing_at

# The most values of a label by which a rate is taken apart, and the most labels in a legend.
FEW = 12
STEP = "[$__rate_interval]"
_UNITS = {"seconds": "s", "bytes": "bytes", "ratio": "percentunit", "celsius": "celsius"}
_RATES = {"seconds": "percentunit", "bytes": "Bps"}
_QUANTILES = (("0.5", "half"), ("0.95", "95 %"), ("0.99", "99 %"))
_SINCE = "_timestamp_seconds"
# What means something in a regular expression.
_SPECIAL = re.compile(r"[][\\.+*?(){}|^$]")
_LABEL = re.compile(r"([a-zA-Z_]\w*)\s*[=!]")


def panels_of(metric: Metric, job: str | None) -> Iterator[tuple[Signal | None, Panel]]:
    """The panels of a metric, each with what it tells; job: the one that scrapes it."""
    with standing_at(metric):
        match metric:
            case Counter():
                yield from _of_counter(metric, job)
            case Histogram() | Summary():
                counts = metric.signal == "requests"
                if counts:
                    yield "requests", _rate(metric, job)
                yield None if counts else metric.signal, _spread(metric, job)
            case Gauge():
                yield metric.signal, _level(metric, job)


def counted(metric: Metric, job: str | None, matchers: str = "") -> str:
    """How many of what a metric counts there are a second, in all; matchers: which of them."""
    name = metric.name if isinstance(metric, Counter) else f"{metric.name}_count"
    return f"sum(rate({name}{selected(job, matchers)}{STEP}))"


def share_of_errors(metric: Counter, job: str | None) -> str:
    """Which share of what a counter counts fails: 0 while no failure was ever counted."""
    total = counted(metric, job)
    return f"({counted(metric, job, metric.errors or '')} or 0 * {total}) / ({total} > 0)"


def quantile(metric: Histogram, job: str | None, share: str) -> str:
    """What a share of the observations stays below."""
    name = f"{metric.name}_bucket"
    return f"histogram_quantile({share}, sum by (le) (rate({name}{selected(job)}{STEP})))"


def selected(job: str | None, matchers: str = "") -> str:
    """The braces of a selector of a job's series: `{job="orders",code="500"}`."""
    parts = [f"job={quoted(job)}"] if job is not None else []
    parts += [matchers] if matchers else []
    return f"{{{','.join(parts)}}}" if parts else ""


def one_of(label: str, values: Sequence[str]) -> str:
    """A matcher of a label that has one of some values."""
    if len(values) == 1:
        return f"{label}={quoted(values[0])}"
    escaped = (_SPECIAL.sub(r"\\\g<0>", value) for value in values)
    return f"{label}=~{quoted('|'.join(escaped))}"


def quoted(text: str) -> str:
    """A text as a string of PromQL."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _of_counter(metric: Counter, job: str | None) -> Iterator[tuple[Signal | None, Panel]]:
    yield metric.signal, _rate(metric, job)
    if metric.errors:
        yield (
            "errors",
            TimeSeries(
                f"{_title(metric)}: share that fails",
                [Query(share_of_errors(metric, job), legend="failed")],
                key=f"{metric.name}:failed",
                unit="percentunit",
                min=0,
                description=f"Which share of `{metric.name}` has {metric.errors}.",
            ),
        )


def _spread(metric: Histogram | Summary, job: str | None) -> Panel:
    """How the observations spread."""
    if isinstance(metric, Summary):
        return _quantiles_of_summary(metric, job)
    return TimeSeries(
        _title(metric),
        [Query(quantile(metric, job, it), legend=f"{said} below") for it, said in _QUANTILES],
        key=f"{metric.name}:quantiles",
        unit=unit_of(metric.name),
        min=0,
        description=f"What half, 95 % and 99 % of `{metric.name}` stay below, between buckets "
        "by a straight line.",
    )


def rate_of_durations(metric: Histogram | Summary, job: str | None) -> Panel:
    """How many there are a second of what a metric takes the time of."""
    with standing_at(metric):
        return _rate(metric, job)


def _rate(metric: Counter | Histogram | Summary, job: str | None) -> Panel:
    """How many a second, apart by the label that tells most."""
    label = apart_by(metric)
    name = metric.name if isinstance(metric, Counter) else f"{metric.name}_count"
    by = f" by ({label}) " if label else ""
    return TimeSeries(
        f"{_title(metric)}: a second" + (f", by {label}" if label else ""),
        [
            Query(
                f"sum{by}(rate({name}{selected(job)}{STEP}))",
                legend=f"{{{{{label}}}}}" if label else "all",
            )
        ],
        key=f"{metric.name}:rate",
        unit=_rate_unit(metric),
        min=0,
        description=f"How fast `{name}` grows.",
    )


def apart_by(metric: Metric) -> str | None:
    """The label that a rate is taken apart by: one that tells failures, or the first with few."""
    telling = set(_LABEL.findall(getattr(metric, "errors", None) or ""))
    few = [label for label, values in metric.labels.items() if len(values) <= FEW]
    return next((label for label in few if label in telling), next(iter(few), None))


def _quantiles_of_summary(metric: Summary, job: str | None) -> Panel:
    took = f"sum(rate({metric.name}_sum{selected(job)}{STEP}))"
    queries = [Query(f"{took} / ({counted(metric, job)} > 0)", legend="on average")]
    if metric.quantiles:
        shown = f"max by (quantile) ({metric.name}{selected(job)})"
        queries.append(Query(shown, legend="quantile {{quantile}}"))
    return TimeSeries(
        _title(metric),
        queries,
        key=f"{metric.name}:quantiles",
        unit=unit_of(metric.name),
        min=0,
        description=f"The average of `{metric.name}`, and of each quantile the worst instance's.",
    )


def _level(metric: Gauge, job: str | None) -> Panel:
    """A gauge as it is; of a time, how long ago it was."""
    if metric.name.endswith(_SINCE):
        return Stat(
            f"{_title(metric)}: how long ago",
            [
                Query(
                    f"time() - ({metric.name}{selected(job)} > 0)",
                    legend=_legend(job, tuple(metric.labels)),
                )
            ],
            key=f"{metric.name}:ago",
            unit="s",
            description=f"Now less `{metric.name}`; nothing where that is 0, which means never.",
        )
    return TimeSeries(
        _title(metric),
        [Query(f"{metric.name}{selected(job)}", legend=_legend(job, tuple(metric.labels)))],
        key=f"{metric.name}:value",
        unit=unit_of(metric.name),
        description=f"`{metric.name}` of each instance.",
    )


def _legend(job: str | None, labels: Sequence[str]) -> str | None:
    names = [*labels, *(["instance"] if job is not None else [])]
    return " ".join(f"{{{{{name}}}}}" for name in names) or None


def _title(metric: Metric) -> str:
    """What a metric is, in a line; its name where it has no words."""
    return " ".join(metric.help.split()).rstrip(".") or metric.name


def unit_of(name: str, units: Mapping[str, str] = _UNITS) -> str:
    """Grafana's unit of a metric by the end of its name, "short" where that says nothing."""
    return units.get(name.rpartition("_")[2], "short")


def _rate_unit(metric: Counter | Histogram | Summary) -> str:
    if metric.signal == "requests" or not isinstance(metric, Counter):
        return "reqps"
    name = metric.name.removesuffix("_total")
    return _RATES.get(name.rpartition("_")[2], "cps")
