"""What is loaded, and fails at every evaluation: asked of promtool of both generations."""

from __future__ import annotations

import pytest

from giggamon_compiler.promql.judgement import problems
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.promql.refusals import refusals

# An expression, and what 2.42 and 3.5 said when they ran it as a rule: the part that they refused.
REFUSED = [
    ('label_replace(x, "a", "$1", "b", "(")', '"("', '"("'),
    ('label_replace(x, "a b", "$1", "b", "(.*)")', '"a b"', None),
    ('label_replace(x, "", "$1", "b", "(.*)")', '""', '""'),
    ('label_replace(x, "a", "$1", "c d", "(.*)")', None, None),
    ('label_replace(x, "a", "$1", "b", "(.*)")', None, None),
    ('label_join(x, "a b", ",", "c")', '"a b"', None),
    ('label_join(x, "a", ",", "c", "")', '""', '""'),
    ('label_join(x, "a", ",", "c d")', '"c d"', None),
    ('label_join(x, "a", ",")', None, None),
    ('sum(count_values("", x))', '""', '""'),
    ('count_values("a-b", x)', '"a-b"', None),
    ("COUNT_VALUES('a', x)", None, None),
    ("topk(-1, x)", None, None),
]


@pytest.mark.parametrize(("text", "old", "new"), REFUSED, ids=[it[0] for it in REFUSED])
def test_what_the_engine_refuses_is_told_at_its_characters(
    text: str, old: str | None, new: str | None
) -> None:
    parsed = parse(text)
    for version, refused in (("2.42", old), ("3.5", new)):
        assert not problems(parsed, version), "promtool takes it"
        found = refusals(parsed, version)
        assert [text[it.start : it.end] for it in found] == ([refused] if refused else [])
        assert all(it.help for it in found)


def test_of_a_text_that_cannot_be_read_nothing_is_said() -> None:
    assert refusals(parse('label_replace(x, ""'), "3.5") == ()
