"""Which series there can be: what each scrape job is known to show, by what says so.

A job shows what its catalogue was recorded with and what its service declares; a probe, which asks
through an exporter, shows its catalogue alone. Where neither says anything, or a service is scraped
by nobody that is known here, nothing is known of what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from giggamon_compiler.ir import Catalogue, Metric, Program, ScrapeJob
from giggamon_compiler.promql.labels.selectors import Demand, demands
from giggamon_compiler.promql.nodes import VectorSelector
from giggamon_compiler.queries.series import Kind, Series, Source, kind_of
from giggamon_compiler.queries.stored import BUILT_IN, OF_SCRAPES, series_of

# What the OpenMetrics text of the Python client has beside each declared metric that counts, with
# the time at which it began (its documentation, "Disabling _created metrics").
_CREATED = "_created"
_COUNTING = ("counter", "histogram", "summary")


_SCRAPED = Source(None)


class Shown:
    """What the jobs of a program show, and of which jobs that is known.

    jobs: by the value of their label `job`; is_closed: whether there are no series but theirs
    """

    def __init__(self, program: Program) -> None:
        server = program.prometheus
        self.jobs: Mapping[str, ScrapeJob] = {
            it.labels.get("job", it.name): it for it in (server.jobs if server else ())
        }
        catalogues = {it.name: it for it in program.catalogues}
        owners = {metric.owner for metric in program.metrics}
        self._keys: dict[int, tuple[str, ...]] = {}
        self._jobs: dict[str, list[ScrapeJob]] = {}
        self._untold = set()
        for name, job in self.jobs.items():
            keys = []
            if job.catalogue in catalogues:
                keys.append(catalogues[job.catalogue].file)
            if job.probing is None and job.owner in owners:
                keys.append(job.owner)
            self._keys[id(job)] = tuple(keys)
            for key in keys:
                self._jobs.setdefault(key, []).append(job)
            if not keys or job.rest:
                self._untold.add(name)
        self._sources: dict[str, dict[str, list[Source]]] = {}
        self._unscraped: dict[str, list[Source]] = {}
        for name, source in _sources(program.metrics, program.catalogues):
            self._sources.setdefault(name, {}).setdefault(source.key, []).append(source)
            if isinstance(source.said_by, Metric) and source.key not in self._jobs:
                self._unscraped.setdefault(name, []).append(source)
        scraped = {job.owner for job in self.jobs.values()}
        self.is_closed = bool(self.jobs) and all(it.name in scraped for it in program.services)
        self._kinds: dict[tuple[str, str], Sequence[Kind]] = {}
        self._lacking: dict[tuple[str, str], bool] = {}

    def of(self, name: str, jobs: Mapping[str, ScrapeJob] | None = None) -> Iterator[Series]:
        """The series of a name that some jobs show, or whoever else; without jobs, any job."""
        yield from (Series(None, source) for source in self._unscraped.get(name, ()))
        if name in OF_SCRAPES:
            yield from (Series(job, _SCRAPED) for job in (jobs or self.jobs).values())
        sources = self._sources.get(name)
        if sources is None:
            return
        if jobs is not None and len(jobs) < len(sources):
            pairs = ((job, key) for job in jobs.values() for key in self._keys[id(job)])
        else:
            wanted = None if jobs is None else {id(job) for job in jobs.values()}
            pairs = (
                (job, key)
                for key in sources
                for job in self._jobs.get(key, ())
                if wanted is None or id(job) in wanted
            )
        for job, key in pairs:
            yield from (Series(job, source) for source in sources.get(key, ()))

    def __contains__(self, name: str) -> bool:
        """Whether anything is said of a name."""
        return name in OF_SCRAPES or name in self._sources

    def is_recorded(self, name: str) -> bool:
        """Whether more labels may be there than those that are said to be."""
        if name in OF_SCRAPES:
            return True
        sources = self._sources.get(name, {})
        return any(not isinstance(it[0].said_by, Metric) for it in sources.values())

    def lacks(self, name: str, selector: VectorSelector) -> bool:
        """Whether it is known that no series of a name can come from what a selector selects.

        A job that does not exist shows nothing, and is not meant.
        """
        key = _key(name, selector)
        if key is not None and key in self._lacking:
            return self._lacking[key]
        is_lacking = False
        if name not in BUILT_IN and self.is_told(selector):
            jobs = self.selected(selector)
            is_lacking = bool(jobs) and next(self.of(name, jobs), None) is None
        if key is not None:
            self._lacking[key] = is_lacking
        return is_lacking

    def selected(self, selector: VectorSelector) -> Mapping[str, ScrapeJob]:
        """The jobs whose series a selector can select, by the value of their label `job`."""
        pinned = _pinned(selector)
        if pinned is not None:
            return {pinned: self.jobs[pinned]} if pinned in self.jobs else {}
        wanted = _wanted(selector)
        if wanted is None:
            return self.jobs
        return {name: job for name, job in self.jobs.items() if wanted.values.admits(name)}

    def is_told(self, selector: VectorSelector) -> bool:
        """Whether everything is known that a selector could select, whatever metric it names."""
        pinned = _pinned(selector)
        if pinned is not None:
            return pinned not in self._untold if pinned in self.jobs else self.is_closed
        if not self.is_closed:
            wanted = _wanted(selector)
            words = wanted.values.finite if wanted and not wanted.missing else None
            if words is None or not words <= self.jobs.keys():
                return False
        return not self._untold or self._untold.isdisjoint(self.selected(selector))

    def kinds(self, name: str, selector: VectorSelector) -> Sequence[Kind]:
        """What series of a name have that a selector can select; none where not all are known."""
        key = _key(name, selector)
        if key is not None and key in self._kinds:
            return self._kinds[key]
        found: Sequence[Kind] = ()
        if self.is_told(selector):
            found = tuple(map(kind_of, self.of(name, self.selected(selector))))
        if key is not None:
            self._kinds[key] = found
        return found

    def names(self, jobs: Iterable[ScrapeJob]) -> Iterator[str]:
        """Names of the series that some jobs show."""
        keys = {key for job in jobs for key in self._keys[id(job)]}
        return (name for name, sources in self._sources.items() if not keys.isdisjoint(sources))


def _pinned(selector: VectorSelector) -> str | None:
    """The one value of `job` that a selector wants, if it says so and nothing else of it."""
    pinned = None
    for it in selector.matchers:
        if it.name == "job":
            if pinned is not None or it.op != "=" or not it.value:
                return None
            pinned = it.value
    return pinned


def _key(name: str, selector: VectorSelector) -> tuple[str, str] | None:
    """A name and which jobs are meant: one, or any (""); None where it is said otherwise."""
    pinned = _pinned(selector)
    if pinned is None and any(it.name == "job" for it in selector.matchers):
        return None
    return name, pinned or ""


def _wanted(selector: VectorSelector) -> Demand | None:
    """What a selector's matchers on `job` demand; None where there are none."""
    if not any(it.name == "job" for it in selector.matchers):
        return None
    return demands(selector)["job"]


def _sources(
    metrics: Iterable[Metric], catalogues: Iterable[Catalogue]
) -> Iterator[tuple[str, Source]]:
    for metric in metrics:
        for name, own in series_of(metric.name, metric.kind):
            yield name, Source(metric, own)
        if metric.kind in _COUNTING:
            yield metric.name.removesuffix("_total") + _CREATED, Source(metric)
    for catalogue in catalogues:
        for metric_name, exposed in catalogue.metrics.items():
            for name, own in series_of(metric_name, exposed.kind):
                yield name, Source(catalogue, own, exposed)
