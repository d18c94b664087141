"""Which series there can be: what each scrape job is known to show, by what says so.

A job shows what its catalogue was recorded with and what its service declares; a probe, which asks
through an exporter, shows its catalogue alone. Where neither says anything, or a service is scraped
by nobody that is known here, nothing is known of what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.ir import Catalogue, Exposed, Metric, Program, ScrapeJob
from giggamon_compiler.promql.labels.result import OPEN, Fact
from giggamon_compiler.promql.labels.selectors import Demand, demands
from giggamon_compiler.promql.labels.values import ANYTHING, Values
from giggamon_compiler.promql.nodes import VectorSelector
from giggamon_compiler.queries.stored import BUILT_IN, OF_SCRAPES, label_of_target, series_of

# What the OpenMetrics text of the Python client has beside each declared metric that counts, with
# the time at which it began (its documentation, "Disabling _created metrics").
_CREATED = "_created"
_COUNTING = ("counter", "histogram", "summary")


@dataclass(frozen=True, slots=True)
class Source:
    """What says that there are series of a name.

    said_by: a declaration, a catalogue, or None where Prometheus writes them for each scrape
    own: the label that the kind puts ("le"); exposed: of a catalogue's metric
    """

    said_by: Metric | Catalogue | None
    own: str | None = None
    exposed: Exposed | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Series of one name as the targets of one job show them.

    job: None where nobody says who scrapes them
    """

    job: ScrapeJob | None
    source: Source


_SCRAPED = Source(None)


class Shown:
    """What the jobs of a program show, and of which jobs that is known."""

    def __init__(self, program: Program) -> None:
        server = program.prometheus
        self.jobs: Mapping[str, ScrapeJob] = {
            it.labels.get("job", it.name): it for it in (server.jobs if server else ())
        }
        catalogues = {it.name: it for it in program.catalogues}
        declared: dict[str, list[Metric]] = {}
        for metric in program.metrics:
            declared.setdefault(metric.owner, []).append(metric)
        self._jobs: dict[str, list[ScrapeJob]] = {}  # by catalogue's file or service's name
        self._untold = set()
        for name, job in self.jobs.items():
            known = False
            if job.catalogue in catalogues:
                self._jobs.setdefault(catalogues[job.catalogue].file, []).append(job)
                known = True
            if job.probing is None and job.owner in declared:
                self._jobs.setdefault(job.owner, []).append(job)
                known = True
            if not known or job.rest:
                self._untold.add(name)
        self._sources = _sources(program.metrics, catalogues.values())
        scraped = {job.owner for job in self.jobs.values()}
        # Whether there is no series but those of the jobs.
        self.is_closed = bool(self.jobs) and all(it.name in scraped for it in program.services)

    def of(self, name: str) -> Iterator[Series]:
        """The series of a name, once for each job that shows them."""
        if name in OF_SCRAPES:
            yield from (Series(job, _SCRAPED) for job in self.jobs.values())
        for source in self._sources.get(name, ()):
            if isinstance(source.said_by, Metric):
                jobs: Sequence[ScrapeJob | None] = self._jobs.get(source.said_by.owner, (None,))
            else:
                jobs = self._jobs.get(source.said_by.file, ()) if source.said_by else ()
            for job in jobs:
                yield Series(job, source)

    @property
    def stated_names(self) -> Iterable[str]:
        """The names of which anything is said, those of each scrape among them."""
        return dict.fromkeys((*OF_SCRAPES, *self._sources))

    def can_be(self, name: str, jobs: Mapping[str, ScrapeJob]) -> bool:
        """Whether series of a name can come from some of the jobs."""
        if name in BUILT_IN:
            return True
        wanted = {id(job) for job in jobs.values()}
        return any(it.job is None or id(it.job) in wanted for it in self.of(name))

    def selected(self, selector: VectorSelector) -> Mapping[str, ScrapeJob]:
        """The jobs whose series a selector can select, by the value of their label `job`."""
        wanted = _wanted(selector)
        if wanted is None:
            return self.jobs
        if wanted.values.finite is not None and not wanted.missing:
            return {it: self.jobs[it] for it in wanted.values.finite if it in self.jobs}
        return {name: job for name, job in self.jobs.items() if wanted.values.admits(name)}

    def is_told(self, selector: VectorSelector) -> bool:
        """Whether everything is known that a selector could select, whatever metric it names."""
        wanted = _wanted(selector)
        if not self.is_closed:
            pinned = wanted.values.finite if wanted and not wanted.missing else None
            if pinned is None or not pinned <= self.jobs.keys():
                return False
        return not self._untold or self._untold.isdisjoint(self.selected(selector))

    def names(self, jobs: Iterable[ScrapeJob]) -> Iterator[str]:
        """Names of the series that some jobs show."""
        wanted = {id(job) for job in jobs}
        for name, sources in self._sources.items():
            for source in sources:
                said = source.said_by
                key = said.owner if isinstance(said, Metric) else said.file if said else ""
                if any(id(job) in wanted for job in self._jobs.get(key, ())):
                    yield name
                    break


