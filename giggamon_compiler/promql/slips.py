"""Why a text cannot be read, in words."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from giggamon_compiler.promql.nodes import Problem


class Unreadable(Exception):
    """Carries the one problem out of the parser; never leaves the package."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def fail(text: str, position: int, where: str) -> NoReturn:
    """Say what is wrong at a place."""
    raise Unreadable(Problem("syntax", position, min(position + 1, len(text)), where))


def check_bounds(text: str) -> None:
    if len(text) > 100_000 or text.count("(") > 100:
        fail(text, 0, "too large")


def check_signs(text: str, operators: Any) -> None:
    if len(operators) > 250:
        fail(text, 0, "too many")


def _any(name: str) -> Any:
    def failing(text: str, position: Any, *rest: Any) -> NoReturn:
        fail(text, position if isinstance(position, int) else 0, name)

    return failing


def nothing(text: str, begin: re.Match[str]) -> Any:
    raise AssertionError


fail_aggregation = _any("fail_aggregation")
fail_at = _any("fail_at")
fail_call = _any("fail_call")
fail_duration = _any("fail_duration")
fail_escape = _any("fail_escape")
fail_expected = _any("fail_expected")
fail_keyword = _any("fail_keyword")
fail_labels = _any("fail_labels")
fail_matcher = _any("fail_matcher")
fail_modifier = _any("fail_modifier")
fail_not_positive = _any("fail_not_positive")
fail_number = _any("fail_number")
fail_operand = _any("fail_operand")
fail_range = _any("fail_range")
fail_range_of = _any("fail_range_of")
fail_stray = _any("fail_stray")
fail_tail = _any("fail_tail")
fail_trailing_comma = _any("fail_trailing_comma")
fail_twice = _any("fail_twice")
fail_two_names = _any("fail_two_names")
fail_unclosed = _any("fail_unclosed")
