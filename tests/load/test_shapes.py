"""A value of a wrong type is a finding at exactly the part that is wrong."""

import pytest


@pytest.mark.parametrize(
    ("text", "at", "underlined", "message", "help_line"),
    [
        pytest.param(
            'down = Alert("Up", expr="up", for_=5)\n',
            "5:36",
            "5",
            "Up: for_ is the number 5, where a text or None belongs",
            'put it in quotes: "5"',
            id="a number for a text",
        ),
        pytest.param(
            'down = Alert("Up", expr=10**5000)\n',
            "5:25",
            "10**5000",
            "Up: expr is a number that is too large, where a text belongs",
            "put it in quotes",
            id="a number that cannot be written",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", labels={10**5000: "a"})\n',
            "5:38",
            '{10**5000: "a"}',
            "Up: labels is a dict with a number that is too large as a key, where a text belongs",
            "",
            id="a key that cannot be written",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", labels={(10**5000,): "a"})\n',
            "5:38",
            '{(10**5000,): "a"}',
            "Up: labels is a dict with a tuple as a key, where a text belongs",
            "",
            id="a key with what cannot be written",
        ),
        pytest.param(
            'down = Alert("Up", expr=None)\n',
            "5:25",
            "None",
            "Up: expr is None, where a text belongs",
            "",
            id="None for a text",
        ),
        pytest.param(
            'down = Alert("Up", expr=("up",))\n',
            "5:25",
            '("up",)',
            "Up: expr is a tuple, where a text belongs",
            "take it out of the list; a comma at the end makes a tuple",
            id="a comma too many",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", severity="critical")\n',
            "5:40",
            '"critical"',
            "Up: severity is the text 'critical', where a Severity or None belongs",
            "write severity=critical, the value, imported from definitions.policy",
            id="the name of a value",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", severity=platform)\n',
            "5:40",
            "platform",
            "Up: severity is the Team platform, where a Severity or None belongs",
            "",
            id="a value of another class",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", labels={"a": "x", "b": 1})\n',
            "5:54",
            "1",
            'Up: labels["b"] is the number 1, where a text belongs',
            'put it in quotes: "1"',
            id="an item of a dict",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", labels={1: "x"})\n',
            "5:38",
            '{1: "x"}',
            "Up: labels is a dict with the number 1 as a key, where a text belongs",
            "",
            id="a key of a dict",
        ),
        pytest.param(
            'down = Alert("Up", expr="up", labels=["a"])\n',
            "5:38",
            '["a"]',
            "Up: labels is a list, where a dict belongs",
            "",
            id="a list for a dict",
        ),
        pytest.param(
            'down = Alert("Up", expr="\\ud800")\n',
            "5:25",
            '"\\ud800"',
            "Up: expr is the text '\\ud800' with half a character, "
            "where a text that UTF-8 can hold belongs",
            "",
            id="half a character",
        ),
    ],
)
def test_a_wrong_argument_of_an_alert(read, text, at, underlined, message, help_line):
    loaded = read(service=text)
    assert loaded.said == [("wrong-type", at, underlined, message)]
    assert loaded.finding.help == help_line
    assert loaded.finding.subject == "orders/Up"
    assert loaded.names("services/orders") == []


@pytest.mark.parametrize(
    ("text", "at", "underlined", "message", "help_line"),
    [
        pytest.param(
            'x = Team("x", page="pager")\n',
            "3:20",
            '"pager"',
            "x: page is the text 'pager', where a PagerDuty, a Slack, an Email, a Webhook or None "
            "belongs",
            "",
            id="a union",
        ),
        pytest.param(
            'x = Severity("x", channels="page", group_wait="1s", group_interval="1s",'
            ' repeat_interval="1s")\n',
            "3:28",
            '"page"',
            "x: channels is the text 'page', where a list belongs",
            "put it into a list: […]",
            id="one text for a list of texts",
        ),
        pytest.param(
            'x = Severity("x", channels=["pager"], group_wait="1s", group_interval="1s",'
            ' repeat_interval="1s")\n',
            "3:29",
            '"pager"',
            'x: channels[0] is the text \'pager\', where "page", "chat" or "mail" belongs',
            'did you mean "page"?',
            id="none of the choices",
        ),
        pytest.param(
            'x = Team("x", chat=notify.Slack(channel="#x", short_fields=1))\n',
            "3:60",
            "1",
            "Slack of x: short_fields is the number 1, where True, False or None belongs",
            "",
            id="a number for a truth",
        ),
        pytest.param(
            'x = Team("x", chat=notify.Webhook(url="https://x.example", max_alerts=True))\n',
            "3:71",
            "True",
            "Webhook of x: max_alerts is True, where a whole number or None belongs",
            "",
            id="a truth for a number",
        ),
        pytest.param(
            'x = Team("x", chat=notify.Webhook(url="https://x.example", '
            'http_config={"a": [1, {"b": notify}]}))\n',
            "3:88",
            "notify",
            'Webhook of x: http_config["a"][1]["b"] is a module, where a text, a number, True, '
            "False, None, or a list or dict of these belongs",
            "",
            id="no data",
        ),
    ],
)
def test_a_wrong_argument_elsewhere(read, text, at, underlined, message, help_line):
    head = "from giggamon_compiler import Severity, Team, notify\n\n"
    loaded = read({"more.py": head + text})
    said = [said for said in loaded.said if said[0] == "wrong-type"]
    assert said == [("wrong-type", f"more.py:{at}", underlined, message)]
    assert [it.help for it in loaded.findings if it.id == "wrong-type"] == [help_line]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("True", "True"),
        ('"99.9"', "the text '99.9'"),
        ('float("nan")', "nan, which is no number"),
        ('float("inf")', "inf, which is no number"),
        ('Decimal("NaN")', "NaN, which is no number"),
        ("1j", "a complex"),
    ],
)
def test_what_is_no_number(read, number, found):
    loaded = read(
        service=f"""\
        from decimal import Decimal
        from giggamon_compiler import SLO, Ratio
        good = SLO("good", objective={number}, window="30d", sli=Ratio(bad="b", total="t"))
        """
    )
    assert loaded.said == [
        (
            "wrong-type",
            "7:30",
            number,
            f"good: objective is {found}, where a number or a Decimal belongs",
        )
    ]