def _wanted(selector: VectorSelector) -> Demand | None:
    """What a selector's matchers on `job` demand; None where there are none."""
    if not any(it.name == "job" for it in selector.matchers):
        return None
    return demands(selector)["job"]


def _sources(
    metrics: Iterable[Metric], catalogues: Iterable[Catalogue]
) -> Mapping[str, Sequence[Source]]:
    found: dict[str, list[Source]] = {}
    for metric in metrics:
        for name, own in series_of(metric.name, metric.kind):
            found.setdefault(name, []).append(Source(metric, own))
        if metric.kind in _COUNTING:
            created = metric.name.removesuffix("_total") + _CREATED
            found.setdefault(created, []).append(Source(metric, None))
    for catalogue in catalogues:
        for metric_name, exposed in catalogue.metrics.items():
            for name, own in series_of(metric_name, exposed.kind):
                found.setdefault(name, []).append(Source(catalogue, own, exposed))
    return found


def labels_of(series: Series) -> Mapping[str, Fact]:
    """The labels of series with the values that are declared, recorded or put by the scrape."""
    source, job = series.source, series.job
    said = source.exposed or source.said_by
    given: dict[str, Fact] = {}
    if isinstance(said, Exposed | Metric):
        given = {name: _valued(values) for name, values in said.labels.items()}
        if source.own is not None:
            given[source.own] = _own_fact(source.own, said)
    if job is None:
        return given
    if source.exposed is not None:
        given = {label_of_target(name, job): fact for name, fact in given.items()}
    return {**given, **target_labels(job)}


def target_labels(job: ScrapeJob) -> Mapping[str, Fact]:
    """The labels that a job's scrape puts on every series, with their values."""
    put = {"job": (job.name,), "instance": job.targets}
    put |= {name: (value,) for name, value in job.labels.items()}
    return {name: Fact("certain", _values(values)) for name, values in put.items() if any(values)}


def _valued(values: Sequence[str]) -> Fact:
    """A label that may be there; of one that nobody gives a value to, any is meant."""
    return Fact("possible", _values(values)) if values else OPEN


def _values(values: Iterable[str]) -> Values:
    return Values(frozenset(values) - {""})


def _own_fact(own: str, said: Metric | Exposed) -> Fact:
    """The buckets or quantiles of a metric, as every version of Prometheus spells them.

    Prometheus 3 stores `le="1"` as `le="1.0"` (its migration guide).
    """
    given = said.buckets if own == "le" else said.quantiles
    if not set(given) - {"+Inf"}:
        return Fact("certain", ANYTHING)
    spelled = dict.fromkeys(given)
    for number in given:
        if number.isdigit():
            spelled[f"{number}.0"] = None
        spelled[number.removesuffix(".0")] = None
    return Fact("certain", _values((*spelled, *(["+Inf"] if own == "le" else ()))))
