"""A file that is no Python is one finding at its place, and hides nothing of the others."""

import pytest


@pytest.mark.parametrize(
    ("text", "at", "underlined", "reason"),
    [
        ('down = Alert("Up", expr="up"\nup = 1\n', "5:13", "(", "'(' was never closed"),
        ("down = 3 +\n", "5:11", "", "invalid syntax"),
        ('é = Alert("Up" expr=1)\n', "5:11", '"Up" expr', "invalid syntax. Perhaps"),
        ("def f():\nreturn 1\n", "6:1", "return", "expected an indented block after function"),
        ("return 1\n", "5:1", "return 1", "'return' outside function"),
        ('down = "text\n', "5:8", '"', "unterminated string literal (detected at line 5)"),
        ("down = f(a=1, a=2)\n", "5:15", "a=2", "keyword argument repeated: a"),
    ],
)
def test_a_syntax_error_has_its_place(read, text, at, underlined, reason):
    loaded = read(service=text)
    assert loaded.said[0][:3] == ("syntax-error", at, underlined)
    message = loaded.finding.message
    assert message.startswith(f"definitions/services/orders.py is no valid Python: {reason}")
    assert loaded.finding.fatal


def test_a_broken_file_hides_nothing_of_the_others(read):
    loaded = read(
        {
            "services/payments.py": """\
                from definitions.teams import platform
                from giggamon_compiler import Alert, Service
                service = Service("payments", team="platform")
                """,
            "services/carts.py": "import os\n",
        },
        service="down = (\n",
    )
    assert loaded.ids == ["import-not-allowed", "syntax-error", "wrong-type"]
    assert [file.name for file in loaded.definitions.files] == ["environment", "policy", "teams"]


def test_what_imports_a_broken_file_is_a_note_of_it(read):
    loaded = read(
        {
            "services/orders_test.py": "from definitions.services.orders import service\n",
            "services/a.py": "from definitions.services import orders\n",
            "services/b_test.py": "from definitions.services.a import orders\n",
        },
        service="down = (\n",
    )
    assert loaded.ids == ["syntax-error"]
    assert loaded.noted == [
        (
            "services/a.py:1:34",
            "orders",
            "definitions/services/a.py and 2 more files cannot be read either, because of this",
        )
    ]


def test_a_merge_conflict_is_called_that(read):
    loaded = read(
        service="""\
        down = Alert("Up",
        <<<<<<< HEAD
            expr="up == 0")
        =======
            expr="up == 1")
        >>>>>>> branch
        """
    )
    assert loaded.said == [
        (
            "merge-conflict",
            "6:1",
            "<<<<<<< HEAD",
            "definitions/services/orders.py holds a merge conflict that nobody has resolved",
        )
    ]


def test_a_merge_conflict_within_a_text_is_found_too(read):
    text = 'down = Alert("Up", expr="""\n<<<<<<< a\nup\n=======\ndown\n>>>>>>> b\n""")\n'
    assert read(service=text).ids == ["merge-conflict"]


def test_signs_that_are_no_conflict_are_left_alone(read):
    text = 'up = Alert("Up", expr="up", summary="""\n=======\n <<<<<<< a\n""")\n'
    assert read(service=text).said == []


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_and_a_byte_order_mark_change_no_place(read, end):
    text = b'from giggamon_compiler import Team\nx = Team("\xc3\xa9", page=7)\n'
    loaded = read({"more.py": b"\xef\xbb\xbf" + text.replace(b"\n", end)})
    place = loaded.finding.origin
    assert (place.file, place.line, place.column, place.end_column) == (
        "definitions/more.py",
        2,
        20,
        21,
    )
    assert place.text == 'x = Team("é", page=7)'


def test_bytes_that_are_no_utf_8_are_found(read):
    loaded = read({"more.py": b'# \xc3\xa9\ntext = "\xe9t\xe9"\n'})
    assert loaded.said[0][0] == "not-utf-8"
    assert loaded.finding.message == ("definitions/more.py is not UTF-8: byte 0xe9 cannot be read")
    place = loaded.finding.origin
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 9, 2, 10)


def test_a_nul_byte_is_found(read):
    loaded = read({"more.py": b"one = 1\ntwo = '\x00'\n"})
    assert loaded.said == [
        ("nul-byte", "more.py:2:8", "\0", "definitions/more.py holds a NUL byte, so it is no text")
    ]


def test_what_python_warns_of_is_a_warning(read):
    loaded = read(service='up = Alert("Up", expr="up{code=~\'5\\d\'}")\n')
    assert loaded.ids == ["python-warning"]
    assert loaded.finding.level == "warning"
    assert loaded.spot(loaded.finding.origin)[0] == "5:1"
    assert loaded.definitions.complete
    assert loaded.names("services/orders") == ["service", "up"]


def test_nesting_without_end_is_a_finding(read):
    loaded = read({"deep.py": f"x = {'-' * 20_000}1\n", "open.py": f"x = {300 * '('}\n"})
    assert loaded.ids == ["syntax-error", "syntax-error"]


def test_a_sum_of_many_texts_is_read(read):
    loaded = read(service=f'up = Alert("Up", expr={" + ".join(500 * [repr("a")])})\n')
    assert loaded.said == []
