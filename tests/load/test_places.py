"""From a value to the span of an argument: the expected spans are written by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from giggamon_compiler.findings import Finding, Note, Place, at
from giggamon_compiler.load import place_findings, read_definitions
from giggamon_compiler.model.value import origin_of

ROOT = Path(__file__).resolve().parents[2]


def span_of(loaded, value, *path):
    """Line, column, end line and end column of a part of a value."""
    place = place_of(loaded, value, *path)
    return place.line, place.column, place.end_line, place.end_column


def place_of(loaded, value, *path):
    """The place of a part of a value of services/orders.py."""
    return placed(loaded, value, *path).origin


def placed(loaded, value, *path):
    """A finding about a part of a value of services/orders.py, with its place."""
    origin = origin_of(loaded.value("services/orders", value), *path)
    (finding,) = place_findings([Finding("some-check", value, origin)])
    return finding


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
        assert span_of(loaded, "down", "expr") == (7, 10, 7, 34)

    def test_an_f_string(self, read):
        loaded = read(
            service="""\
            _job = "orders"
            down = Alert("OrdersDown", expr=f'up{{job="{_job}"}} === 0', severity=critical)
            """
        )
        assert span_of(loaded, "down", "expr") == (6, 33, 6, 60)

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
        assert span_of(loaded, "down", "expr") == (7, 10, 8, 12)
        assert span_of(loaded, "down", "summary") == (9, 13, 9, 31)

    def test_the_result_of_a_helper(self, read):
        loaded = read(
            service="""\
            def _above(limit: int) -> str:
                return f"queue >> {limit}"


            down = Alert("é", expr=_above(5), severity=critical)
            """
        )
        assert span_of(loaded, "down", "expr") == (9, 24, 9, 33)

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
        assert span_of(loaded, "copy", "expr") == (12, 40, 12, 50)
        assert span_of(loaded, "copy", "summary") == (10, 13, 10, 19)
        assert span_of(loaded, "base", "expr") == (9, 10, 9, 20)

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
            assert span_of(loaded, name, "expr") == (6, 39, 6, 66)


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
    finding = placed(loaded, "twice", "expr")
    assert loaded.spot(finding.origin) == ("lib.py:2:28", '"up"')
    assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
        ("copied here", "7:8", "replace(_base"),
        ("copied here", "8:9", "replace(copy"),
    ]


class TestHelpers:
    """What a function hands on is followed to where it was written."""

    HELPER = (
        'def _alert(name, limit, *, expr="up == 0", **more):\n'
        '    text = f"queue > {limit}"\n'
        "    return Alert(name, expr=expr, summary=text, **more)\n\n\n"
    )

    def test_a_parameter_leads_to_the_caller(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5, expr="down")\n')
        finding = placed(loaded, "a", "expr")
        assert loaded.spot(finding.origin) == ("10:25", '"down"')
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("made here", "7:12", "Alert(name")
        ]
        assert loaded.spot(placed(loaded, "a", "name").origin) == ("10:12", '"A"')

    def test_a_default_is_the_place(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5)\n')
        finding = placed(loaded, "a", "expr")
        assert loaded.spot(finding.origin) == ("5:33", '"up == 0"')
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("called from here", "10:5", '_alert("A"')
        ]

    def test_a_computed_argument_shows_the_call(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5)\n')
        finding = placed(loaded, "a", "summary")
        assert loaded.spot(finding.origin) == ("7:43", "text")
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("called from here", "10:5", '_alert("A"')
        ]

    def test_keywords_that_are_handed_on_lead_to_the_caller(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5, for_="5m", labels={"a": "b"})\n')
        assert loaded.spot(placed(loaded, "a", "for_").origin) == ("10:25", '"5m"')
        assert loaded.spot(placed(loaded, "a", "labels", "a").origin) == ("10:44", '"b"')
        assert loaded.spot(placed(loaded, "a", "was").origin) == ("7:12", "Alert(name")

    def test_two_helpers_in_two_files_are_followed(self, read):
        loaded = read(
            {
                "lib.py": """\
                from giggamon_compiler import Alert
                def alert(name, text):
                    return Alert(name, expr=text)
                """
            },
            service="""\
            from definitions.lib import alert as make
            def _slow(text):
                return make("Slow", text)
            slow = _slow(text="up")
            """,
        )
        finding = placed(loaded, "slow", "expr")
        assert loaded.spot(finding.origin) == ("8:19", '"up"')
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("made here", "lib.py:3:12", "Alert(name")
        ]
        assert loaded.spot(placed(loaded, "slow", "name").origin) == ("7:17", '"Slow"')

    def test_a_lambda_is_followed(self, read):
        loaded = read(service='_make = lambda text: Alert("A", expr=text)\na = _make("up")\n')
        assert loaded.spot(place_of(loaded, "a", "expr")) == ("6:11", '"up"')

    def test_a_parameter_that_is_changed_is_not_followed(self, read):
        loaded = read(
            service="""\
            def _alert(text):
                text = text + " > 5"
                return Alert("A", expr=text)
            a = _alert("queue")
            """
        )
        assert loaded.spot(place_of(loaded, "a", "expr")) == ("7:28", "text")

    def test_a_function_that_something_else_calls_is_not_followed(self, read):
        loaded = read(
            service="""\
            def _alert(name):
                return Alert(name, expr="up")
            alerts = list(map(_alert, ["A", "B"]))
            """
        )
        finding = placed(loaded, "alerts[1]", "name")
        assert loaded.spot(finding.origin) == ("6:18", "name")
        assert [loaded.spot(note.origin) for note in finding.notes] == [
            ("7:10", 'list(map(_alert, ["A", "B"])')
        ]

    def test_a_comprehension_in_a_function_is_no_extra_call(self, read):
        loaded = read(
            service="""\
            def _alerts(names, text):
                return [Alert(name, expr=text) for name in names]
            alerts = _alerts(["A", "B"], "up")
            """
        )
        assert loaded.spot(place_of(loaded, "alerts[1]", "expr")) == ("7:30", '"up"')
        assert loaded.spot(place_of(loaded, "alerts[1]", "name")) == ("6:19", "name")

    def test_a_recursion_ends(self, read):
        loaded = read(
            service="""\
            def _deep(n, text):
                return Alert("A", expr=text) if not n else _deep(n - 1, text)
            a = _deep(300, "up")
            """
        )
        assert loaded.spot(place_of(loaded, "a", "expr")) == ("7:16", '"up"')


class TestPaths:
    """A path leads down dicts, lists and calls as far as they are written out."""

    def test_keys_and_items(self, read):
        loaded = read(
            service="""\
            board = Dashboard("b", title="B", rows=[
                *block.slo(good),
                Row("One", [panel.Stat("S", [Query("up", legend="{{é}}")], key="s")]),
            ])
            from giggamon_compiler import SLO, Ratio
            """.replace("*block.slo(good),", "Row('é', []),")
        )
        steps = ("rows", 1, "panels", 0, "queries", 0)
        assert loaded.spot(place_of(loaded, "board", *steps, "expr")) == ("7:40", '"up"')
        assert loaded.spot(place_of(loaded, "board", *steps, "legend")) == ("7:53", '"{{é}}"')
        assert loaded.spot(place_of(loaded, "board", "rows", 0, "title")) == ("6:9", "'é'")

    def test_what_is_not_written_out_is_underlined_whole(self, read):
        loaded = read(
            service="""\
            _rows = [Row("R", [])]
            def _labels(job): return {"job": job + "!"}
            board = Dashboard("b", title="B", rows=[*_rows, Row("S", [])])
            up = Alert("Up", expr="up", labels={**{}, "a": "b"}, annotations=dict(c="d"))
            low = Alert("Low", expr="up", labels=_labels(job="x"))
            """
        )
        assert loaded.spot(place_of(loaded, "board", "rows", 1)) == (
            "7:40",
            '[*_rows, Row("S", [])]',
        )
        assert loaded.spot(place_of(loaded, "up", "labels", "a")) == ("8:48", '"b"')
        assert loaded.spot(place_of(loaded, "up", "labels", "z")) == ("8:36", '{**{}, "a": "b"}')
        assert loaded.spot(place_of(loaded, "up", "annotations", "c")) == ("8:73", '"d"')
        assert loaded.spot(place_of(loaded, "low", "labels", "job")) == (
            "9:38",
            '_labels(job="x")',
        )

    def test_unpacked_keywords(self, read):
        loaded = read(
            service="""\
            _more = {"for_": "5m"}
            a = Alert("A", expr="up", **_more)
            b = Alert("B", **{"expr": "up", "for_": "6m"})
            c = Alert(*["C"], expr="up")
            """
        )
        assert loaded.spot(place_of(loaded, "a", "for_")) == ("6:29", "_more")
        assert loaded.spot(place_of(loaded, "b", "for_")) == ("7:41", '"6m"')
        assert loaded.spot(place_of(loaded, "c", "name")) == ("8:11", '*["C"]')


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
    assert loaded.spot(place_of(loaded, "one")) == ("5:7", 'Alert("One"')
    assert loaded.spot(place_of(loaded, "two")) == ("6:7", "Alert")
    assert place_of(loaded, "two").text == "two = Alert("


def test_an_argument_that_is_left_out_is_shown_so_too(read):
    loaded = read(service='one = Alert("One", expr="up")\n')
    assert loaded.spot(place_of(loaded, "one", "for_")) == ("5:7", 'Alert("One"')


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
    assert loaded.spot(place_of(loaded, "one", "expr")) == ("8:24", '"up"')


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
