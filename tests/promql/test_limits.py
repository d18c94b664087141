"""Texts that are larger than any expression, or no text at all: told, and never a crash."""

from __future__ import annotations

import pytest

from giggamon_compiler.promql.judgement import problems
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.printer import print_expr
from giggamon_compiler.promql.unreadable import DEEPEST, LONGEST, MOST

HALF = chr(0xDCC3)  # the first byte of a character of two, read with surrogateescape
TOO_LARGE = {
    "brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "open brackets": "(" * 10_000,
    "calls": "abs(" * 10_000 + "x" + ")" * 10_000,
    "name": "x" * 1_000_000,
    "string": f'x{{a="{"b" * 1_000_000}"}}',
    "plus": " + ".join(["x"] * 5_000),
    "or": " or ".join(["up"] * 5_000),
    "power": "^".join(["2"] * 5_000),
    "signs": "-" * 5_000 + "x",
    "signs of a short text": "-" * (MOST + 1) + "x",
    "subqueries": "x" + "[5m:]" * 5_000,
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_too_large_is_told_and_that_prometheus_may_take_it(name: str) -> None:
    parsed = parse(TOO_LARGE[name])
    assert parsed.tree is None
    assert parsed.problem is not None
    assert "read here" in parsed.problem.message
    assert "Prometheus may take it" in parsed.problem.help
    assert parsed.problem.start < parsed.problem.end <= len(parsed.text)


def test_brackets_are_refused_from_one_more_than_is_read() -> None:
    problem = parse("abs(" * (DEEPEST + 1) + "x" + ")" * (DEEPEST + 1)).problem
    assert problem is not None
    assert (problem.start, problem.end) == (4 * DEEPEST + 3, 4 * DEEPEST + 4)


LARGE = {
    "brackets": "(" * DEEPEST + "x" + ")" * DEEPEST,
    "calls": "abs(" * DEEPEST + "metric_with_a_name" + ")" * DEEPEST,
    "plus": " + ".join(["metric_with_a_name"] * MOST),
    "power": " ^ ".join(["metric_with_a_name"] * MOST),
    "signs": "-" * MOST + "x",
    "subqueries": "x" + "[5m:]" * MOST,
    "mixed": "-" * (MOST - DEEPEST) + "(x^" * DEEPEST + "x" + ")" * DEEPEST,
    "labels": f"sum by ({','.join(['a'] * 20_000)}) (x)",
    "matchers": "x{" + ",".join(['a!="b"'] * 10_000) + "}",
    "arguments": f"label_join({','.join(['x'] * 10_000)})",
    "comments": "x" + " # c\n" * 10_000 + "+ y",
    "length": "x" * LONGEST,
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_as_large_as_can_be_is_read_judged_and_printed(name: str) -> None:
    parsed = parse(LARGE[name])
    assert parsed.problem is None
    problems(parsed, "3.5")
    assert isinstance(hash(parsed.tree), int)
    assert parsed == parse(LARGE[name])
    again = parse(print_expr(parsed))
    assert again.problem is None
    assert len(again.comments) == len(parsed.comments)


@pytest.mark.parametrize(
    "text",
    [
        "\0", "x\0", "\ufeffx", HALF, f'x{{a="{HALF}"}}', 'x{a="\ufffd"}', "é",
        "x\N{NO-BREAK SPACE}", "'" * 99_999, '"' + "\\" * 99_998, "1" * 99_999, "1_" * 49_999,
        "." * 99_999, "1a" * 40_000, "x[" + "1h" * 40_000 + "]", "x[" + "1day" * 20_000 + "]",
        "$" * 99_999, "{" * 99_999, "x{" + "\n" * 99_990, "x" + " " * 99_990 + "y",
        "by " * 33_000, "x y " * 24_000, 'x{a="b"' * 14_000, '"' + "\\d" * 49_000 + '"',
        "#\n" * 49_000,
    ],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_what_is_no_expression_is_one_problem(text: str) -> None:
    parsed = parse(text)
    assert parsed.tree is None
    assert parsed.problem is not None
    parsed.problem.message.encode()
    assert len(parsed.problem.message) < 300
    assert print_expr(parsed) == text


def test_blanks_of_all_kinds_are_blanks() -> None:
    plain = parse("sum(x)").tree
    assert plain is not None
    for text in ("sum(\r\nx\r\n)", "\tsum\t(\tx)", "sum # c\r(x)"):
        assert parse(text).problem is None
