"""Cards of what is evaluated: alerts, recordings, objectives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from textwrap import wrap

from giggamon_compiler.durations import duration_text, milliseconds, seconds_text
from giggamon_compiler.ir import Group, Objective, Program, Rule
from giggamon_compiler.latency import Latency
from giggamon_compiler.report.cards.card import Card, PlaceText, card, columns
from giggamon_compiler.report.cards.told import told_lines
from giggamon_compiler.targets import rules


def alert_card(program: Program, group: Group, rule: Rule, place_of: PlaceText) -> Card:
    """An alert: the rule, whom it tells, how fast, its tests, its links."""
    team = next((it.team for it in program.services if it.name == rule.owner), "nobody")
    severity = f"severity {rule.severity}" if rule.severity else "no severity"
    links = (
        (name.removesuffix("_url"), rule.annotations[name])
        for name in ("runbook_url", "dashboard_url")
        if name in rule.annotations
    )
    return card(
        "alert",
        rule.identity,
        f"{severity}, {f'of {rule.objective}, ' if rule.objective else ''}team {team}",
        place_of(rule.origin),
        [
            (f"becomes, in {_path(group)}, group {group.name}:", rule_lines(group, rule)),
            ("tells:", told_lines(program, {"alertname": rule.name, **rule.labels})),
            *_speed(program, group, rule),
            ("is tested by:", _tests(program, [rule], place_of)),
            ("links to:", columns(links)),
        ],
    )


def record_card(program: Program, group: Group, rule: Rule, place_of: PlaceText) -> Card:
    """A recording: the rule, and who reads it."""
    return card(
        "recording",
        rule.identity,
        f"of {rule.objective}" if rule.objective else "a metric that Prometheus writes",
        place_of(rule.origin),
        [
            (f"becomes, in {_path(group)}, group {group.name}:", rule_lines(group, rule)),
            ("is read by:", readers(program, rule.name, rule.owner)),
        ],
    )


def objective_card(program: Program, it: Objective, place_of: PlaceText) -> Card:
    """An objective: what counts, what it allows, the rules that it becomes."""
    own = [(group, rule) for group, rule in grouped(program) if rule.objective == it.identity]
    alerts = [(group, rule) for group, rule in own if rule.kind == "alert"]
    recordings = [rule.name for _, rule in own if rule.kind == "record"]
    return card(
        "objective",
        it.identity,
        f"{it.target} % of the events of {it.window} are good",
        place_of(it.origin),
        [
            ("allows:", [_budget(it)]),
            ("counts:", columns([("bad", it.bad.text), ("of all", it.total.text)])),
            (
                "becomes:",
                [
                    *(
                        f"alert {rule.name}, severity {rule.severity}: "
                        f"giggamon show {rule.identity}"
                        for _, rule in alerts
                    ),
                    *wrap(f"recordings {', '.join(recordings)}", 90, subsequent_indent="  "),
                ],
            ),
            *(
                (
                    f"tells, at severity {rule.severity}:",
                    told_lines(program, {"alertname": rule.name, **rule.labels}),
                )
                for _, rule in alerts
            ),
            ("is tested by:", _tests(program, [rule for _, rule in alerts], place_of)),
        ],
    )


def grouped(program: Program) -> Iterator[tuple[Group, Rule]]:
    """Every rule with its group."""
    return ((group, rule) for group in program.groups for rule in group.rules)


def rule_lines(group: Group, rule: Rule) -> list[str]:
    """The rule as it stands in the rule file."""
    alone = Program(groups=(replace(group, labels={}, rest={}, rules=(rule,)),))
    (text,) = rules.emit(alone).values()
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip() == "rules:")
    return [line.removeprefix("  ") for line in lines[start + 1 :]]


def readers(program: Program, name: str, owner: str | None) -> list[str]:
    """The rules and panels whose queries name a metric."""
    word = re.compile(rf"(?<![\w:]){re.escape(name)}(?![\w:])")
    found = [
        f"objective {rule.objective}" if rule.objective else f"{rule.kind} {rule.identity}"
        for rule in program.rules
        if word.search(rule.query.text) and (owner is None or rule.owner == owner)
    ]
    found += [
        f"panel {board.identity}/{panel.key}"
        for board in program.dashboards
        for row in board.panels
        for panel in (row, *row.panels)
        if any(word.search(target.query.text) for target in panel.targets)
        and (owner is None or board.owner == owner)
    ]
    return list(dict.fromkeys(found))


def _path(group: Group) -> str:
    return f"prometheus/rules/{group.file}.yml"


def _speed(program: Program, group: Group, rule: Rule) -> Iterator[tuple[str, list[str]]]:
    severity = next((it for it in program.severities if it.name == rule.severity), None)
    if severity is None:
        return
    bound = Latency(program).bound_of(group, rule, severity)
    promise = (
        f", and {severity.name} promises {severity.notified_within}"
        if severity.notified_within
        else ""
    )
    beyond = f", beyond the {rule.for_} of for" if rule.for_ else ""
    title = f"within {seconds_text(bound.length)} of the metric's change{beyond}{promise}:"
    yield title, columns((seconds_text(term.length), term.what) for term in bound.terms)


def _tests(program: Program, rules: Iterable[Rule], place_of: PlaceText) -> list[str]:
    """The tests of some rules; an objective's two alerts are told apart by their severity."""
    wanted = {(rule.identity, rule.severity if rule.objective else None) for rule in rules}
    return columns(
        (
            test.name,
            f"fires at {', '.join(it.time for it in test.fires)}" if test.fires else "stays quiet",
            place_of(test.origin),
        )
        for test in program.alert_tests
        if not wanted.isdisjoint({(test.alert, test.severity), (test.alert, None)})
    )


def _budget(it: Objective) -> str:
    share = 100 - float(it.target)
    window = milliseconds(it.window)
    outage = (
        f": {duration_text(round(window * share / 100_000) * 1000)} of nothing but bad ones"
        if window
        else ""
    )
    return f"{share:.4g} % of bad events{outage} in {it.window}"
