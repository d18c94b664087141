"""Labels that the texts of an alert read, and whether its query keeps them."""

import json
from pathlib import Path

import pytest

from giggamon_compiler.checks.template_label import check_query
from giggamon_compiler.ir import Group, Program, Prometheus, Rule
from giggamon_compiler.queries import read_queries
from tests.checks.rules import alert, causes, find, record, underlined
from tests.house import find as find_in_house
from tests.house import underlined as underlined_in_house

DATA = Path(__file__).with_name("data") / "label-cases.jsonl"
CASES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


def told(expr, text, *others, **labels):
    """What is found of an alert with one text, beside other rules."""
    return find("template-label", with_text(alert(expr, **labels), text), *others)


def with_text(rule: Rule, text: str, name: str = "summary") -> Rule:
    return Rule(
        rule.kind,
        rule.name,
        rule.query,
        labels=rule.labels,
        annotations={name: text},
        origin=rule.origin,
    )


class TestTheEngineHasTheLastWord:
    @pytest.mark.parametrize("case", CASES, ids=lambda it: f"{it['alert']}-{it['label']}")
    def test_what_is_found_is_what_the_engine_finds(self, case):
        found = told(case["expr"], case["text"])
        levels = [it.level for it in found if f" {case['label']} " in it.message]
        expected = {"absent": ["error"], "mixed": ["warning"], "carried": []}
        assert levels == expected[case["verdict"]]

    def test_there_are_enough_cases(self):
        verdicts = [case["verdict"] for case in CASES]
        assert min(verdicts.count("absent"), verdicts.count("carried")) >= 60


class TestCauseAndEffect:
    def test_both_are_shown_at_their_characters(self):
        (finding,) = told("sum by (job) (up) < 1", "{{ $labels.instance }} is down")
        assert finding.level == "error"
        assert finding.message == (
            "Broken reads instance in its summary, and no series of its query has that label"
        )
        assert underlined(finding) == ["instance"]
        assert causes(finding) == [("by (job) keeps only job", "by (job)")]
        assert finding.help == "add instance to by (job), or take it out of the text"

    def test_it_is_said_once_of_a_label_with_every_place(self):
        (finding,) = told("sum(up) < 1", "{{ $labels.a }} {{ .Labels.a }} {{ index $labels `a` }}")
        assert causes(finding)[1:] == [("it is read in summary too", "a")] * 2

    def test_what_a_recording_dropped_is_shown_there(self):
        down = record("job:up:sum", "sum by (job) (up)")
        (finding,) = told("job:up:sum < 1", "{{ $labels.instance }}", down)
        assert causes(finding) == [("by (job) keeps only job", "by (job)")]
        assert finding.help == "keep instance in job:up:sum, or take it out of the text"

    @pytest.mark.parametrize(
        ("expr", "advice"),
        [
            (
                "sum by (job) (max by (job, b) (x)) > 1",
                "add c to by (job) and add c to by (job, b), or take it out of the text",
            ),
            (
                "sum by (job) (x) / on (job) sum by (job, b) (y) > 1",
                "add c to on (job) and add c to by (job), or take it out of the text",
            ),
            (
                "x * on (job) group_left (c) sum by (job) (y) > 1",
                "add c to by (job), or take it out of the text",
            ),
            (
                "sum(sum by (e) (sum by (a) (sum by (b) (x)))) > 1",
                "keep c in all that is between the metric and the result, or take it out of the"
                " text",
            ),
            # Nothing but the labels that it joins can give it a value.
            ('label_join(sum(x), "c", "", "job") > 1', "take it out of the text"),
            ('sum by (job) (x{c=""}) > 1', "take it out of the text"),
        ],
    )
    def test_all_that_drops_it_has_to_change(self, expr, advice):
        (finding,) = told(expr, "{{ $labels.c }}")
        assert finding.help == advice

    @pytest.mark.parametrize(
        ("expr", "advice"),
        [
            ("sum(up) < 1", "keep it: sum by (instance), or take it out of the text"),
            ("count without (instance) (up) > 1", "take instance out of without (instance), or "),
            ("up * on (job) b", "add instance to on (job), or "),
            (
                "sum by (instances) (up)",
                "read instances, which the query keeps, or add instance to",
            ),
            ("vector(1)", "take it out of the text"),
            ("time()", "take it out of the text"),
            ('absent(up{job="a"})', "take it out of the text"),
        ],
    )
    def test_the_help_says_what_to_change(self, expr, advice):
        (finding,) = told(expr, "{{ $labels.instance }}")
        assert finding.help.startswith(advice)

    def test_a_label_of_the_rule_is_none_of_the_series(self):
        (finding,) = told("sum by (job) (up)", "{{ $labels.tier }}", tier="front")
        assert finding.help == (
            "$labels holds what the query returns, and tier is put on by the rule: "
            "write front itself"
        )
        (finding,) = told("sum by (job) (up)", "{{ $labels.alertname }}")
        assert finding.help == "$labels holds no alertname: write Broken itself"

    def test_an_external_label_is_read_elsewhere(self):
        rule = with_text(alert("sum(up) < 1"), "{{ $labels.cluster }}")
        server = Prometheus("10s", "10s", {"cluster": "a"})
        program = Program((Group("rules", "group", (rule,)),), server)
        (finding,) = (it for query in read_queries(program) for it in check_query(query))
        assert finding.help == "cluster is an external label: write $externalLabels.cluster"

    def test_the_label_of_a_text_of_a_label_is_read_too(self):
        (finding,) = told("sum(up) < 1", "", tier="{{ $labels.zone }}")
        assert finding.message.startswith("Broken reads zone in its label tier, ")


