"""What series have that somebody speaks of: their labels and values, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from giggamon_compiler.ir import Catalogue, Exposed, Metric, ScrapeJob
from giggamon_compiler.promql.labels.result import MISSING, OPEN, Fact
from giggamon_compiler.promql.labels.values import ANYTHING, Values
from giggamon_compiler.queries.stored import label_of_target


@dataclass(frozen=True, slots=True)
class Source:
    """What says that there are series of a name.

    said_by: a declaration, a catalogue, or None where Prometheus writes them for each scrape
    own: the label that the kind puts ("le"); exposed: of a catalogue's metric
    """

    said_by: Metric | Catalogue | None
    own: str | None = None
    exposed: Exposed | None = None

    @property
    def key(self) -> str:
        """Who shows them: the name of a service, or the file of a catalogue."""
        said = self.said_by
        return said.owner if isinstance(said, Metric) else said.file if said else ""


@dataclass(frozen=True, slots=True)
class Series:
    """Series of one name as the targets of one job show them.

    job: None where nobody says who scrapes them
    """

    job: ScrapeJob | None
    source: Source

    @property
    def is_open(self) -> bool:
        """Whether whoever scrapes them may put more labels."""
        return self.job is None or bool(self.job.rest)


@dataclass(frozen=True, slots=True)
class Kind:
    """Series of one origin: their labels, and what holds of those that are not among them.

    stated: the labels of which definitions say everything; None: all
    """

    labels: Mapping[str, Fact]
    rest: Fact
    stated: frozenset[str] | None

    def is_certain(self, label: str, is_there: bool) -> bool:
        """Whether definitions alone say which values a label has, or that it is not there."""
        if self.stated is not None:
            return label in self.stated
        return not is_there or self.labels.get(label, OPEN).presence == "certain"


def kind_of(series: Series) -> Kind:
    """What holds of series."""
    labels = labels_of(series)
    if series.is_open:
        return Kind(labels, OPEN, frozenset())
    if isinstance(series.source.said_by, Catalogue) and series.job is not None:
        return Kind(labels, MISSING, frozenset(target_labels(series.job)))
    return Kind(labels, MISSING, None)


def labels_of(series: Series) -> Mapping[str, Fact]:
    """The labels of series with the values that are declared, recorded or put by the scrape."""
    source, job = series.source, series.job
    said = source.exposed or source.said_by
    given: dict[str, Fact] = {}
    if isinstance(said, Exposed | Metric):
        given = {name: _valued(values) for name, values in said.labels.items()}
        if isinstance(source.said_by, Catalogue):
            given |= dict.fromkeys(_unsure(source, given), OPEN)
        if source.own is not None:
            given[source.own] = _own_fact(source.own, said)
    if job is None:
        return given
    given = {label_of_target(name, job): fact for name, fact in given.items()}
    return {**given, **target_labels(job)}


def _unsure(source: Source, labels: Iterable[str]) -> Iterable[str]:
    """The labels of a catalogue's metric of which not all values are known that were seen."""
    said = source.said_by
    assert isinstance(said, Catalogue), "the caller has looked"
    if any(metric is source.exposed for metric in map(said.metrics.get, said.shortened)):
        return list(labels)
    return [label for label in labels if label in said.replaced]


def target_labels(job: ScrapeJob) -> Mapping[str, Fact]:
    """The labels that a job's scrape puts on every series, with their values."""
    put = {"job": (job.name,), "instance": tuple(_instances(job))}
    put |= {name: (value,) for name, value in job.labels.items()}
    return {name: Fact("certain", _values(values)) for name, values in put.items() if any(values)}


def _instances(job: ScrapeJob) -> Iterator[str]:
    """What `instance` is of each target; Prometheus adds the port of its scheme where it lacks one.

    Source: its `scrape.PopulateLabels`; without the feature `no-default-scrape-port`.
    """
    port = 443 if job.scheme == "https" else 80
    for target in job.targets:
        yield target
        if job.probing is None and not target.rpartition(":")[2].isdigit():
            yield f"{target}:{port}"


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
