"""Findings as people read them: the place, the line, the carets below what is meant."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.findings import Finding, Note, Place
from giggamon_compiler.report import characters, text


def a_place(line: str, start: int, end: int, number: int = 16, **more: int) -> Place:
    return Place("definitions/services/orders.py", number, start, number, end, line, **more)


def shown(finding: Finding, **options) -> str:
    return text.render([finding], **options)


def test_a_finding_shows_its_line_and_one_next_step():
    line = """    expr='deriv(orders_queue_depth{job="orders"}[30m]) * 60', severity=warning,"""
    finding = Finding(
        "alert-without-comparison",
        "OrdersBacklogGrowing compares nothing, so it always fires",
        a_place(line, 10, 61),
        "end it with a threshold, for example > 5",
    )
    assert shown(finding, explained={"alert-without-comparison"}) == (
        "error[alert-without-comparison]: "
        "OrdersBacklogGrowing compares nothing, so it always fires\n"
        "  --> definitions/services/orders.py:16:10\n"
        "   |\n"
        f"16 | {line}\n"
        "   |          " + "^" * 51 + "\n"
        "   = help: end it with a threshold, for example > 5"
        " · giggamon explain alert-without-comparison\n"
        "\n"
    )


def test_what_explain_does_not_know_is_not_named():
    assert "explain" not in shown(Finding("syntax-error", "orders.py is no Python", help="fix it"))


def test_cause_and_effect_are_both_shown():
    finding = Finding(
        "missing-channel",
        "commerce has no page",
        a_place('commerce = Team("commerce")', 12, 28, number=5),
        level="warning",
        notes=(
            Note("critical is told by page", a_place('    channels=["page"],', 5, 22, number=121)),
            Note("10s + 1s = 11s", None),
        ),
    )
    assert shown(finding) == (
        "warning[missing-channel]: commerce has no page\n"
        "   --> definitions/services/orders.py:5:12\n"
        "    |\n"
        '  5 | commerce = Team("commerce")\n'
        "    |            ^^^^^^^^^^^^^^^^\n"
        "    = note: critical is told by page\n"
        "   --> definitions/services/orders.py:121:5\n"
        "    |\n"
        '121 |     channels=["page"],\n'
        "    |     ^^^^^^^^^^^^^^^^^\n"
        "    = note: 10s + 1s = 11s\n"
        "\n"
    )


def test_a_span_over_several_lines_underlines_its_first():
    place = Place("a.py", 3, 8, 9, 2, "down = Alert(  \n")
    assert "3 | down = Alert(\n  |        ^^^^^^\n" in shown(Finding("x", "x", place))


def test_a_place_without_text_is_named_only():
    assert shown(Finding("x", "gone", Place("generated/a.yml", 1, 1, 1, 1))) == (
        "error[x]: gone\n --> generated/a.yml:1:1\n\n"
    )


def test_tabs_and_wide_characters_keep_the_carets_below():
    place = a_place('\tsummary="注文 too slow",', 10, 23)
    lines = shown(Finding("x", "x", place)).splitlines()
    assert lines[3] == '16 |     summary="注文 too slow",'
    assert lines[4] == "   |             ^^^^^^^^^^^^^^^"


def test_a_long_line_is_shortened_around_what_is_meant():
    line = f"    expr='{'a' * 300} BAD {'b' * 300}'"
    start = line.index("BAD") + 1
    lines = shown(Finding("x", "x", a_place(line, start, start + 3))).splitlines()
    assert lines[3].startswith("16 |     …aaa")
    assert lines[3].endswith("…")
    assert len(lines[3]) <= characters.WIDTH + 5
    caret = lines[4].index("^")
    assert lines[3][caret : lines[4].rindex("^") + 1] == "BAD"


def test_what_cannot_be_printed_moves_no_terminal():
    finding = Finding("x", "a\nb\x1b[31m\u202e is odd", a_place('name="\x1b[31m"', 6, 12))
    said = shown(finding)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert said.startswith("error[x]: a\\nb\\x1b[31m\\u202e is odd\n")


def test_a_line_that_may_hold_a_secret_is_not_shown():
    place = a_place('url="https://chat.example/hooks/9f8e7d6c5b4a"', 5, 45)
    said = shown(Finding("secret-inline", "chat: url holds a token", place, secret=True))
    assert "9f8e7d6c5b4a" not in said
    assert "orders.py:16:5" in said


def test_colour_carries_no_meaning_alone():
    finding = Finding("x", "x is odd", a_place("x = 1", 1, 2), "fix it", notes=(Note("so", None),))
    coloured = shown(finding, colours=text.ANSI)
    assert coloured != shown(finding)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(finding)


@pytest.mark.parametrize(
    ("levels", "services", "line"),
    [
        (["error"], 2, "1 error, 0 warnings in 2 services (0.4 s)"),
        (["warning", "error", "warning", "error"], 1, "2 errors, 2 warnings in 1 service (0.4 s)"),
        ([], 0, "0 errors, 0 warnings in 0 services (0.4 s)"),
    ],
)
def test_the_summary_counts(levels, services, line):
    findings = [Finding("x", "x", level=level) for level in levels]
    assert text.summarise(findings, services, 0.4321) == line


@given(st.text(max_size=200), st.integers(1, 300), st.integers(0, 300), st.integers(0, 2))
def test_every_span_can_be_shown(line, column, length, lines):
    line = line.replace("\n", " ")
    place = Place("a.py", 1, column, 1 + lines, column + length, line)
    for row in shown(Finding("x", "x", place)).split("\n"):
        assert all(char.isprintable() for char in row)


@given(
    st.text(alphabet=st.characters(max_codepoint=0x2FFF, categories=("L", "N", "P")), max_size=80)
)
def test_carets_begin_where_the_span_begins(line):
    """The text before the span takes as many cells as there are before the carets."""
    place = Place("a.py", 1, len(line) + 1, 1, len(line) + 4, f"{line}BAD")
    rows = shown(Finding("x", "x", place)).splitlines()
    before = rows[3].removeprefix("1 | ").partition("BAD")[0]
    cells = sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in before
    )
    assert rows[4] == "  | " + " " * cells + "^^^"


def test_a_span_longer_than_the_line_is_cut_once():
    line = f"expr='{'a' * 300}', for_='5m'"
    shown_line, carets = shown(Finding("x", "x", a_place(line, 6, 308))).splitlines()[3:5]
    assert shown_line.count("…") == 1
    assert shown_line.endswith("a…")
    assert len(carets) == len(shown_line)


def test_what_is_said_at_too_great_a_length_is_told_by_its_beginning_and_end():
    pattern = "|".join(f"value{index}" for index in range(800))
    message = f"Down selects nothing: no series passes {pattern} at once"
    finding = Finding(
        "x", message, None, f"leave out {pattern}, please", notes=(Note(pattern, None),)
    )
    first, note, advice = shown(finding).rstrip("\n").split("\n")
    assert max(len(first), len(note), len(advice)) < 430
    assert first.startswith("error[x]: Down selects nothing: no series passes value0|value1|")
    assert first.endswith("|value799 at once")
    assert note.endswith("|value799")
    assert advice.endswith("|value799, please")
