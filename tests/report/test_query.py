"""What `giggamon show --query` says: each reason below the characters that it speaks of."""

from __future__ import annotations

import json

import pytest

from giggamon_compiler.promql.labels.analysis import analyse
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.report import query
from giggamon_compiler.report.characters import WIDTH


def result(text: str):
    tree = parse(text).tree
    assert tree is not None
    return analyse(tree).result


def shown(text: str) -> list[str]:
    return query.render(text, result(text), "3.5").splitlines()


@pytest.mark.parametrize(
    "text",
    [
        'sum by (job) (rate(x{job="a"}[5m])) > 0',
        'x * on (a, b) group_left (c) y{c=~"1|2"}',
        'label_replace(x, "a", "$1", "b", "(.*)")',
        'absent(up{job="a", instance=~"b.*"}) or count_values("v", x)',
    ],
)
def test_carets_stand_below_what_each_reason_speaks_of(text):
    meant = {
        (text[why.start : why.end], why.text)
        for branch in result(text).branches
        for fact in (*branch.labels.values(), branch.rest)
        for why in fact.why
    }
    line = f"    {text}"
    found = set()
    for caret_line in shown(text):
        carets = caret_line.lstrip(" ")
        width = len(carets) - len(carets.lstrip("^"))
        said = carets.lstrip("^").strip()
        if width and said:
            start = len(caret_line) - len(carets)
            found.add((line[start : start + width], said))
    assert found
    assert found <= meant


def test_of_several_lines_the_one_that_is_meant_is_shown():
    lines = shown('sum by (job) (\n  x{job="a"}\n)')
    place = lines.index('      x{job="a"}')
    assert lines[place + 1] == '        ^^^^^^^ job="a" selects'


def test_a_long_line_and_many_lines_are_shortened():
    text = (
        "x{" + ", ".join(f'label{number}="v"' for number in range(40)) + "}\n+\n" + "\n" * 30 + "y"
    )
    lines = shown(text)
    assert max(len(line.partition("^")[0]) for line in lines) <= WIDTH + 4
    assert any(line.endswith("lines more") for line in lines)


def test_what_describes_the_metric_is_told_where_it_is_named():
    assert not any("__type__" in line for line in shown("rate(x[5m])"))
    assert any("__type__" in line for line in shown('rate(x{__type__="a"}[5m])'))


def test_what_returns_nothing_says_why():
    lines = shown('x{a="1", a="2"}')
    assert "  returns nothing:" in lines
    assert lines[-1].endswith("no series passes all matchers on a")


def test_a_number_has_no_labels():
    assert shown("1 + 1") == ["scalar, read as Prometheus 3.5 does", "", "  1 + 1"]


def test_machines_get_the_same():
    text = 'sum by (job) (x{job=~"a|b"}) or vector(0)'
    tree = query.as_tree(text, result(text), "3.5")
    assert json.loads(json.dumps(tree)) == tree
    first, second = tree["branches"]
    assert first["labels"]["job"]["presence"] == "certain"
    assert first["labels"]["job"]["values"] == ["a", "b"]
    assert text[second["start"] : second["end"]] == "vector(0)"
    assert second["others"]["presence"] == "absent"
    (why,) = first["labels"]["job"]["why"]
    assert text[why["start"] : why["end"]] == 'job=~"a|b"'