@pytest.mark.parametrize("number", ["99", "99.9", 'Decimal("99.95")'])
def test_what_is_a_number(read, number):
    loaded = read(
        service=f"""\
        from decimal import Decimal
        from giggamon_compiler import SLO, Ratio
        good = SLO("good", objective={number}, window="30d", sli=Ratio(bad="b", total="t"))
        """
    )
    assert loaded.said == []


@pytest.mark.parametrize(
    ("rows", "found", "help_line"),
    [
        ("(Row(n, []) for n in 'ab')", "a generator, which holds nothing yet", "make it a list"),
        ("{'a': Row('a', [])}", "a dict", ""),
        ("Row('a', [])", "the Row a", "put it into a list: […]"),
        ("lambda: []", "a function that nobody called", ""),
        ("Row", "the class Row", ""),
    ],
)
def test_what_is_no_list(read, rows, found, help_line):
    loaded = read(service=f'board = Dashboard("b", title="B", rows={rows})\n')
    finding = next(it for it in loaded.findings if it.id == "wrong-type")
    assert finding.message == f"b: rows is {found}, where a list belongs"
    assert loaded.spot(finding.origin) == ("5:40", rows)
    assert finding.help.startswith(help_line)


def test_all_wrong_parts_are_found_at_once(read):
    loaded = read(
        {
            "services/orders_test.py": """\
                from definitions.services.orders import down
                from giggamon_compiler import AlertTest

                test = AlertTest(
                    down,
                    series={"up": 1},
                    fires={"5m": [{"job": 3}, "x"], "6m": {}},
                )
                """
        },
        service='down = Alert("Up", expr="up", for_=5, summary=6)\n',
    )
    assert [said[1:] for said in loaded.said] == [
        ("5:36", "5", "Up: for_ is the number 5, where a text or None belongs"),
        ("5:47", "6", "Up: summary is the number 6, where a text or None belongs"),
        (
            "services/orders_test.py:6:19",
            "1",
            'test: series["up"] is the number 1, where a text belongs',
        ),
        (
            "services/orders_test.py:7:27",
            "3",
            'test: fires["5m"][0]["job"] is the number 3, where a text belongs',
        ),
        (
            "services/orders_test.py:7:31",
            '"x"',
            "test: fires[\"5m\"][1] is the text 'x', where a dict belongs",
        ),
        (
            "services/orders_test.py:7:43",
            "{}",
            'test: fires["6m"] is a dict, where a list belongs',
        ),
    ]


def test_a_text_of_another_kind_is_no_plain_text(read):
    loaded = read(
        {
            "more.py": """\
            from enum import StrEnum
            from giggamon_compiler import Team
            Name = StrEnum("Name", {"A": "a"})
            team = Team(Name.A)
            """
        }
    )
    assert loaded.said == [
        ("wrong-type", "more.py:4:13", "Name.A", "team: name is a Name, where a text belongs")
    ]
    assert loaded.finding.help == "write its value as a plain text"


def test_what_holds_itself_is_a_finding(read):
    loaded = read(
        service="""\
        def _loop():
            options = {}
            options["again"] = options
            return options
        from giggamon_compiler import Team, notify
        team = Team("a", chat=notify.Webhook(url="https://a.example", http_config=_loop()))
        """
    )
    assert [said[:3] for said in loaded.said] == [("wrong-type", "10:75", "_loop()")]


@pytest.mark.parametrize(
    ("argument", "identity"),
    [("api_url_file=123456789", "wrong-type"), ('api_url="hunter2"', "unknown-argument")],
)
def test_what_may_be_a_secret_is_not_said(read, argument, identity):
    loaded = read(
        {
            "more.py": f"""\
            from giggamon_compiler import Team, notify
            team = Team("a", chat=notify.Slack(channel="#a", {argument}))
            """
        }
    )
    assert loaded.ids == [identity]
    assert loaded.finding.secret
    assert "hunter2" not in loaded.finding.message
    assert "123456789" not in loaded.finding.message
