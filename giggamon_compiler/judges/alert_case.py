"""A test of an alert as promtool's own test file, with an excerpt of the rules that it needs.

promtool evaluates every group at one interval, whatever the group says, and in no certain order
unless it is given one. So each test is a file of its own, with groups in the order in which they
read each other, and its interval is that of the server, made coarser as long as no sample and no
time of the test can tell: the largest step that the samples and all times have in common, or the
times alone where an alert rests on nothing that was evaluated before. Where that would be shorter
than the group's own interval, rules are evaluated as seldom as on the server, first at 0, and a
time between two evaluations sees the last one. `for` is rounded up to a whole number of steps, as
there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd
from typing import Any

from giggamon_compiler import targets
from giggamon_compiler.durations import duration_text, milliseconds
from giggamon_compiler.ir import AlertTest, Group, Program, Rule
from giggamon_compiler.judges.go_text import quote
from giggamon_compiler.judges.rulebook import Key, Rulebook

COPY = "the annotations of the test"
_DEFAULT_INTERVAL = "1m"  # Prometheus' own, where nothing says how often rules are evaluated
_PLAIN_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
# What YAML does not take as it is, though JSON does.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Case:
    """A test, ready to be run.

    rule: the alert, as the definitions say; owned: the labels that the compiler puts on it
    keys: the rules of that name in the files; times: when each time of the test is looked at
    """

    test: AlertTest
    rule: Rule
    owned: Mapping[str, str]
    book: Rulebook
    keys: Sequence[Key]
    step: int

    def time(self, text: str) -> str:
        """When promtool is asked about a time of the test: at the evaluation before it, or then."""
        length = milliseconds(text) or 0
        return duration_text(length - length % self.step)

    def expected(self, labels: Mapping[str, str]) -> dict[str, str]:
        """All labels of an alert that the test gives some of."""
        return {"alertname": self.rule.name, **self.owned, **labels}


def step_of(
    test: AlertTest, group: Group, evaluation_interval: str | None, *, remembers: bool = True
) -> int:
    """The milliseconds between two evaluations.

    remembers: whether the alert rests on earlier evaluations; if not, only its times count
    """
    times = [*test.quiet, *(firing.time for firing in test.fires)]
    own = milliseconds(group.interval) or milliseconds(evaluation_interval)
    seen = (test.interval, *times) if remembers else times
    common = gcd(*(milliseconds(time) or 0 for time in seen))
    return max(common, own or milliseconds(_DEFAULT_INTERVAL) or 1)


def write_case(case: Case, name: str, external_labels: Mapping[str, str]) -> dict[str, str]:
    """The test file `<name>.test.yml` and its rules `<name>.rules.yml`."""
    excerpt = case.book.excerpt(case.book.closure(case.keys))
    groups = [replace(group, file=name, name=str(number)) for number, group in enumerate(excerpt)]
    if case.test.annotations:
        groups.append(_annotated_copies(case, name))
    rules = next(iter(targets.emit(Program(groups=tuple(groups))).values()))
    tree = {
        "rule_files": [f"{name}.rules.yml"],
        "evaluation_interval": duration_text(case.step),
        "group_eval_order": [group.name for group in groups],
        "tests": [
            {
                "interval": case.test.interval,
                "external_labels": dict(external_labels),
                "input_series": [
                    {"series": series, "values": values}
                    for series, values in case.test.series.items()
                ],
                "promql_expr_test": _expressions(case),
                "alert_rule_test": _annotations(case) if case.test.annotations else [],
            }
        ],
    }
    return {f"{name}.rules.yml": rules, f"{name}.test.yml": _yaml(tree)}


def write_probe(case: Case, series: str, name: str) -> dict[str, str]:
    """A test file that promtool accepts if it can read one series of a test."""
    values = case.test.series[series]
    inputs = {"interval": "1m", "input_series": [{"series": series, "values": values}]}
    return {f"{name}.test.yml": _yaml({"tests": [inputs]})}


def _annotated_copies(case: Case, name: str) -> Group:
    """The alert again, under another name and with no annotations but those that are tested."""
    first = case.book.groups[case.keys[0][0]]
    rules = [case.book.rule(key) for key in case.keys]
    return replace(
        first,
        file=name,
        name="copy",
        rules=tuple(
            replace(
                rule,
                name=COPY,
                annotations={
                    key: text
                    for key, text in rule.annotations.items()
                    if key in case.test.annotations
                },
            )
            for rule in rules
        ),
    )


def _expressions(case: Case) -> list[dict[str, Any]]:
    """Queries of what fires, each with a comment that says which time of the test it is about."""
    chosen = {"alertstate": "firing", "alertname": case.rule.name, **case.owned}
    query = f"ALERTS{_selector(chosen)}"
    quiet = [("quiet", index, time, ()) for index, time in enumerate(case.test.quiet)]
    fires = [
        ("fires", index, firing.time, firing.alerts) for index, firing in enumerate(case.test.fires)
    ]
    return [
        {
            "expr": f"{query} # {kind} {index}",
            "eval_time": case.time(time),
            "exp_samples": [
                {
                    "labels": "ALERTS"
                    + _selector({**case.expected(labels), "alertstate": "firing"}),
                    "value": 1,
                }
                for labels in alerts
            ],
        }
        for kind, index, time, alerts in (*quiet, *fires)
    ]


def _annotations(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "eval_time": case.time(firing.time),
            "alertname": COPY,
            "exp_alerts": [
                {
                    "exp_labels": {**case.expected(labels), "alertname": COPY},
                    "exp_annotations": dict(case.test.annotations),
                }
                for labels in firing.alerts
            ],
        }
        for firing in case.test.fires
    ]


def _selector(labels: Mapping[str, str]) -> str:
    pairs = (
        f"{name if _PLAIN_NAME.fullmatch(name) else quote(name)}={quote(value)}"
        for name, value in labels.items()
    )
    return "{" + ",".join(pairs) + "}"


def _yaml(tree: Any) -> str:
    """A tree as JSON that every reader of YAML takes for the same tree."""
    text = json.dumps(tree, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
