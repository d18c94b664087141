"""The seconds that are printed are those of the step beside them."""

import re
import time

import pytest

from giggamon_compiler import pipeline
from giggamon_compiler.cli import main
from tests.house import write_house

FILES = {
    "services/orders.py": """
        service = Service("orders", team=commerce)
        down = Alert("OrdersDown", expr='up{job="orders"} == 0', severity=critical)
    """,
    "services/orders_test.py": """
        gone = AlertTest(down, series={'up{job="orders"}': "0x10"}, fires={"6m": [{}]})
        well = AlertTest(down, series={'up{job="orders"}': "1x10"}, quiet=["6m"])
    """,
}


@pytest.fixture
def say(tmp_path, monkeypatch, capsys):
    """Call a command while a clock stands still, but for the tests, which take 100 s a run."""
    write_house(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    clock = [1000.0]
    run = pipeline.test

    def run_slowly(*given):
        clock[0] += 100
        return run(*given)

    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pipeline, "test", run_slowly)

    def say(*arguments):
        with pytest.raises(SystemExit):
            main(arguments)
        return capsys.readouterr().out

    return say


def test_a_pull_request_is_told_the_seconds_of_each_step(say):
    lines = say("ci").splitlines()
    seconds = {line.split()[0]: it[1] for line in lines if (it := re.search(r"\((.*) s\)", line))}
    assert seconds == {"definitions": "0.0", "tests": "100.0"}


def test_slow_tests_lead_to_the_seconds_of_each(say):
    assert "(100.0 s); giggamon test -v says which is slow" in say("test")


def test_the_seconds_of_each_test_are_told(say):
    said = say("test", "-v")
    assert "failed  100.0 s  services/orders_test.gone\n" in said
    assert "passed  100.0 s  services/orders_test.well\n" in said
    assert said.endswith("1 test passed, 1 failed (200.0 s)\n")
