"""Each load sees its own folder, and leaves Python as it was."""

import sys
import types

import pytest

from giggamon_compiler.model.service import Service


def test_two_folders_follow_one_another(read):
    first = read(service="", folder="one/definitions")
    second = read(service='down = Alert("Down", expr="up")\n', folder="two/definitions")
    again = read(service="", folder="one/definitions")
    assert first.names("services/orders") == again.names("services/orders") == ["service"]
    assert second.names("services/orders") == ["service", "down"]
    assert first.value("services/orders", "service") is not again.value(
        "services/orders", "service"
    )
    assert isinstance(first.value("services/orders", "service"), Service)


def test_another_package_of_that_name_is_neither_used_nor_lost(read, monkeypatch):
    theirs = types.ModuleType("definitions")
    monkeypatch.setitem(sys.modules, "definitions", theirs)
    loaded = read(service="")
    assert loaded.said == []
    assert sys.modules["definitions"] is theirs


def test_a_file_runs_once_even_where_it_fails(read):
    loaded = read(
        {
            "lib.py": "number = 1 // 0\n",
            "services/a_test.py": "from definitions.lib import number\n",
            "services/b_test.py": "from definitions.lib import number\n",
        }
    )
    assert loaded.ids == ["import-failed"]


def test_a_definition_cannot_end_the_compiler(read):
    loaded = read(service="raise SystemExit(0)\n")
    assert loaded.ids == ["import-failed"]
    assert loaded.finding.message == (
        "definitions/services/orders.py fails when it is read: 0 (SystemExit)"
    )


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("raise GeneratorExit", "GeneratorExit"),
        ('raise BaseException("stop")', "stop (BaseException)"),
        ("raise ValueError(10**5000)", "ValueError"),
        ("raise MemoryError", "MemoryError"),
        ("def f():\n    return f()\nx = f()", "maximum recursion depth exceeded (RecursionError)"),
    ],
)
def test_whatever_a_definition_raises_is_a_finding(read, statement, what):
    loaded = read(service=f"{statement}\n")
    assert loaded.ids == ["import-failed"]
    assert loaded.finding.message == (
        f"definitions/services/orders.py fails when it is read: {what}"
    )


@pytest.mark.parametrize(
    "text", ["from definitions.lib import stop\nx = stop()\n", "x = _stop()\n"]
)
def test_an_interruption_says_what_was_read(read, text):
    helper = "def {}():\n    raise KeyboardInterrupt\n"
    with pytest.raises(KeyboardInterrupt) as interruption:
        read({"lib.py": helper.format("stop")}, service=helper.format("_stop") + text)
    assert str(interruption.value) == "while definitions/services/orders.py was read"
