"""What is known of metrics that no definition makes: of exporters, and of Prometheus itself.

What was recorded of an exporter is what was seen: with another configuration or version it has more
labels, or fewer. So nothing of it is a proof but its name: no label of it is impossible or certain.
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.ir import Exposed, Program, ScrapeJob
from giggamon_compiler.promql.labels.branches import Stated
from giggamon_compiler.promql.labels.result import NAME, OPEN, Branch, Fact
from giggamon_compiler.promql.labels.values import ANYTHING, Values

# Written for each scrape. Source: Prometheus documentation, "Jobs and instances", "Automatically
# generated labels and time series"; the second line with the feature `extra-scrape-metrics`.
OF_SCRAPES = (
    *("up", "scrape_duration_seconds", "scrape_samples_scraped"),
    *("scrape_samples_post_metric_relabeling", "scrape_series_added"),
    *("scrape_timeout_seconds", "scrape_sample_limit", "scrape_body_size_bytes"),
)

# Those, and what the server writes of its alerts.
BUILT_IN = frozenset({*OF_SCRAPES, "ALERTS", "ALERTS_FOR_STATE"})

# Put before a label of the exporter that the scrape puts as well, unless `honor_labels` is set.
# Source: Prometheus documentation, "Configuration", `honor_labels`.
_RENAMED = "exported_"
_TARGET = ("job", "instance")
_CERTAIN = Fact("certain", ANYTHING)


def stored_metrics(program: Program) -> Iterator[tuple[str, Branch]]:
    """Each name of series with what is known of them, once for each way that they come about."""
    yield "ALERTS", _named("ALERTS", {"alertname": _CERTAIN, "alertstate": _ALERT_STATE})
    yield "ALERTS_FOR_STATE", _named("ALERTS_FOR_STATE", {"alertname": _CERTAIN})
    jobs = program.prometheus.jobs if program.prometheus else ()
    if not jobs:
        return
    # Relabelling may change them, and a server that is asked for series of others has theirs.
    fixed = not any(job.rest for job in jobs)
    put = dict.fromkeys(_TARGET, _CERTAIN if fixed else OPEN)
    everywhere = {label: OPEN for job in jobs for label in job.labels} | put
    for name in OF_SCRAPES:
        yield name, _named(name, everywhere)
    catalogues = {it.name: it.metrics for it in program.catalogues}
    for job in jobs:
        target = dict.fromkeys(job.labels, OPEN) | put
        for metric, exposed in catalogues.get(job.catalogue or "", {}).items():
            for name, own in series_of(metric, exposed.kind):
                labels = dict.fromkeys(_seen(exposed, own, job), OPEN)
                yield name, _named(name, labels | target)


def series_of(metric: str, kind: str) -> Iterator[tuple[str, str | None]]:
    """The names under which a metric is exposed, each with the label that its kind adds."""
    match kind:
        case "histogram":
            yield f"{metric}_bucket", "le"
        case "summary":
            yield metric, "quantile"
        case _:
            yield metric, None
            return
    yield f"{metric}_sum", None
    yield f"{metric}_count", None


# The engine sets both over what the rule puts (`rules/alerting.go`, `sample`).
_ALERT_STATE = Fact("certain", Values(frozenset(["pending", "firing"])))


def _named(name: str, labels: dict[str, Fact]) -> Branch:
    return Stated({**labels, NAME: Fact("certain", Values(frozenset([name])))}, OPEN)


def _seen(exposed: Exposed, own: str | None, job: ScrapeJob) -> Iterator[str]:
    for label in (*exposed.labels, *([own] if own else ())):
        yield label_of_target(label, job)


def label_of_target(label: str, job: ScrapeJob) -> str:
    """The name under which a label that an exporter exposes is stored."""
    return f"{_RENAMED}{label}" if label in _TARGET or label in job.labels else label
