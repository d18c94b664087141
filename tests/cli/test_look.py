"""`list` and `show` say what they leave out."""

import pytest

from tests.cli.run import call
from tests.house import write_house

WRONG = 'service = Service("orders", team=commerce)\ndown = Alert("A{}", expr="up", for_=5)\n'


@pytest.fixture
def look(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(command, files):
        write_house(tmp_path, files)
        return call(command, capsys)

    return run


@pytest.mark.parametrize("command", ["giggamon list alerts", "giggamon show commerce"])
def test_a_file_that_is_left_out_is_said(look, command):
    called = look(command, {"services/orders.py": WRONG.format("")})
    assert called.err.splitlines() == [
        "giggamon: error[wrong-type]: A: for_ is the number 5, where a text or None belongs",
        "giggamon: giggamon lint shows where",
    ]
    assert called.code == 1


def test_of_many_errors_the_first_are_said(look):
    bad = "".join(f'a{i:02} = Alert("A{i:02}", expr="up", for_=5)\n' for i in range(13))
    called = look("giggamon list", {"services/orders.py": WRONG.splitlines()[0] + "\n" + bad})
    lines = called.err.splitlines()
    assert len(lines) == 11
    assert lines[-1] == "giggamon: 3 more; giggamon lint shows where"
    assert called.code == 1


def test_what_only_a_check_dislikes_leaves_nothing_out(look):
    orders = 'service = Service("orders", team=commerce)\ndown = Alert("A", expr="up")\n'
    called = look("giggamon list alerts", {"services/orders.py": orders})
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith("orders/A ")


def test_a_query_needs_no_definitions(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    called = call("giggamon show --query 'sum by (job) (up)'", capsys)
    assert called.out.startswith("instant vector, read as Prometheus 3.5 does\n")
    assert (called.err, called.code) == ("", 0)


@pytest.mark.parametrize("command", ["giggamon show", "giggamon show orders --query up"])
def test_one_thing_is_shown(look, command):
    called = look(command, {})
    assert "name one thing to show: NAME, or --query EXPR" in called.err
    assert called.code == 2


def test_definitions_that_are_named_have_to_be_there(look):
    called = look("giggamon show --query up --definitions nowhere", {})
    assert "nowhere does not exist" in called.err
    assert called.code == 2
