"""Labels that a side gives to the other and cannot have, or that are the same already."""

import pytest

from tests.checks.rules import causes, find, underlined

ID = "group-label"


@pytest.mark.parametrize(
    ("expr", "side", "effect"),
    [
        ("a * on (job) group_left (x) sum by (job) (b) > 1", "right", "so it is taken away"),
        ("sum by (job) (b) * on (job) group_right (x) a > 1", "left", "so it is taken away"),
        (
            "sum by (job, y) (a) * on (job) group_left (x) sum by (job) (b) > 1",
            "right",
            "so the result has none",
        ),
        ('a * on (job) group_left (x) b{x=""} > 1', "right", "so it is taken away"),
    ],
)
def test_a_side_that_cannot_have_it(expr, side, effect):
    (found,) = find(ID, expr)
    assert found.level == "error"
    assert found.message == (f"Broken takes x from the {side} side, which cannot have it, {effect}")
    assert underlined(found) == ["x"]
    word = "group_left" if side == "right" else "group_right"
    assert found.help == f"keep x on the {side} side, or leave it out here: {word}"
    assert causes(found)


def test_the_name_would_be_lost_anyway():
    (found,) = find(ID, "up * on (job) group_left (__name__) (a - b) > 1")
    assert found.level == "warning"
    assert found.message.endswith("so the result has none")


def test_the_cause_is_shown():
    (found,) = find(ID, "a * on (job) group_left (y, x) sum by (job, y) (b) > 1")
    assert causes(found)[0][1] == "by (job, y)"
    assert found.help.endswith(": group_left (y)")


@pytest.mark.parametrize(
    "expr",
    [
        "a * ignoring (y) group_left (x) b > 1",
        'a{x="1"} * on (job) group_left (x) b{x="1"} > 1',
    ],
)
def test_what_is_the_same_already(expr):
    (found,) = find(ID, expr)
    assert found.level == "warning"
    assert underlined(found) == ["x"]
    assert found.help == "leave it out: group_left"
    if "ignoring" in expr:
        cause = "matched on every label but these, so on x"
        assert causes(found) == [(cause, "ignoring (y)")]


@pytest.mark.parametrize(
    "expr",
    [
        "a * on (job) group_left (x) b > 1",
        "a * on (job) group_left (x) sum by (job, x) (b) > 1",
        "a * ignoring (x) group_left (x) b > 1",
        "a * on (job) group_left () sum by (job) (b) > 1",
        "a * on (job) group_left sum by (job) (b) > 1",
        'a{x="1"} * on (job) group_left (x) b{x="2"} > 1',
        'a{x="1"} * on (job) group_left (x) b > 1',
        'a{x="1"} * on (job) group_left (x) b{x=~"1|"} > 1',
        'a{x=~"1|2"} * on (job) group_left (x) b{x=~"1|2"} > 1',
        "a * on (job) group_left (x) (sum by (job) (b) or sum by (job, x) (c)) > 1",
        "a * on (job) group_left (x) label_replace(sum by (job) (b), 'x', '1', '', '') > 1",
    ],
)
def test_what_is_really_taken_over(expr):
    assert find(ID, expr) == []
