"""From a value to the span of an argument: the expected spans are written by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from giggamon_compiler.findings import Finding, Note, Place, at
from giggamon_compiler.load import place_findings, read_definitions
from giggamon_compiler.model.value import origin_of

ROOT = Path(__file__).resolve().parents[2]


class TestSixBrokenDefinitions:
    """Whatever an argument is made of, the whole argument is underlined, and nothing else."""

    def test_a_wrong_literal(self, read):
        loaded = read(
            service="""\
            down = Alert(
                "OrdersDown",
                expr='up{job="orders"} === 0',
                severity=critical,
            )
            """
        )
        assert loaded.span_of("down", "expr") == (7, 10, 7, 34)

    def test_an_f_string(self, read):
        loaded = read(
            service="""\
            _job = "orders"
            down = Alert("OrdersDown", expr=f'up{{job="{_job}"}} === 0', severity=critical)
            """
        )
        assert loaded.span_of("down", "expr") == (6, 33, 6, 60)

    def test_a_concatenation(self, read):
        loaded = read(
            service="""\
            down = Alert(
                "OrdersDown",
                expr='up{job="orders"} '
                "=== 0",
                summary="Größe " + "of it",
            )
            """
        )
        assert loaded.span_of("down", "expr") == (7, 10, 8, 12)
        assert loaded.span_of("down", "summary") == (9, 13, 9, 31)

    def test_the_result_of_a_helper(self, read):
        loaded = read(
            service="""\
            def _above(limit: int) -> str:
                return f"queue >> {limit}"


            down = Alert("é", expr=_above(5), severity=critical)
            """
        )
        assert loaded.span_of("down", "expr") == (9, 24, 9, 33)

    def test_a_copy_by_replace(self, read):
        loaded = read(
            service="""\
            from dataclasses import replace

            base = Alert(
                "Base",
                expr="up === 0",
                summary="Down",
            )
            copy = replace(base, name="Copy", expr="up === 1")
            """
        )
        assert loaded.span_of("copy", "expr") == (12, 40, 12, 50)
        assert loaded.span_of("copy", "summary") == (10, 13, 10, 19)
        assert loaded.span_of("base", "expr") == (9, 10, 9, 20)

    def test_a_list_comprehension(self, read):
        loaded = read(
            service="""\
            alerts = [
                Alert(f"Down{name.title()}", expr=f'up{{job="{name}"}} === 0')
                for name in ("orders", "payments")
            ]
            """
        )
        for name in ("alerts[0]", "alerts[1]"):
            assert loaded.span_of(name, "expr") == (6, 39, 6, 66)
            assert loaded.placed(name, "expr").notes == ()


def test_a_field_of_the_base_shows_the_copy(read):
    loaded = read(
        {"lib.py": 'from giggamon_compiler import Alert\n_base = Alert("Base", expr="up")\n'},
        service="""\
        from dataclasses import replace
        from definitions.lib import _base
        copy = replace(_base, name="Copy")
        twice = replace(copy, name="Twice")
        """,
    )
    finding = loaded.placed("twice", "expr")
    assert loaded.spot(finding.origin) == ("lib.py:2:28", '"up"')
    assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
        ("copied here", "7:8", "replace(_base"),
        ("copied here", "8:9", "replace(copy"),
    ]


def test_an_empty_path_shows_the_head_of_the_call(read):
    loaded = read(
        service="""\
        one = Alert("One", expr="up")
        two = Alert(
            "Two",
            expr="up",
        )
        """
    )
    assert loaded.spot(loaded.place_of("one")) == ("5:7", 'Alert("One"')
    assert loaded.spot(loaded.place_of("two")) == ("6:7", "Alert")
    assert loaded.place_of("two").text == "two = Alert("


def test_an_argument_that_is_left_out_is_shown_so_too(read):
    loaded = read(service='one = Alert("One", expr="up")\n')
    assert loaded.spot(loaded.place_of("one", "for_")) == ("5:7", 'Alert("One"')


def test_what_the_compilers_functions_make_is_at_the_call(read):
    loaded = read(
        service="""\
        from giggamon_compiler import SLO, Ratio
        good = SLO("good", objective=99, window="30d", sli=Ratio(bad="b", total="t"))
        board = Dashboard("b", title="B", rows=[*block.slo(good)])
        """
    )
    row = loaded.value("services/orders", "board").rows[0]
    query = row.panels[0].queries[0]
    for origin in (origin_of(row), origin_of(query, "expr"), origin_of(query.expr, "slo")):
        (finding,) = place_findings([Finding("some-check", "x", origin)])
        assert loaded.spot(finding.origin) == ("7:42", "block.slo(good")


def test_a_call_over_an_attribute_on_its_own_line(read):
    loaded = read(
        service="""\
        import giggamon_compiler as g
        one = (
            g
            .Alert("One", expr="up")
        )
        """
    )
    assert loaded.spot(loaded.place_of("one", "expr")) == ("8:24", '"up"')


def test_findings_are_sorted_placed_and_each_said_once(read):
    loaded = read(service='one = Alert("One", expr="up")\ntwo = Alert("Two", expr="up")\n')
    one, two = (loaded.value("services/orders", name) for name in ("one", "two"))
    elsewhere = Place("a.yml", 3, 1, 3, 2)
    given = [
        Finding("b", "later", origin_of(two, "expr")),
        Finding("b", "first", origin_of(one, "expr")),
        Finding("a", "first", origin_of(one, "expr")),
        Finding("b", "first", origin_of(one, "expr")),
        Finding("c", "nowhere"),
        Finding("d", "with note", elsewhere, notes=(Note("see", at(origin_of(one), "name")),)),
    ]
    found = place_findings(given)
    assert [(it.id, it.message, *loaded.spot(it.origin)) for it in found] == [
        ("c", "nowhere", "", ""),
        ("d", "with note", "a.yml:3:1", ""),
        ("a", "first", "5:25", '"up"'),
        ("b", "first", "5:25", '"up"'),
        ("b", "later", "6:25", '"up"'),
    ]
    assert loaded.spot(found[1].notes[0].origin) == ("5:13", '"One"')
    assert place_findings(found) == found


def test_without_columns_the_line_is_underlined(tmp_path, read):
    loaded = read(service='if critical:\n    pass\none = Alert("One",\n  expr="up", for_=5)\n')
    assert loaded.ids == ["bound-in-block", "wrong-type"]
    script = (
        "from pathlib import Path; from giggamon_compiler.load import read_definitions\n"
        f"_, findings = read_definitions(Path({str(loaded.folder)!r}))\n"
        "place = findings[1].origin\n"
        "print(place.line, place.column, place.end_line, place.end_column, place.text)\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "no_debug_ranges", "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert done.stdout == '7 1 7 19 one = Alert("One",\n'


@pytest.mark.parametrize("name", ["definitions", "house"])
def test_files_are_shown_below_the_folder_as_it_was_given(tmp_path, monkeypatch, name):
    folder = tmp_path / "deep" / name
    folder.mkdir(parents=True)
    (folder / "teams.py").write_text("1\n")
    monkeypatch.chdir(tmp_path)
    _, findings = read_definitions(Path("deep") / name)
    assert {it.origin.file for it in findings if isinstance(it.origin, Place)} == {
        f"deep/{name}/teams.py"
    }
    monkeypatch.chdir("/")
    _, findings = read_definitions(folder)
    assert {it.origin.file for it in findings if isinstance(it.origin, Place)} == {
        f"{folder.as_posix().lstrip('/')}/teams.py"
    }
