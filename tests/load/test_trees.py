"""What a function hands on, and what a path leads to, is found in the syntax tree."""


class TestHelpers:
    """What a function hands on is followed to where it was written."""

    HELPER = (
        'def _alert(name, limit, *, expr="up == 0", **more):\n'
        '    text = f"queue > {limit}"\n'
        "    return Alert(name, expr=expr, summary=text, **more)\n\n\n"
    )

    def test_a_parameter_leads_to_the_caller(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5, expr="down")\n')
        finding = loaded.placed("a", "expr")
        assert loaded.spot(finding.origin) == ("10:25", '"down"')
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("made here", "7:12", "Alert(name")
        ]
        assert loaded.spot(loaded.placed("a", "name").origin) == ("10:12", '"A"')

    def test_a_default_is_the_place(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5)\n')
        finding = loaded.placed("a", "expr")
        assert loaded.spot(finding.origin) == ("5:33", '"up == 0"')
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("called from here", "10:5", '_alert("A"')
        ]

    def test_a_computed_argument_shows_the_call(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5)\n')
        finding = loaded.placed("a", "summary")
        assert loaded.spot(finding.origin) == ("7:43", "text")
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("called from here", "10:5", '_alert("A"')
        ]

    def test_keywords_that_are_handed_on_lead_to_the_caller(self, read):
        loaded = read(service=self.HELPER + 'a = _alert("A", 5, for_="5m", labels={"a": "b"})\n')
        assert loaded.spot(loaded.placed("a", "for_").origin) == ("10:25", '"5m"')
        assert loaded.spot(loaded.placed("a", "labels", "a").origin) == ("10:44", '"b"')
        assert loaded.spot(loaded.placed("a", "was").origin) == ("7:12", "Alert(name")

    def test_other_keywords_are_not_the_callers(self, read):
        loaded = read(
            service="""\
            def _alert(name, for_="1m", **more):
                fixed = {"for_": "5m"}
                return Alert(name, expr="up", **fixed)
            a = _alert("A", for_="9m")
            """
        )
        assert loaded.spot(loaded.place_of("a", "for_")) == ("7:37", "fixed")

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
        finding = loaded.placed("slow", "expr")
        assert loaded.spot(finding.origin) == ("8:19", '"up"')
        assert [(note.message, *loaded.spot(note.origin)) for note in finding.notes] == [
            ("made here", "lib.py:3:12", "Alert(name")
        ]
        assert loaded.spot(loaded.placed("slow", "name").origin) == ("7:17", '"Slow"')

    def test_a_lambda_is_followed(self, read):
        loaded = read(service='_make = lambda text: Alert("A", expr=text)\na = _make("up")\n')
        assert loaded.spot(loaded.place_of("a", "expr")) == ("6:11", '"up"')

    def test_a_parameter_that_is_changed_is_not_followed(self, read):
        loaded = read(
            service="""\
            def _alert(text):
                text = text + " > 5"
                return Alert("A", expr=text)
            a = _alert("queue")
            """
        )
        assert loaded.spot(loaded.place_of("a", "expr")) == ("7:28", "text")

    def test_a_function_that_something_else_calls_is_not_followed(self, read):
        loaded = read(
            service="""\
            def _alert(name):
                return Alert(name, expr="up")
            alerts = list(map(_alert, ["A", "B"]))
            """
        )
        finding = loaded.placed("alerts[1]", "name")
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
        assert loaded.spot(loaded.place_of("alerts[1]", "expr")) == ("7:30", '"up"')
        assert loaded.spot(loaded.place_of("alerts[1]", "name")) == ("6:19", "name")

    def test_a_recursion_ends(self, read):
        loaded = read(
            service="""\
            def _deep(n, text):
                return Alert("A", expr=text) if not n else _deep(n - 1, text)
            a = _deep(300, "up")
            """
        )
        assert loaded.spot(loaded.place_of("a", "expr")) == ("7:16", '"up"')


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
        assert loaded.spot(loaded.place_of("board", *steps, "expr")) == ("7:40", '"up"')
        assert loaded.spot(loaded.place_of("board", *steps, "legend")) == ("7:53", '"{{é}}"')
        assert loaded.spot(loaded.place_of("board", "rows", 0, "title")) == ("6:9", "'é'")

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
        assert loaded.spot(loaded.place_of("board", "rows", 1)) == (
            "7:40",
            '[*_rows, Row("S", [])]',
        )
        assert loaded.spot(loaded.place_of("up", "labels", "a")) == ("8:48", '"b"')
        assert loaded.spot(loaded.place_of("up", "labels", "z")) == ("8:36", '{**{}, "a": "b"}')
        assert loaded.spot(loaded.place_of("up", "annotations", "c")) == ("8:73", '"d"')
        assert loaded.spot(loaded.place_of("low", "labels", "job")) == (
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
        assert loaded.spot(loaded.place_of("a", "for_")) == ("6:29", "_more")
        assert loaded.spot(loaded.place_of("b", "for_")) == ("7:41", '"6m"')
        assert loaded.spot(loaded.place_of("c", "name")) == ("8:11", '*["C"]')
