"""An alert may reach people later than its severity promises.

`notified_within` bounds the time from the metric's change to the message, beyond `for`. The
compiler adds up everything that may be waited for on the way: the scrape, the evaluation,
recordings that are evaluated apart, what `for` is rounded up by, and Alertmanager's timers, also
with one of the Alertmanagers dead.

Fires:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="30s", group_interval="5m", repeat_interval="4h", notified_within="60s")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce)

Instead:

    # definitions/policy.py
    critical = Severity("critical", channels=["page"],
        group_wait="5s", group_interval="20s", repeat_interval="4h", notified_within="60s")
    policy = Policy(severities=[critical], fallback=critical, default_team=commerce,
        scrape_interval="10s", evaluation_interval="10s")
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from giggamon_compiler.durations import milliseconds, seconds_text
from giggamon_compiler.findings import Finding, Level, Note, at
from giggamon_compiler.ir import Group, Program, Rule, Severity
from giggamon_compiler.latency import Bound, Latency

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """What all alerts of a severity break is told at the severity, else at each alert."""
    if program.prometheus is None:  # how often it looks is not known
        return
    latency = Latency(program)
    alerts: dict[str, list[tuple[Group, Rule]]] = defaultdict(list)
    for group in program.groups:
        for rule in group.rules:
            if rule.kind == "alert" and rule.severity is not None:
                alerts[rule.severity].append((group, rule))
    for severity in program.severities:
        promised = milliseconds(severity.notified_within)
        if promised is None:
            continue
        bounds = [
            (rule, latency.bound_of(group, rule, severity)) for group, rule in alerts[severity.name]
        ]
        broken = [(rule, bound) for rule, bound in bounds if bound.length > promised]
        usual = latency.bound_without_rule(severity)
        if len(broken) == len(bounds) and usual.length > promised:
            yield _finding(severity, usual)
        else:
            yield from (_finding(severity, bound, rule) for rule, bound in broken)


def _finding(severity: Severity, bound: Bound, rule: Rule | None = None) -> Finding:
    promise = at(severity.origin, "notified_within")
    length, promised = seconds_text(bound.length), severity.notified_within
    longest = max(bound.terms, key=lambda term: term.length)
    help_ = f"shorten what takes longest ({longest}), or promise less"
    terms = tuple(Note(str(term), None) for term in bound.terms)
    if rule is None:
        message = f"{severity.name}: a message may take {length}, and {promised} is promised"
        return Finding("severity-too-slow", message, promise, help_, severity.name, notes=terms)
    message = f"{rule.name}: a message may take {length}, and {severity.name} promises {promised}"
    notes = (Note("the promise", promise), *terms)
    return Finding("severity-too-slow", message, rule.origin, help_, rule.identity, notes=notes)
