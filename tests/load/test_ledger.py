"""What is constructed and then lost is a finding where it was constructed."""

import pytest


@pytest.mark.parametrize(
    ("text", "at", "underlined", "message"),
    [
        pytest.param(
            'number = len([Alert("Up", expr="up")])\n',
            "5:15",
            'Alert("Up"',
            "Up is an Alert that is constructed and then lost",
            id="only counted",
        ),
        pytest.param(
            'alerts = [Alert("Up", expr="up"), Alert("Slow", expr="slow")][:1]\n',
            "5:35",
            'Alert("Slow"',
            "Slow is an Alert that is constructed and then lost",
            id="cut off",
        ),
        pytest.param(
            "def _make(n):\n"
            '    first = Alert("First", expr="up")\n'
            '    return Alert("Second", expr="up")\n'
            "down = _make(1)\n",
            "6:13",
            'Alert("First"',
            "First is an Alert that is constructed and then lost",
            id="forgotten in a function",
        ),
        pytest.param(
            'rows = {"a": Row("One", []), "a": Row("Two", [])}\n'
            'board = Dashboard("b", title="B", rows=[rows["a"]])\n',
            "5:14",
            'Row("One"',
            "One is a Row that is constructed and then lost",
            id="overwritten by its key",
        ),
        pytest.param(
            'name = Dashboard("b", title="B", rows=[Row("R", [])]).title\n',
            "5:8",
            'Dashboard("b"',
            "b is a Dashboard that is constructed and then lost",
            id="with its parts, as one",
        ),
        pytest.param(
            "from dataclasses import replace\n"
            'name = replace(Alert("Up", expr="up"), name="Copy").name\n',
            "6:8",
            'replace(Alert("Up", expr="up")',
            "Copy is an Alert that is constructed and then lost",
            id="with its base, as one",
        ),
    ],
)
def test_it_is_a_finding(read, text, at, underlined, message):
    loaded = read(service=text)
    assert loaded.said == [("value-lost", at, underlined, message)]
    assert loaded.names("services/orders") == []


def test_what_is_kept_in_any_way_is_no_finding(read):
    loaded = read(
        service="""\
        from collections import deque
        from dataclasses import replace
        from functools import cache, partial
        copy = replace(replace(Alert("Base", expr="up"), name="Middle"), name="Last")
        moved = replace(Dashboard("a", title="A", rows=[Row("Old", [])]), rows=[])
        def make(name, base=Alert("Default", expr="up")):
            return replace(base, name=name)
        def board(key, row=Row("Part", [])):
            return Dashboard(key, title="B", rows=[row])
        made, shown = make("Made"), board("shown")
        def _outer():
            held = Alert("Held", expr="up")
            return lambda: held
        _holder = _outer()
        _waiting = deque([Alert("Waiting", expr="up")])
        _half = partial(replace, Alert("Partial", expr="up"))
        half = partial(replace, Alert("Used", expr="up"))
        used = half(name="Copy")
        def _more(row=Row("More", [])):
            return row
        @cache
        def kept():
            return Alert("Kept", expr="up")
        bound = kept()
        _template = [{"a": (Alert("Template", expr="up"),)}]
        """
    )
    assert loaded.said == []
    names = ["service", "copy", "moved", "made", "shown", "used", "bound"]
    assert loaded.names("services/orders") == names


@pytest.mark.parametrize(
    "text",
    [
        'def make(base=Alert("Lost", expr="up")):\n    return base\n',
        'def make(*, base=[Alert("Lost", expr="up")]):\n    return base\n',
        'make = lambda base=Alert("Lost", expr="up"): base\n',
        "def _outer():\n"
        '    held = Alert("Lost", expr="up")\n'
        "    return lambda: held\n"
        "holder = _outer()\n",
        'from functools import partial\nhalf = partial(str, Alert("Lost", expr="up"))\n',
        "from functools import cache\n"
        '@cache\ndef kept():\n    return Alert("Lost", expr="up")\n'
        "name = kept().name\n",
        'tools = {"a": lambda base=Alert("Lost", expr="up"): base}\n',
    ],
)
def test_what_only_a_function_with_a_public_name_holds_is_lost(read, text):
    loaded = read(service=text)
    assert [(it.id, it.subject) for it in loaded.findings] == [("value-lost", "Lost")]


@pytest.mark.parametrize(
    ("text", "at", "underlined", "message"),
    [
        (
            'board = Dashboard("b", title="B", rows=[])\nrow = Row("R", [])\n',
            "6:7",
            'Row("R"',
            "row is a Row that stands on no board of this file, so nothing becomes of it",
        ),
        (
            'board = Dashboard("b", title="B", rows=[])\n'
            'stats = [panel.Stat("S", [Query("up")], key="s")]\n',
            "6:10",
            'panel.Stat("S"',
            "stats[0] is a Stat that stands on no board of this file, so nothing becomes of it",
        ),
        (
            'scrape = Scrape("orders", targets=[])\n',
            "5:10",
            'Scrape("orders"',
            "scrape is a Scrape that no other value uses, so nothing becomes of it",
        ),
    ],
)
def test_a_part_that_nothing_uses_is_a_finding(read, text, at, underlined, message):
    assert read(service=text).said == [("value-unused", at, underlined, message)]


def test_a_part_that_is_used_is_none(read):
    loaded = read(
        {
            "rows.py": 'from giggamon_compiler import Row\nempty = Row("Empty", [])\n',
        },
        service="""\
        from definitions.rows import empty
        row = Row("R", [])
        board = Dashboard("b", title="B", rows=[row, empty])
        """,
    )
    assert loaded.said == []


def test_what_a_broken_file_constructed_is_not_counted(read):
    loaded = read(service='down = Alert("Up", expr="up")\nnumber = 1 // 0\n')
    assert loaded.ids == ["import-failed"]
