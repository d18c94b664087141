"""Names become file names, parts of paths and labels, so some are findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giggamon_compiler.load.names import (
    LONGEST,
    fault_of_identity,
    fault_of_label,
    fault_of_metric,
    fault_of_text,
)
from giggamon_compiler.load.wording import printable


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("card/payments", "a slash"),
        ("card\\payments", "a backslash"),
        ('card"payments', "a double quote"),
        ("card'payments", "a single quote"),
        ("card\npayments", "a line break in it"),
        ("card\x7fpayments", "the control character U+007F in it"),
        ("card\u2028payments", "the control character U+2028 in it"),
        (".card", "a dot at its start"),
        ("..", "a dot at its start"),
        (" card", "white space at its start or end"),
        ("", "no character in it"),
        (101 * "c", "101 characters, more than 100"),
    ],
)
def test_a_service_cannot_have_that_name(read, name, fault):
    loaded = read(service=f"other = Service({name!r}, team=platform)\n")
    finding = next(it for it in loaded.findings if it.id == "bad-name")
    assert finding.message == f"{printable(name) or 'Service'}: the name of a Service has {fault}"
    assert loaded.spot(finding.origin) == ("5:17", repr(name))


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        (
            'x = metric.Counter("a-b", help="h")\n',
            "6:20",
            "a-b: the name of a Counter has a character that Prometheus allows in no metric",
        ),
        (
            'x = Record("a b", expr="1")\n',
            "6:12",
            "a b: the name of a Record has a character that Prometheus allows in no metric",
        ),
        (
            'x = Alert("a\\nb", expr="1")\n',
            "6:11",
            "a\\nb: the name of an Alert has a line break in it",
        ),
        ('x = Alert(" ", expr="1")\n', "6:11", " : the name of an Alert has no character in it"),
        (
            'x = Group("a/b", rules=[])\n',
            "6:11",
            "a/b: the name of a Group has a slash",
        ),
        (
            'x = SLO("a/b", objective=9, window="1d", sli=Ratio(bad="b", total="t"))\n',
            "6:9",
            "a/b: the name of an SLO has a slash",
        ),
        (
            'x = Dashboard("a/b", title="A", rows=[])\n',
            "6:15",
            "a/b: the key of a Dashboard has a slash",
        ),
        (
            'x = Dashboard("a", title="A", rows=[], variables=[Variable("a-b", query="c")])\n',
            "6:60",
            "a-b: the name of a Variable has a character that Grafana reads in no variable",
        ),
        (
            'x = Dashboard("a", title="A", rows=[], variables=[Variable("__b", query="c")])\n',
            "6:60",
            "__b: the name of a Variable has two underscores at its start, as Grafana's own "
            "variables have",
        ),
        (
            'x = Dashboard("a", title="A", rows=[], folder="b/c")\n',
            "6:47",
            "b/c: the folder of a Dashboard has a slash",
        ),
        (
            'x = Dashboard("a", title="A", rows=[Row("R", [panel.Stat("S", [], key="")])])\n',
            "6:71",
            "Stat: the key of a Stat has no character in it",
        ),
    ],
)
def test_other_things_cannot_either(read, text, at, message):
    head = "from giggamon_compiler import SLO, Group, Ratio, Record, Variable, metric\n"
    loaded = read(service=head + text)
    assert [(said[0], said[1], said[3]) for said in loaded.said] == [("bad-name", at, message)]


@pytest.mark.parametrize("name", ["Ordres très lents!", "a/b", 'say "hi"', "🔥"])
def test_an_alert_may_have_any_name_that_can_be_read(read, name):
    assert read(service=f"down = Alert({name!r}, expr='up')\n").said == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("db-1.giggatek.example", None),
        ("10.0.0.7", None),
        ("[fd00::7]", None),
        ("db", None),
        ("db-1.example:9100", "a port, which is a job's and not the machine's"),
        ("[fd00::7]:9100", "a port, which is a job's and not the machine's"),
        ("https://db-1.example", "a character that no host's name has"),
        ("db 1", "a character that no host's name has"),
        ("db-1.example.", "a character that no host's name has"),
        ("", "no character in it"),
    ],
)
def test_an_address_is_one_of_a_machine(read, address, fault):
    head = "from giggamon_compiler import Host\n"
    loaded = read({"hosts.py": f"{head}db = Host('db-1', address={address!r})\n"})
    shown = address or "Host"
    said = f"{shown}: the address of a Host has {fault}"
    assert [it[3] for it in loaded.said] == ([said] if fault else [])


def test_labels_are_label_names(read):
    labels = 'from giggamon_compiler import Labels\n_labels = Labels(team="my-team")\n'
    policy = """\
        from definitions.labels import _labels
        from definitions.teams import platform
        from giggamon_compiler import Policy, Severity
        only = Severity("o", channels=["chat"], group_wait="1s", group_interval="1s",
            repeat_interval="1h")
        policy = Policy(severities=[only], fallback=only, default_team=platform, labels=_labels)
        """
    loaded = read({"labels.py": labels, "policy.py": policy})
    assert loaded.said == [
        (
            "bad-name",
            "labels.py:2:23",
            '"my-team"',
            "my-team: the team of a Labels has a character that Prometheus allows in no label",
        )
    ]


@given(st.text(st.characters(codec="utf-8"), max_size=LONGEST + 5))
def test_a_name_that_is_accepted_is_one_part_of_a_path(name):
    if fault_of_identity(name) is None:
        assert name
        assert not set(name) & set("/\\\"'`\n\r\t\0")
        assert not name.startswith(".")
        assert name == name.strip()
        assert len(f"{name}.yml".encode()) <= 255 or not name.isascii()
        assert fault_of_text(name) is None
        assert printable(name) == name or not name.isprintable()


@given(st.from_regex(r"[a-zA-Z_:][a-zA-Z0-9_:]*", fullmatch=True))
def test_every_name_of_the_grammar_is_a_metric(name):
    assert fault_of_metric(name) is None
    assert fault_of_label(name) is None or ":" in name


@given(st.text())
def test_what_is_printed_can_be_printed(text):
    assert printable(text).isprintable()
