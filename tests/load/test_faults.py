"""An exception in a definition is a finding at its line, without a traceback."""

import pytest


@pytest.mark.parametrize(
    ("text", "at", "underlined", "message", "help_line"),
    [
        (
            "number = 1 // 0\n",
            "5:10",
            "1 // 0",
            "integer division or modulo by zero (ZeroDivisionError)",
            "correct it there",
        ),
        (
            'down = Alert("Up", expr="up", severity=critcal)\n',
            "5:40",
            "critcal",
            "name 'critcal' is not defined (NameError)",
            "did you mean critical?",
        ),
        (
            "name = critical.nam\n",
            "5:8",
            "critical.nam",
            "'Severity' object has no attribute 'nam' (AttributeError)",
            "did you mean name?",
        ),
        (
            "é = [int('x')]\n",
            "5:6",
            "int('x')",
            "invalid literal for int() with base 10: 'x' (ValueError)",
            "correct it there",
        ),
        (
            'raise ValueError("one\\ntwo")\n',
            "5:1",
            'raise ValueError("one\\ntwo")',
            "one (ValueError)",
            "correct it there",
        ),
        ("raise ValueError\n", "5:1", "raise ValueError", "ValueError", "correct it there"),
    ],
)
def test_it_is_a_finding(read, text, at, underlined, message, help_line):
    loaded = read(service=text)
    assert loaded.said == [
        (
            "import-failed",
            at,
            underlined,
            f"definitions/services/orders.py fails when it is read: {message}",
        )
    ]
    assert loaded.finding.fatal
    assert loaded.finding.help == help_line


def test_the_innermost_definition_is_the_place_and_its_callers_are_notes(read):
    loaded = read(
        {"lib.py": "def half(n):\n    return 1 / n\n"},
        service="from definitions.lib import half\nnumbers = [half(n) for n in (1, 0)]\n",
    )
    assert loaded.said[0][:3] == ("import-failed", "lib.py:2:12", "1 / n")
    assert loaded.noted[0] == ("6:12", "half(n)", "called from here")


def test_what_fails_without_end_is_a_finding(read):
    loaded = read(service="def again(n):\n    return again(n)\nnumber = again(1)\n")
    assert loaded.ids == ["import-failed"]
    assert len(loaded.finding.notes) < 5


def test_a_fault_beside_wrong_arguments_is_said_too(read):
    loaded = read(service='number = 1 // 0\ndown = Alert("Up", exp="up")\n')
    assert loaded.ids == ["import-failed", "missing-argument", "unknown-argument"]


def test_a_fault_that_another_finding_explains_is_not_said_twice(read):
    loaded = read(service='down = Alert("Up", expr="up")\ndown.expr = "down"\n')
    assert loaded.ids == ["changed-later"]
