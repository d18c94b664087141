"""What failed in a test of an alert, as findings at the line of the test: expected and got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giggamon_compiler.durations import milliseconds
from giggamon_compiler.findings import Finding, Note, at
from giggamon_compiler.ir import AlertTest
from giggamon_compiler.judges.alert_case import COPY, Case
from giggamon_compiler.judges.alert_output import (
    BrokenRule,
    Failure,
    Labels,
    WrongAlerts,
    WrongAnnotations,
)
from giggamon_compiler.judges.comparison import compare_alerts
from giggamon_compiler.judges.given import name_of
from giggamon_compiler.judges.go_text import quote


def findings_of(case: Case, failures: Sequence[Failure]) -> Iterator[Finding]:
    """What failed in a test that ran: a rule, or else the alerts, or else their annotations."""
    broken = [it for it in failures if isinstance(it, BrokenRule) and it.rule != COPY]
    for rule in broken[:1]:  # each evaluation breaks it again
        text = f"{rule.rule} cannot be evaluated at {rule.time}: {rule.error}"
        yield failed(case.test, text, ("series",))
    wrong = [failure for failure in failures if isinstance(failure, WrongAlerts)]
    for alerts in wrong:
        yield _wrong_alerts(case, alerts)
    if not wrong:
        yield from _wrong_annotations(case, failures)


def failed(
    test: AlertTest,
    text: str,
    path: tuple[str | int, ...],
    notes: Sequence[str] = (),
    advice: str = "",
) -> Finding:
    """The finding that a test fails, at the part of it that the path leads to."""
    name = name_of(test)
    return Finding(
        "failed-test",
        f"{name}: {text}",
        at(test.origin, *path),
        advice,
        name,
        notes=tuple(Note(note, None) for note in notes),
    )


def _wrong_alerts(case: Case, failure: WrongAlerts) -> Finding:
    silent = frozenset({"alertname", *case.owned})
    got = [
        {name: value for name, value in labels.items() if name not in ("__name__", "alertstate")}
        for labels in failure.got
    ]
    if failure.kind == "quiet":
        expected, time = [], case.test.quiet[failure.index]
        path: tuple[str | int, ...] = "quiet", failure.index
    else:
        firing = case.test.fires[failure.index]
        expected, time = [case.expected(labels) for labels in firing.alerts], firing.time
        path = "fires", time
    notes = compare_alerts(expected, got, silent)
    if not expected:
        text = f"fires at {time}, where the test wants it quiet"
    elif got:
        text = f"fires at {time}, but not as the test wants it"
    else:
        text = f"does not fire at {time}"
        notes += _missing_labels(case)
    return failed(case.test, f"{case.rule.name} {text}", path, notes)


def _missing_labels(case: Case) -> Iterator[str]:
    """The labels that the compiler puts on the rule, and the rule in the files does not have."""
    rules = [case.book.rule(key) for key in case.keys]
    for name, value in case.owned.items():
        if all(rule.labels.get(name) != value for rule in rules):
            yield f"in the files {case.rule.name} has no label {name}={quote(value)}"


def _wrong_annotations(case: Case, failures: Sequence[Failure]) -> Iterator[Finding]:
    """The tested annotations that read otherwise, each once, at the first time and alert."""
    told: set[str] = set()
    for failure in failures:
        if not isinstance(failure, WrongAnnotations):
            continue
        for labels, texts in failure.got:
            for key, expected in case.test.annotations.items():
                if key not in told and texts.get(key) != expected:
                    told.add(key)
                    yield _wrong_annotation(case, failure.time, labels, key, texts)


def _wrong_annotation(case: Case, time: str, labels: Labels, key: str, texts: Labels) -> Finding:
    written_times = {case.time(firing.time): firing.time for firing in case.test.fires}
    lengths = {milliseconds(asked): text for asked, text in written_times.items()}
    shown = lengths.get(milliseconds(time), time)
    got = quote(texts[key]) if key in texts else "no such annotation"
    whose = ", ".join(
        f"{name}={quote(value)}"
        for name, value in sorted(labels.items())
        if name not in ("alertname", *case.owned)
    )
    notes = [f"expected {quote(case.test.annotations[key])}", f"got      {got}"]
    if whose:
        notes.append(f"of the alert with {whose}")
    text = f"the annotation {key} of {case.rule.name} reads otherwise at {shown}"
    return failed(case.test, text, ("annotations", key), notes)
