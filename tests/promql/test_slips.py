"""What people write by mistake: the place that is shown, and what they are told to write.

In each text ‹ and › stand around the characters that the problem has to cover.
"""

from __future__ import annotations

import pytest

from giggamon_compiler.promql.judgement import problems
from giggamon_compiler.promql.nodes import Problem
from giggamon_compiler.promql.parser import parse

SLIPS = [
    ("sum(rate(x[5m]) ‹by› (job)", "by stands inside", "write sum(rate(x[5m])) by (job)"),
    ("rate(x[5m]) ‹by› (job)", "by belongs to an aggregation", "write sum by (job)"),
    ("rate(‹x›)", "rate needs a range vector", "write x[5m]"),
    ('rate(‹x{a="b"} offset 5m›)', "rate needs a range", 'write x{a="b"}[5m] offset 5m'),
    ("rate(‹sum by (a) (x)›)", "rate needs a range", "sum by (a) (rate(x[5m]))"),
    ("rate(sum(x)‹[5m]›)", "[5m] can follow only a selector", "write sum(rate(x[5m]))"),
    ("x[5m] offset‹›", "offset has no duration", "write offset 5m"),
    ("x ‹=› 5", "= compares nothing", "write =="),
    ('x{job‹==›"a"}', "== is no operator between", 'write job="…"'),
    ("x{job=‹api-1›}", "api-1 is a label's value without quotes", 'write job="api-1"'),
    ("‹$job› > 5", "$job is a Grafana variable", "write its value"),
    ("rate(x[‹${__interval}›])", "${__interval} is a Grafana variable", "for example 5m"),
    ("x[‹[[interval]]›]", "[[interval]] is a Grafana variable", "for example 5m"),
    ("x{job=‹$job›}", "$job is a Grafana variable", "write its value"),
    ("sum‹(›rate(x[5m])", "( is never closed", "write ) where it ends: sum(rate(x[5m]))"),
    ("sum‹(›rate(x[5m]) >= 3", "( is never closed", "it ends: sum(rate(x[5m])) >= 3"),
    ("max by (a)‹(›x{b!='c'} > 3 and y", "( is never closed", "max by (a)(x{b!='c'}) > 3 and y"),
    ("clamp_min‹(›sum(x), 1 > 2 < 3", "( is never closed", "clamp_min(sum(x), 1 > 2) < 3"),
    ("rate‹(›x[5m] unless y == 1", "( is never closed", "it ends: rate(x[5m]) unless y == 1"),
    ("count‹(›x == 0", "( is never closed", "it ends: count(x == 0)"),
    ("‹(›x > 1 and y", "( is never closed", "it ends: (x > 1 and y)"),
    ("x > 5‹)›", ") closes nothing", "leave it out"),
    ("x‹[›5m", "[ is never closed", "write [5m]"),
    ("rate(x[5m‹)›", "] is missing before )", "write [5m])"),
    ('x{a="b"‹›', "} is missing", 'write "b"}'),
    ('rate(x{a="b"‹[›5m])', "} is missing before [", 'write "b"}['),
    ("x ‹adn› y", "adn is no operator", "write and"),
    ("up ‹unles› y", "unles is no operator", "write unless"),
    ("‹rat›(x[5m])", "rat is no function", "write rate(…)"),
    ("‹Rate›(x[5m])", "Rate is no function", "write rate(…)"),
    ("‹topk(x)›", "topk takes 2 arguments, not 1", "topk(scalar, instant vector)"),
    ("‹round(x, 1, 2)›", "round takes 1 to 2 arguments", "round(instant vector, scalar?)"),
    ("x > ‹5 m›", "5 m is a duration with a blank", "write 5m"),
    ("x[‹5 m›]", "5 m is a duration with a blank", "write [5m]"),
    ("x ‹y›", "y follows x without an operator", "write an operator between them"),
    ('x{a=‹"›b}', '" opens a string that is never closed', 'write " where'),
    ('x{a="b"‹,›,c="d"}'.replace("‹,›,", ",‹,›"), ", has no matcher", "leave one comma out"),
    ('x{a="b" ‹c›="d"}', 'c follows "b" without a comma', "write a comma before c"),
    ('x{a="b" ‹or› c="d"}', "or between matchers", '=~"a|b"'),
    ("rate(x[5m]‹,›)", ", has no argument after it", "leave the comma out"),
    ("x ‹!==› 5", "!== is no operator", "write !="),
    ("x ‹&&› y", "&& is no sign of PromQL", "write and"),
    ("x ‹≥› 5", "≥ is no sign of PromQL", "write >="),
    ("x >‹›", "> has nothing after it", "write what it takes"),
    ("sum by ‹job› (x)", "by needs its labels in brackets", "write by (job)"),
    ("sum by (a ‹b›) (x)", "b follows a without a comma", "write a, b"),
    ("x / ‹group_left› y", "group_left needs on", "write on (job) group_left"),
    ("x{status‹>›500}", "> compares numbers", 'status=~"5.."'),
    ('x{‹k8s-app›="a"}', "k8s-app is no plain name", '"k8s-app" in quotes'),
    ('x{a=~"‹\\d›+"}', "\\d is no escape", "write \\\\d"),
    ("x[‹5min›]", "5min is no duration", "write 5m"),
    ("x[‹1.5h›]", "1.5h is no duration", "write 90m"),
    ("x[‹30m1h›]", "30m1h is no duration", "write 1h30m"),
    ('x[‹"5m"›]', '"5m" is a string', "write 5m without quotes"),
    ("x offset 5m ‹[5m]›", "[5m] has to stand before offset 5m", "write x[5m] offset 5m"),
    ("sum(x) ‹offset 5m›", "offset can follow only", "write sum(x offset 5m)"),
    ('rate(x[5m])‹{›a="b"}', "{ chooses series", "inside"),
    ("5 ‹>› 3", "> between two numbers", "write > bool"),
    ("x and ‹1›", "and combines series", "write vector(1)"),
    ("‹x[5m]› + 1", "+ cannot take x[5m]", "write rate(x[5m])"),
    ("‹{}›", "{} would choose every series", "write a metric's name"),
    ('x{a=~‹"(a"›}', "a's pattern is no regular expression", "RE2"),
    ("count(x) > 5 ‹for 5m›", "for 5m is no part of an expression", "field for: 5m"),
    ("‹not› x", "not is no word of PromQL", "absent(a)"),
    ("x and ‹not› y", "not is no word of PromQL", "a unless b"),
    ("x and ‹not›(y)", "not is no function", "a unless b"),
    ("‹if› x > 5", "if is no word of PromQL", "leave if out"),
    ("x ‹is› null", "is is no word of PromQL", "absent(…)"),
    ("count ‹x›", "count needs brackets", "write count(x)"),
    ("topk ‹5› x", "topk needs brackets", "write topk(5, x)"),
    ("x ‹**› 2", "** is no operator of PromQL", "write ^"),
    ('‹a="b"›}', 'a="b" matches a label', 'write it in braces: {a="b"}'),
    ("1 + ‹http.server.duration› > 5", "http.server.duration is no plain name", '{"http.server.'),
    ("rate(x[5m])‹.max›()", ".max is no method", "write max(…) around"),
    ("rate‹[5m]›(x{a='b'})", "[5m] stands at rate", "write rate(x{a='b'}[5m])"),
    ("x > ‹{{› .Values.most }}", "{{ begins a template", "render the template first"),
    ('x{a ‹in› ("b","c")}', "in is no operator between", 'write a=~"a|b"'),
    ("‹<<<<<<< HEAD›\nx\n=======\n", "<<<<<<< belongs to a merge conflict", "one of the two sides"),
    ("x\n‹<<<<<<< HEAD›\n> 1\n", "<<<<<<< belongs to a merge conflict", "one of the two sides"),
    ("x\n‹=======›\ny\n", "======= belongs to a merge conflict", "one of the two sides"),
    ("x\n‹>>>>>>> a/b›", ">>>>>>> belongs to a merge conflict", "one of the two sides"),
    ("x and ‹group_left› (a) y", "group_left says how many", "leave group_left out"),
    ("topk(‹x, 5›)", "topk takes a scalar here, and an instant vector after it", "write 5, x"),
    ("clamp(‹0, x›, 1)", "clamp takes an instant vector here, and a scalar", "write x, 0"),
    ("count_values(‹x, 'a'›)", "count_values takes a string here", "write 'a', x"),
    ("rate(‹x[5m] + y[5m]›)", "rate needs a range vector", "each: rate(x[5m]) + rate(y[5m])"),
    ("rate(‹(x[5m] * 8)›)", "rate needs a range vector", "take rate of each: rate(x[5m]) * 8"),
    ("rate(‹x + y›)", "rate needs a range vector", "write a subquery: (x + y)[5m:]"),
    ('x{a="b"}[5m]‹[5m]›', 'x{a="b"}[5m] has a range already', "leave [5m] out, or the other"),
    ('sum(rate({a="b"} ‹|=› "c" [5m]))', "|= is of LogQL", "files of their own"),
    ("{a='b'} ‹| json› | c > 5", "| json is of LogQL", "files of their own"),
    ("x ‹|› y", "| is no sign of PromQL", "write or"),
    ("x > 90.5 ‹percent›", "percent follows 90.5 without", "write an operator"),
    ("x + on(a) group_left(‹a›) y", "a is matched on", "take a out of the group clause"),
]  # fmt: skip


