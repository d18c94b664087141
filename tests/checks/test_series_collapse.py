"""Series that only a label tells apart which the rule sets itself."""

import pytest

from tests.checks.rules import alert, causes, find, record, underlined

ID = "series-collapse"


@pytest.mark.parametrize(
    ("expr", "place"),
    [
        ("sum by (service) (up) > 1", "service"),
        ("max(up) by (service) == 0", "service"),
        ('sum by (service, job) (up{job="a"}) > 1', "service"),
        ('sum by (service) (up{service=~"a|b"}) > 1', "service"),
        ('count_values("service", up) > 1', 'count_values("service", up) > 1'),
        ("topk(2, sum by (service) (up)) > 1", "service"),
        ("topk by (service) (1, sum by (service) (up)) > 1", "service"),
        ("limit_ratio(0.5, sum by (service) (up)) > 1", "service"),
        ("a / on (service) b > 1", "a / on (service) b > 1"),
        ("(abs(sum by (service) (up)) > 1) * 2", "service"),
    ],
)
def test_the_label_of_the_rule_replaces_the_only_difference(expr, place):
    (found,) = find(ID, alert(expr, service="orders"))
    assert found.level == "error"
    assert found.message == (
        "Broken: its series differ in service alone, and all get service=orders: "
        "if there are two, the rule fails and no alert fires"
    )
    assert underlined(found) == [place]
    assert causes(found) == [
        ("the rule sets service=orders", "groups/0/rules/0/labels/service"),
    ]


def test_recordings_and_labels_of_the_group():
    (found,) = find(ID, record("a:b", "sum by (x) (up)"), labels={"x": "1"})
    assert found.message.endswith("the rule fails and nothing is recorded")
    assert causes(found) == [("the group sets x=1", "groups/0/labels/x")]


@pytest.mark.parametrize(
    ("rule", "said", "place"),
    [
        (
            record("a:b", 'sum by (__name__) ({__name__=~"x|y"})'),
            "a:b: its series differ in __name__ alone, and all get __name__=a:b",
            "__name__",
        ),
        (
            alert('count by (__name__) ({__name__=~"x|y"}) > 0'),
            "Broken: its series differ in __name__ alone, and all lose __name__",
            "__name__",
        ),
        (
            alert("sum by (alertname) (ALERTS) > 0"),
            "Broken: its series differ in alertname alone, and all get alertname=Broken",
            "alertname",
        ),
    ],
)
def test_the_name_of_the_rule_replaces_the_only_difference(rule, said, place):
    (found,) = find(ID, rule)
    assert found.message.startswith(f"{said}: if there are two, the rule fails")
    assert underlined(found) == [place]
    kind = "a recording" if rule.kind == "record" else "an alert"
    assert causes(found) == [(f"{kind} has a name of its own", "groups/0/rules/0/name")]


def test_an_empty_label_is_taken_away():
    (found,) = find(ID, alert("sum by (a, b) (up) > 1", a="", b="2"))
    assert "differ in a and b alone, and all get b=2 and lose a: " in found.message


def test_the_label_of_a_recording_is_no_template():
    (found,) = find(ID, record("a:b", "sum by (x) (up)", x="{{ $labels.x }}"))
    assert "all get x={{ $labels.x }}" in found.message
    assert find(ID, alert("sum by (x) (up) > 1", x="{{ $labels.x }}")) == []


def test_one_name_is_one_series():
    assert find(ID, record("a:b", "sum by (__name__) (up)")) == []
    assert find(ID, record("a:b", 'sum by (__name__, job) ({__name__=~"x|y"})')) == []
    assert find(ID, alert('{__name__=~"x|y"} > 0')) == []
    assert find(ID, record("a:b", "sum by (alertname) (ALERTS)")) == []


def test_two_labels_at_once():
    (found,) = find(ID, alert("sum by (a, b) (up) > 1", a="1", b="2"))
    assert "differ in a and b alone, and all get a=1 and b=2" in found.message
    assert len(causes(found)) == 2


def test_one_operand_of_or():
    (found,) = find(ID, alert("sum by (job) (up) > 1 or sum by (service) (up) > 1", service="a"))
    assert underlined(found) == ["service"]


@pytest.mark.parametrize(
    "expr",
    [
        # another label tells them apart
        "sum by (job) (up) > 1",
        "sum by (service, job) (up) > 1",
        "up == 0",
        "a / b > 1",
        "a / on (job) group_left () b > 1",
        "abs(up) > 1",
        "topk(3, up) > 1",
        'up{job="a"} == 0',
        "sum without (job) (up) > 1",
        # one value at most
        "sum(up) > 1",
        'sum by (service) (up{service="a"}) > 1',
        'absent(up{service="a"})',
        'sum by (service) (up) * on (service) group_left () sum by (service) (x{service="a"}) > 1',
        # one series at most
        "topk(1, sum by (service) (up)) > 1",
        "limitk(1, sum by (service) (up)) > 1",
    ],
)
def test_series_that_stay_apart(expr):
    assert find(ID, alert(expr, service="orders")) == []


def test_through_recordings():
    recorded = record("service:up:sum", "sum by (service) (up)")
    (found,) = find(ID, recorded, alert("service:up:sum == 0", service="orders"))
    assert underlined(found) == ["service:up:sum == 0"]
    more = record("service:up:sum", "sum by (service, job) (up)")
    assert find(ID, more, alert("service:up:sum == 0", service="orders")) == []


def test_a_template_may_repeat_what_the_series_has():
    labels = {"service": "{{ $labels.service }}"}
    assert find(ID, alert("sum by (service) (up) > 1", **labels)) == []


def test_rules_without_labels():
    assert find(ID, "sum by (service) (up) > 1") == []
    assert find(ID, alert("sum by (service) (up", service="a")) == []
