"""A renamed metric, or value of a label: in the program, and in the texts of the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from giggamon_compiler import ir
from giggamon_compiler.ir import Exposed, Program

RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """A renamed metric, or value of its label; source: the file of the catalogue or declaration."""

    source: str
    metric: str
    label: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        what = f"{self.metric}{{{self.label}={self.value!r}}}" if self.label else self.metric
        return f"{what} of {self.source}"


def metrics_said(
    program: Program,
) -> Iterator[tuple[str, str, str, Mapping[str, Sequence[str]]]]:
    for catalogue in program.catalogues:
        for name, exposed in catalogue.metrics.items():
            yield catalogue.file, name, exposed.kind, exposed.labels
    for metric in program.metrics:
        yield metric.file, metric.name, metric.kind, metric.labels


def series_names(name: str, kind: str) -> list[str]:
    ends = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}
    return [name + end for end in ends.get(kind, ("",))]


# The change ---------------------------------------------------------------------------------------


def changed_program(program: Program, change: Change) -> Program:
    """The program with the change in its catalogues and declarations."""
    catalogues = tuple(
        replace(it, metrics=dict(_changed_exposed(it.metrics, change)))
        if it.file == change.source
        else it
        for it in program.catalogues
    )
    metrics = tuple(
        _changed_metric(it, change) if (it.file, it.name) == (change.source, change.metric) else it
        for it in program.metrics
    )
    return replace(program, catalogues=catalogues, metrics=metrics)


def _changed_exposed(
    metrics: Mapping[str, Exposed], change: Change
) -> Iterator[tuple[str, Exposed]]:
    for name, exposed in metrics.items():
        if name != change.metric:
            yield name, exposed
        elif change.label is None:
            yield name + RENAMED, exposed
        else:
            yield name, replace(exposed, labels=_changed_labels(exposed.labels, change))


def _changed_metric(metric: ir.Metric, change: Change) -> ir.Metric:
    if change.label is None:
        return replace(metric, name=metric.name + RENAMED)
    return replace(metric, labels=_changed_labels(metric.labels, change))


def _changed_labels(
    labels: Mapping[str, Sequence[str]], change: Change
) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(
            it + RENAMED if (name, it) == (change.label, change.value) else it for it in values
        )
        for name, values in labels.items()
    }


def changed_catalogues(catalogues: Mapping[str, str], change: Change) -> dict[str, str]:
    """The texts of catalogues with the change, line by line."""
    name = change.source.removeprefix("catalogue/")
    if name == change.source or name not in catalogues:
        return dict(catalogues)
    lines = catalogues[name].splitlines()
    kind = next(
        (it.split()[3] for it in lines if it.startswith(f"# TYPE {change.metric} ")), "untyped"
    )
    series = series_names(change.metric, kind)
    return {**catalogues, name: "\n".join(_changed_line(it, series, change) for it in lines) + "\n"}


def _changed_line(line: str, series: Sequence[str], change: Change) -> str:
    if line.startswith("#"):
        words = line.split(" ")
        if change.label is None and words[1:2] in (["TYPE"], ["HELP"]):
            words[2] += RENAMED if words[2] == change.metric else ""
        return " ".join(words)
    name = line.partition("{")[0].partition(" ")[0]
    if name not in series:
        return line
    if change.label is None:
        return change.metric + RENAMED + line[len(change.metric) :]
    pair = f"{change.label}={_quoted(change.value or '')}"
    head, brace, rest = line.partition("{")
    inner, end, tail = rest.rpartition("}")
    pairs = _split(inner)
    return head + brace + ",".join(_with(it, pair) for it in pairs) + end + tail


def _with(pair: str, wanted: str) -> str:
    return f'{pair[:-1]}{RENAMED}"' if pair == wanted else pair


def _split(inner: str) -> list[str]:
    """The pairs between braces; a comma may stand in a value."""
    pairs, start, inside, index = [], 0, False, 0
    while index < len(inner):
        char = inner[index]
        if char == "\\" and inside:
            index += 1
        elif char == '"':
            inside = not inside
        elif char == "," and not inside:
            pairs.append(inner[start:index])
            start = index + 1
        index += 1
    return [it for it in (*pairs, inner[start:]) if it]


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
