"""What jobs show on a good day, where the scenario does not write it.

Of each job, the series that its catalogue recorded and the metrics that its service declares, as
far as a rule or a board reads them: counters rise by one a second, of seconds by a hundredth, those
of errors stand still, gauges are 1, whatever is observed falls into the lowest bucket. `[[usual]]`
of the scenario says where something else is healthy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from giggamon_compiler.exposition import read
from tests.e2e.outputs import Outputs
from tests.e2e.scenario import Scenario, Series, Usual

# As many combinations of a declared metric's labels as are shown at most.
MOST = 300
QUICK = 0.01
_WORD = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_ERRORS = re.compile(r'([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"')
_ENDS = re.compile(r"_(?:bucket|sum|count)$")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A series with what its metric is; family: the metric that a bucket is one of."""

    name: str
    labels: Mapping[str, str]
    kind: str
    family: str
    error: bool = False

    def selector(self) -> str:
        """As PromQL writes it."""
        if not self.labels:
            return self.name
        inner = ",".join(f'{label}="{self.labels[label]}"' for label in sorted(self.labels))
        return f"{self.name}{{{inner}}}"


def usual_series(outputs: Outputs, scenario: Scenario) -> list[Series]:
    """The series that the scenario leaves out."""
    if not scenario.usual:
        return []
    read = _names_read(outputs)
    written = {(one.job, _family(one.name_and_labels()[0])) for one in scenario.series}
    rules = [(re.compile(it.job), re.compile(it.metric), it) for it in scenario.usual]
    found: dict[tuple[str, str], Series] = {}
    for job, shown in _shown(outputs):
        if shown.name not in read or (job, shown.family) in written:
            continue
        selector = shown.selector()
        usual = next(
            (
                it
                for jobs, metric, it in rules
                if jobs.fullmatch(job) and metric.fullmatch(selector)
            ),
            None,
        ) or _healthy(shown)
        if not usual.absent:
            found[job, selector] = Series(
                selector, job, value=usual.value, rate=usual.rate, ago=usual.ago
            )
    return list(found.values())


def _names_read(outputs: Outputs) -> set[str]:
    """Every word of every query; the names of metrics are among them."""
    words: set[str] = set()
    for group in outputs.groups():
        for rule in group["rules"]:
            words.update(_WORD.findall(rule["expr"]))
    for path, text in outputs.files.items():
        if path.startswith("grafana/dashboards/"):
            words.update(_WORD.findall(text))
    return words


def _healthy(shown: _Shown) -> Usual:
    if shown.kind == "counter":
        quick = shown.name.removesuffix("_total").endswith("_seconds")
        return Usual(shown.name, rate=0 if shown.error else QUICK if quick else 1)
    if shown.name.endswith("_sum") and shown.name != shown.family:
        return Usual(shown.name, rate=QUICK)
    if shown.kind in ("histogram", "summary") and "quantile" not in shown.labels:
        return Usual(shown.name, rate=1)
    return Usual(shown.name, value=QUICK if shown.kind == "summary" else 1)


def _family(name: str) -> str:
    return _ENDS.sub("", name)


# What there is ------------------------------------------------------------------------------------


def _shown(outputs: Outputs) -> Iterator[tuple[str, _Shown]]:
    """Every series of every job, recorded or declared."""
    recorded = {name: list(_recorded(text)) for name, text in outputs.catalogues.items()}
    for path, text in outputs.texts.items():
        if not path.startswith("manifest/services/"):
            continue
        sheet = json.loads(text)
        metrics = [it for metric in sheet.get("metrics", []) for it in _declared(metric)]
        for job in sheet.get("jobs", []):
            yield from ((job["name"], it) for it in recorded.get(job.get("catalogue"), ()))
            yield from ((job["name"], it) for it in metrics)


def _recorded(text: str) -> Iterator[_Shown]:
    for family in read(text).families:
        for series in family.series:
            yield _Shown(series.name, dict(series.labels), family.kind, family.name)


def _declared(metric: Mapping[str, Any]) -> Iterator[_Shown]:
    name, kind = metric["name"], metric["kind"]
    labels = metric.get("labels") or {}
    series: list[tuple[str, dict[str, list[str]]]] = [(name, {})]
    if kind == "histogram":
        series = [(f"{name}_bucket", {"le": [*metric.get("buckets", []), "+Inf"]})]
    elif kind == "summary":
        series = [(name, {"quantile": metric.get("quantiles", [])})]
    if kind in ("histogram", "summary"):
        series += [(f"{name}_sum", {}), (f"{name}_count", {})]
    errors = _ERRORS.findall(metric.get("errors") or "")
    combinations = [
        dict(zip(labels, values, strict=True)) for values in islice(product(*labels.values()), MOST)
    ]
    for own_name, own in series:
        for given in combinations:
            for values in product(*own.values()):
                both = {**given, **dict(zip(own, values, strict=True))}
                yield _Shown(own_name, both, kind, name, bool(errors) and _matches(errors, given))


def _matches(matchers: list[tuple[str, str, str]], labels: Mapping[str, str]) -> bool:
    for label, operator, value in matchers:
        actual = labels.get(label, "")
        same = actual == value if operator in ("=", "!=") else bool(re.fullmatch(value, actual))
        if same != (operator in ("=", "=~")):
            return False
    return True