def first(text: str) -> Problem:
    found = problems(parse(text), "3.5")
    assert found, text
    return found[0]


@pytest.mark.parametrize(("marked", "message", "advice"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_shown_where_it_is(marked: str, message: str, advice: str) -> None:
    text = marked.replace("‹", "").replace("›", "")
    problem = first(text)
    assert (problem.start, problem.end) == (marked.index("‹"), marked.index("›") - 1), problem
    assert problem.message.startswith(message)
    assert advice in problem.help


@pytest.mark.parametrize("marked", [slip[0] for slip in SLIPS])
def test_it_is_shown_there_after_lines_and_comments_too(marked: str) -> None:
    before = '# "a comment (\n\t\r\n'
    text = marked.replace("‹", "").replace("›", "")
    alone, moved = first(text), first(before + text)
    assert (moved.start, moved.end) == (alone.start + len(before), alone.end + len(before))


@pytest.mark.parametrize(
    "text", ["topk(x, 5)", "label_replace('a', x, 'b', 'c', 'd')", "rate(x[5m] + y[5m]) > 1"]
)
def test_one_mistake_is_told_once(text: str) -> None:
    assert len(problems(parse(text), "3.5")) == 1


@pytest.mark.parametrize(
    "text",
    ["topk('a', 'b')", "clamp(x, y, z)", "rate(x[5m], x) + (x[5m] + 1)", "label_join(1, x, 2)"],
)
def test_two_mistakes_are_told_twice(text: str) -> None:
    assert len(problems(parse(text), "3.5")) >= 2


def test_nothing_at_all() -> None:
    for text in ("", "  \n", "# only a comment"):
        assert first(text).message == "there is no expression here"