class TestSomeSeriesOnly:
    EXPR = "up == 0 or absent(up)"

    def test_it_is_a_warning_that_shows_which(self):
        (finding,) = told(self.EXPR, "{{ $labels.instance }}")
        assert finding.level == "warning"
        assert causes(finding)[0] == ("these series have no instance", "absent(up)")
        assert "write it only where it is: {{ with $labels.instance }}" in finding.help

    @pytest.mark.parametrize(
        "text",
        [
            "{{ if $labels.instance }}on {{ $labels.instance }}{{ end }}",
            "{{ with $labels.instance }}on {{ . }}{{ else }}somewhere{{ end }}",
            '{{ or $labels.instance "somewhere" }}',
            "{{ if not $labels.instance }}none{{ else }}{{ $labels.instance }}{{ end }}",
        ],
    )
    def test_a_text_that_thinks_of_it_is_right(self, text):
        assert not told(self.EXPR, text)

    def test_all_branches_may_lack_it(self):
        (finding,) = told("sum by (job) (up) == 0 or absent(up)", "{{ $labels.instance }}")
        assert finding.level == "error"
        assert [said for _, said in causes(finding)] == ["by (job)", "absent"]


class TestConditions:
    def test_a_condition_on_what_is_never_there_guards_dead_text(self):
        text = "{{ if $labels.pod }}of {{ $labels.pod }}{{ end }}"
        (finding,) = told("sum by (job) (up) < 1", text)
        assert finding.level == "warning"
        assert finding.message.startswith("Broken asks for pod in its summary, and no series")
        assert underlined(finding) == ["pod"]

    def test_what_is_shown_outside_of_it_is_an_error(self):
        text = "{{ if $labels.pod }}pod{{ end }} {{ $labels.pod }}"
        (finding,) = told("sum by (job) (up) < 1", text)
        assert finding.level == "error"


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ("up == 0", "{{ $labels.instance }} {{ $labels.anything }}"),
        ("sum by (job, instance) (up) < 1", "{{ $labels.instance }}"),
        ("sum without (pod) (up) < 1", "{{ $labels.instance }}"),
        ("sum by (job) (up) < 1", "{{ $value }} {{ $externalLabels.instance }} {{ $labels }}"),
        ("sum(up) < 1", '{{ range query "up" }}{{ .Labels.instance }}{{ end }}'),
        ("sum(up) < 1", '{{ (query "up" | first).Labels.instance }}'),
        ("sum(up) < 1", '{{ query "up" | first | label "instance" }}'),
        ("sum(up) < 1", '{{ $name := "x" }}{{ $name = "y" }}{{ index $labels $name }}'),
        ("sum(up) <", "{{ $labels.instance }}"),
        ("sum(up) < 1", "{{ $labels.instance }"),
        ("sum by (a) (up) * on (a) group_left (pod) b", "{{ $labels.pod }}"),
        ('label_replace(sum(up), "pod", "a$1", "x", "(.*)")', "{{ $labels.pod }}"),
    ],
)
def test_silent(expr, text):
    assert not told(expr, text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ $l := $labels }}{{ $l.pod }}",
        "{{ with $labels }}{{ .pod }}{{ end }}",
        "{{ with .Labels }}{{ $.Labels.pod }}{{ end }}",
        '{{ $name := "pod" }}{{ index $labels $name }}',
        '{{ define "t" }}{{ .pod }}{{ end }}{{ template "t" $labels }}',
        '{{ range query "up" }}{{ .Labels.a }}{{ $labels.pod }}{{ end }}',
        '{{ printf "%s" (index .Labels "pod" | toUpper) }}',
        "{{ $labels.job }}{{ if eq $labels.job `a` }}{{ $labels.pod }}{{ end }}",
    ],
)
def test_every_way_to_read_is_followed(text):
    (finding,) = told("sum by (job) (up) < 1", text)
    assert underlined(finding) == ["pod"]


def test_places_in_a_definition(tmp_path):
    files = {
        "services/orders.py": r'''
service = Service("orders", team=commerce)
failing = Alert("OrdersFailing", severity=critical,
    expr="sum by (job) (up) < 1",
    description="\"Since\" now " "on\t{{ $labels.instance }}",
    annotations={"more": """
        {{ with $labels }}{{ .pod }}{{ end }}
    """})
'''
    }
    found = [it for it in find_in_house(tmp_path, files) if it.id == "template-label"]
    assert [underlined_in_house(it) for it in found] == ["instance", "pod"]


def test_a_summary_among_the_annotations_has_its_place(tmp_path):
    files = {
        "services/orders.py": """
service = Service("orders", team=commerce)
failing = Alert("OrdersFailing", severity=critical, expr="sum by (job) (up) < 1",
    annotations={"summary": "{{ $labels.zone }}"})
"""
    }
    (finding,) = (it for it in find_in_house(tmp_path, files) if it.id == "template-label")
    assert underlined_in_house(finding) == "zone"


def test_a_declared_metric_is_to_be_declared_with_it(tmp_path):
    service = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
depth = metric.Gauge("depth", help="Depth")
down = Alert("OrdersDeep", expr='depth{job="orders"} > 1', summary="{{ $labels.shelf }}")
"""
    found = find_in_house(tmp_path, {"services/orders.py": service})
    (help_line,) = [it.help for it in found if it.id == "template-label"]
    start = "add shelf to the labels that depth is declared with, or"
    assert help_line == f"{start} take it out of the text"
