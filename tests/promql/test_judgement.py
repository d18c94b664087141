from __future__ import annotations

import pytest

from giggamon_compiler.promql.judgement import accepts, problems, rule_problem, type_of
from giggamon_compiler.promql.language import AGGREGATIONS, FUNCTIONS, TYPES
from giggamon_compiler.promql.parser import parse

OLD, NEW = "2.42", "3.5.3"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1", "scalar"), ("-1 + time()", "scalar"), ("scalar(x)", "scalar"), ('"a"', "string"),
        ("x", "vector"), ("-x", "vector"), ("1 + x", "vector"), ("vector(1)", "vector"),
        ("sum(x)", "vector"), ("x[5m]", "matrix"), ("(x[5m])", "matrix"), ("x[5m:]", "matrix"),
        ("rate(x[5m])", "vector"),
    ],
)  # fmt: skip
def test_what_an_expression_returns(text: str, kind: str) -> None:
    parsed = parse(text)
    assert parsed.tree is not None
    assert type_of(parsed.tree) == kind


# Verdicts of promtool 2.42 and 3.5.3 with their default flags, asked of the tools themselves.
@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("holt_winters(x[5m], 0.5, 0.5)", True, False),
        ("double_exponential_smoothing(x[5m], 0.5, 0.5)", False, False),
        ("histogram_avg(x)", False, True),
        ("mad_over_time(x[5m])", False, False),
        ("limitk(1, x)", False, False),
        ("limitk", True, True),
        ('{"a.b"}', False, True),
        ('x{"a b"="c"}', False, True),
        ('sum by ("a") (x)', False, True),
        ("sum by (a:b) (x)", False, True),
        ("x[300]", False, True),
        ("x[5m:30]", False, True),
        ("x > 10m", False, True),
        ("x offset 0s", False, True),
        ("x offset +5m", False, True),
        ("x offset -5m", True, True),
        ("x @ 5m", False, True),
        ("1_000", False, True),
        ("x[+5m]", False, True),
        ("x @ start() [5m]", True, True),
        ("x @ 5 [5m]", False, False),
        ('x{a=~"(?<n>b)"}', False, True),
        ('x{a=~"\\\\Qb"}', False, True),
        ('x{a=~"\\\\C"}', False, False),
        ('x{a=~"b{1001}"}', False, False),
        ('x{a=~"\\xff"}', False, True),
        ("{}", False, False),
        ('{a=~".*"}', False, False),
        ('{a=~".+"}', True, True),
        ('{a!=""}', True, True),
        ('{""}', False, False),
        ('x{__name__="y"}', False, False),
        ('{__name__="x",__name__="y"}', True, True),
        ("x + on () 1", True, True),
        ("x + on (a) 1", False, False),
        ("x + bool y", False, False),
        ("1 > 2", False, False),
        ("1 > bool 2", True, True),
        ("x or 1", False, False),
        ("label_join(x, 'a', ',')", True, True),
        ("hour()", True, True),
        ("1 > x", True, True),
        ("x > 1", True, True),
        ("clamp(x, 1, 2) + clamp_max(x, 1) + clamp_min(x, 1)", True, True),
        ("predict_linear(x[5m], 60) + quantile_over_time(0.5, x[5m])", True, True),
        ("histogram_fraction(0, 1, x) + histogram_quantile(0.9, x)", True, True),
        ("label_replace(x, 'a', '$1', 'b', '(.*)') + round(x) + round(x, 5)", True, True),
        ("vector(time()) + scalar(x) + pi()", True, True),
        ("x[5m]", True, True),
        ('"a"', True, True),
        ("-x[5m]", False, False),
        ("x[5m][5m:]", False, False),
    ],
)
def test_the_verdict_is_promtools(text: str, old: bool, new: bool) -> None:
    assert (accepts(text, OLD), accepts(text, NEW)) == (old, new)


def test_what_is_newer_is_said_with_the_version_that_has_it() -> None:
    (problem,) = problems(parse("histogram_avg(x) > 1"), OLD)
    assert problem.kind == "version"
    assert (problem.start, problem.end) == (0, 13)
    assert problem.message == "histogram_avg is unknown to Prometheus 2.42; 3.5 has it"
    (problem,) = problems(parse("x > 10m"), OLD)
    assert (problem.kind, problem.start, problem.end) == ("version", 4, 7)
    assert "2.54 has it" in problem.message


def test_what_needs_a_flag_names_the_flag() -> None:
    (problem,) = problems(parse("sort_by_label(x, 'a')"), NEW)
    assert problem.kind == "version"
    assert "--enable-feature=promql-experimental-functions" in problem.help


def test_every_problem_is_told_in_the_order_of_the_text() -> None:
    found = problems(parse("rate(x) + sum(y[5m]) + foo(z)"), NEW)
    assert [(one.start, one.end) for one in found] == [(5, 6), (14, 19), (23, 26)]


def test_a_rule_returns_values() -> None:
    for text, word in (("x[5m]", "range vector"), ('"a"', "string"), ("(x[5m:])", "range vector")):
        problem = rule_problem(parse(text))
        assert problem is not None
        assert problem.kind == "type"
        assert word in problem.message
    assert rule_problem(parse("x > 1")) is None
    assert rule_problem(parse("1")) is None
    assert rule_problem(parse("x >")) is None


EXAMPLES = {"scalar": "1", "string": '"a"', "vector": "x", "matrix": "x[5m]"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_takes_what_its_table_says_and_nothing_else(name: str) -> None:
    function = FUNCTIONS[name]
    version = OLD if function.since is None else NEW
    args = [EXAMPLES[arg] for arg in function.args]
    if name == "info":
        args[1] = '{job="a"}'  # it takes no name there

    def types(given: list[str]) -> list[str]:
        found = problems(parse(f"{name}({', '.join(given)})"), version)
        return [one.message for one in found if one.kind != "version"]

    assert types(args) == []
    assert types(args[: function.fewest]) == []
    if function.fewest:
        assert types(args[: function.fewest - 1]) != []
    assert (types([*args, args[-1] if args else "1"]) == []) is function.repeated
    for place, arg in enumerate(function.args):
        for other in TYPES:
            if other != arg:
                assert types([*args[:place], EXAMPLES[other], *args[place + 1 :]]) != []


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_each_aggregation_takes_what_its_table_says(name: str) -> None:
    param = AGGREGATIONS[name].param
    head = "" if param is None else EXAMPLES[param] + ", "
    found = problems(parse(f"{name}({head}x)"), NEW)
    assert [one for one in found if one.kind != "version"] == []
    assert not accepts(f"{name}({head}x[5m])", NEW)
    if param is not None:
        assert not accepts(f"{name}(x, x)", NEW)
