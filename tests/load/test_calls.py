"""Arguments that a class does not have, or needs: all of them at once, each at its place."""

import pytest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            'down = Alert("Up", expr="up", sevrity=critical)\n',
            ("unknown-argument", "5:31", "sevrity=critical", "Up: Alert has no argument sevrity"),
            id="misspelt",
        ),
        pytest.param(
            'down = Alert(\n    "Up",\n    for_="5m",\n)\n',
            ("missing-argument", "5:8", "Alert", "Up: Alert needs expr, and it is left out"),
            id="left out",
        ),
        pytest.param(
            'down = Alert("Up", for_="5m")\n',
            ("missing-argument", "5:8", 'Alert("Up"', "Up: Alert needs expr, and it is left out"),
            id="left out on one line",
        ),
        pytest.param(
            'down = Alert("Up", "up == 0")\n',
            (
                "unknown-argument",
                "5:20",
                '"up == 0"',
                "Up: Alert takes 1 argument without a name",
            ),
            id="without a name",
        ),
        pytest.param(
            'down = Alert("Up", name="Up", expr="up")\n',
            ("unknown-argument", "5:20", 'name="Up"', "Up: name is given twice"),
            id="twice",
        ),
        pytest.param(
            'row = Row("R", [panel.Stat("S", [Query("up")], keys="s")])\n',
            ("unknown-argument", "5:48", 'keys="s"', "S: Stat has no argument keys"),
            id="in a namespace",
        ),
        pytest.param(
            "import giggamon_compiler as g\n"
            'x = g.Team("x", pager=g.notify.Email(to="a@b.example"))\n',
            (
                "unknown-argument",
                "6:17",
                'pager=g.notify.Email(to="a@b.example")',
                "x: Team has no argument pager",
            ),
            id="in the whole package",
        ),
    ],
)
def test_it_is_a_finding(read, text, said):
    loaded = read(service=text)
    assert said in loaded.said
    assert all(finding.fatal for finding in loaded.findings)
    assert set(loaded.ids) <= {"unknown-argument", "missing-argument"}


def test_the_nearest_argument_is_offered(read):
    loaded = read(service='down = Alert("Up", expr="up", sevrity=critical)\n')
    assert loaded.finding.help == "did you mean severity?"


def test_where_none_is_near_all_are_listed(read):
    loaded = read(service='scrape = Scrape("orders", targets=[], zzz=1)\n')
    assert loaded.finding.help == (
        "Scrape has job, targets, interval, timeout, path, scheme, labels, catalogue and allow"
    )


def test_all_of_a_folder_are_found_at_once(read):
    loaded = read(
        {
            "services/orders_test.py": """\
                from definitions.services.orders import one
                from giggamon_compiler import AlertTest
                test = AlertTest(one, serie={})
                """
        },
        service="""\
        one = Alert("One", exp="up")
        two = Alert("Two", expr="up", foo=1)
        """,
    )
    assert [(said[1], said[3]) for said in loaded.said] == [
        ("5:7", "One: Alert needs expr, and it is left out"),
        ("5:20", "One: Alert has no argument exp"),
        ("6:31", "Two: Alert has no argument foo"),
        ("services/orders_test.py:3:8", "AlertTest(…): AlertTest needs series, and it is left out"),
        ("services/orders_test.py:3:23", "AlertTest(…): AlertTest has no argument serie"),
    ]


def test_what_a_dict_hands_over_fails_at_the_call(read):
    loaded = read(service='_more = {"exp": "up"}\ndown = Alert("Up", expr="up", **_more)\n')
    assert loaded.said[0][:3] == ("import-failed", "6:8", 'Alert("Up", expr="up", **_more)')
    assert "got an unexpected keyword argument 'exp'" in loaded.finding.message
