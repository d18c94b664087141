"""Tests of alerts, run by promtool on the rules that stand in the output files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from giggamon_compiler.findings import Finding
from giggamon_compiler.ir import AlertTest, Program, Rule
from giggamon_compiler.judges.alert_case import Case, step_of, write_case, write_probe
from giggamon_compiler.judges.alert_failures import failed, findings_of
from giggamon_compiler.judges.alert_output import Failure, Remark, read_verdicts
from giggamon_compiler.judges.given import Given, read_rules, rules_path
from giggamon_compiler.judges.process import hear, judge_failed
from giggamon_compiler.judges.rulebook import Key, Rulebook, make_rulebook
from giggamon_compiler.judges.tools import Toolbox

_PLACE = re.compile(r"^\d+:\d+: parse error: ")
_SECONDS_PER_TEST = 2.0
_TOGETHER = 2
# The label that tells the alerts of a service's objectives apart; the others are the policy's.
_SLO_LABEL = "slo"
_BUILD = "write the files again: giggamon build"
_SERIES_NOTATION = "https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/"


def run_alert_tests(
    program: Program, files: Mapping[str, str], tools: Toolbox, tests: Sequence[AlertTest]
) -> list[Finding]:
    """What fails, each at the line of its test; a file that cannot be read is said once."""
    book = make_rulebook(program.groups)
    paths = _paths_of(book, tests)
    given = read_rules(files, paths)
    cases: list[Case] = []
    findings = [*given.findings, *_missing_rules(program, files, given, paths, tests)]
    for test in tests:
        case = _make_case(program, book, given, test)
        if isinstance(case, Case):
            cases.append(case)
        elif case is not None:
            findings.append(case)
    return findings + _run(cases, program, tools)


# What is tested -----------------------------------------------------------------------------------


def _rule_of(book: Rulebook, test: AlertTest) -> Key | None:
    """The alert that a test is about, among those that the definitions make."""
    for key in book.by_name.get(test.alert.rpartition("/")[2], ()):
        rule = book.rule(key)
        if (
            rule.kind == "alert"
            and rule.identity == test.alert
            and (test.severity is None or rule.severity == test.severity)
        ):
            return key
    return None


def _paths_of(book: Rulebook, tests: Sequence[AlertTest]) -> list[str]:
    """The rule files that the tests need."""
    wanted = {key for test in tests if (key := _rule_of(book, test))}
    return sorted({rules_path(book.groups[group].file) for group, _ in book.closure(wanted)})


def _missing_rules(
    program: Program,
    files: Mapping[str, str],
    given: Given,
    paths: Sequence[str],
    tests: Sequence[AlertTest],
) -> Iterator[Finding]:
    """The rules that the files lack, but for alerts that are tested: their tests say it."""
    tested = {test.alert for test in tests}
    there = {
        (group.file, rule.kind, rule.name, frozenset(rule.labels.items()))
        for group in given.book.groups
        for rule in group.rules
    }
    readable = [path for path in paths if path not in given.unreadable]
    for path in readable:
        if path not in files:
            yield Finding("failed-test", f"{path} is missing", help=_BUILD, subject=path)
    for group in program.groups:
        path = rules_path(group.file)
        if path in readable and path in files:
            for rule in group.rules:
                key = (group.file, rule.kind, rule.name, frozenset(rule.labels.items()))
                if key not in there and not (rule.kind == "alert" and rule.identity in tested):
                    text = f"{rule.name} is not in {path}, or not with its labels"
                    yield Finding("failed-test", text, rule.origin, _BUILD, rule.identity)


def _make_case(
    program: Program, book: Rulebook, given: Given, test: AlertTest
) -> Case | Finding | None:
    """The case of a test, or why there is none; nothing where its file could not be read."""
    key = _rule_of(book, test)
    if key is None:
        severity = f" of severity {test.severity}" if test.severity else ""
        return failed(test, f"there is no alert {test.alert}{severity}", ("target",))
    rule, file = book.rule(key), book.groups[key[0]].file
    if not test.quiet and not test.fires:
        text = f"it says neither when {rule.name} fires nor when it is quiet"
        return failed(test, text, (), advice='write for example quiet=["5m"]')
    path = rules_path(file)
    if path in given.unreadable:
        return None
    owned = _owned_labels(program, rule)
    named = [
        key
        for key in given.book.by_name.get(rule.name, ())
        if given.book.groups[key[0]].file == file and given.book.rule(key).kind == "alert"
    ]
    if not named:
        return failed(test, f"{rule.name} is not in {path}", ("target",), advice=_BUILD)
    same = [key for key in named if owned.items() <= given.book.rule(key).labels.items()]
    keys = same or named
    interval = program.prometheus.evaluation_interval if program.prometheus else None
    step = step_of(
        test, given.book.groups[keys[0][0]], interval, remembers=given.book.remembers(keys)
    )
    return Case(test, rule, owned, given.book, keys, step)


def _owned_labels(program: Program, rule: Rule) -> dict[str, str]:
    """The labels of a rule that the compiler has put there."""
    names = {_SLO_LABEL, *(program.policy.labels.values() if program.policy else ())}
    return {name: value for name, value in rule.labels.items() if name in names}


# Running ------------------------------------------------------------------------------------------


def _run(cases: Sequence[Case], program: Program, tools: Toolbox) -> list[Finding]:
    external = program.prometheus.external_labels if program.prometheus else {}
    files: dict[str, str] = {}
    for number, case in enumerate(cases):
        files |= write_case(case, str(number), external)
    names = [f"{number}.test.yml" for number in range(len(cases))]
    heard = _ask(tools, files, names)
    if isinstance(heard, Finding):
        return [heard]
    findings: list[Finding] = []
    for case, failures in zip(cases, heard, strict=True):
        if any(isinstance(failure, Remark) for failure in failures):
            findings += _probe(case, failures, tools)
        else:
            findings += findings_of(case, failures)
    return findings


def _ask(
    tools: Toolbox, files: Mapping[str, str], names: Sequence[str]
) -> list[list[Failure]] | Finding:
    """The failures of each test file, in their order, or that promtool does not do its work."""
    if not names:
        return []
    parts = [part for start in range(_TOGETHER) if (part := names[start::_TOGETHER])]
    seconds = tools.seconds + _SECONDS_PER_TEST * len(names)
    commands = [(tools.promtool, "test", "rules", *part) for part in parts]
    heard = hear(commands, seconds, files, together=_TOGETHER, joined=True)
    verdicts: dict[str, list[Failure]] = {}
    for part, said in zip(parts, heard, strict=True):
        read = read_verdicts(said.out)
        if said.trouble:
            return judge_failed(said)
        if len(read) != len(part) or (said.code == 1) is not any(read):
            return judge_failed(said, "does not say of each test whether it failed")
        verdicts |= zip(part, read, strict=True)
    return [verdicts[name] for name in names]


def _probe(case: Case, failures: Sequence[Failure], tools: Toolbox) -> list[Finding]:
    """Which series of a test cannot be read: promtool itself does not say."""
    keys = list(case.test.series)
    files: dict[str, str] = {}
    for number, series in enumerate(keys):
        files |= write_probe(case, series, str(number))
    heard = _ask(tools, files, list(files))
    if isinstance(heard, Finding):
        return [heard]
    findings = [
        failed(
            case.test,
            f"the series {series} cannot be read: {_said(said)}",
            ("series", series),
            advice=f"its notation is in {_SERIES_NOTATION}#series",
        )
        for series, said in zip(keys, heard, strict=True)
        if said
    ]
    return findings or [failed(case.test, f"promtool says: {_said(failures)}", ())]


def _said(failures: Sequence[Failure]) -> str:
    """What promtool says, without the place in a text that nobody has written."""
    texts = (failure.text for failure in failures if isinstance(failure, Remark))
    return " ".join(_PLACE.sub("", text) for text in texts)
