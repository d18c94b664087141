"""Bad input of every kind gets a finding at its line, through the command, and never a traceback.

The line that a finding has to name is marked by a comment: `# BAD`. What is bad in a file hides
nothing of the others: another file of the house has a fault of its own, which is found as well.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.cli.run import call
from tests.house import write_house

SERVICE = 'service = Service("orders", team=commerce)\n'


@dataclass(frozen=True)
class Bad:
    """What is written in which file; the finding's id, and the exit code."""

    id: str
    text: str
    code: int = 1
    file: str = "services/orders.py"
    more: Mapping[str, str] = field(default_factory=dict)


CASES = {
    "a syntax error": Bad("syntax-error", SERVICE + "down = Alert(  # BAD\n", 2),
    "merge-conflict markers": Bad(
        "merge-conflict",
        '<<<<<<< mine  # BAD\nx = "a"\n=======\nx = "b"\n>>>>>>> theirs\n',
        2,
    ),
    "a copied block whose name was not changed": Bad(
        "bound-twice",
        f'{SERVICE}down = Alert("A", expr="up == 0")\ndown = Alert("B", expr="up == 0")  # BAD\n',
    ),
    "a value bound in a loop": Bad(
        "bound-in-block",
        f'{SERVICE}for name in ("A", "B"):\n    down = Alert(name, expr="up == 0")  # BAD\n',
    ),
    "a value never bound": Bad("value-not-bound", f'{SERVICE}Alert("A", expr="up == 0")  # BAD\n'),
    "an exception at import": Bad("import-failed", f"{SERVICE}share = 1 / 0  # BAD\n", 2),
    "a circular import": Bad(
        "circular-import",
        "from definitions.teams import commerce  # BAD\n"
        'critical = Severity("critical", channels=[], group_wait="1s", group_interval="1s",\n'
        '    repeat_interval="1h")\n'
        "policy = Policy(severities=[critical], fallback=critical, default_team=commerce)\n",
        2,
        file="policy.py",
        more={"teams.py": 'commerce = Team("commerce")\nused = policy'},
    ),
    "a misspelt keyword": Bad(
        "unknown-argument", f'{SERVICE}down = Alert("A", exp="up == 0")  # BAD\n', 2
    ),
    "a value of the wrong type": Bad(
        "wrong-type", f'{SERVICE}down = Alert("A", expr="up == 0", for_=300)  # BAD\n'
    ),
    "two services of one name": Bad(
        "duplicate-identity",
        'service = Service("orders", team=commerce)  # BAD\n',
        file="services/z.py",
    ),
    "two alerts of one name": Bad(
        "duplicate-identity",
        f'{SERVICE}a = Alert("A", expr="up == 0")\nb = Alert("A", expr="up == 1")  # BAD\n',
    ),
    "an alert in a file without a service": Bad(
        "no-service", 'down = Alert("A", expr="up == 0")  # BAD\n', file="more.py"
    ),
    "two services in one file": Bad(
        "second-service", f'{SERVICE}second = Service("second", team=commerce)  # BAD\n'
    ),
    "a reference to nothing": Bad(
        "unknown-service",
        'service = Service("orders", team=commerce,\n    depends_on=["payment"])  # BAD\n',
    ),
    "a file that holds what looks like a key": Bad(
        "secret-inline",
        'commerce = Team("commerce",\n'
        '    page=notify.PagerDuty(routing_key_file="9f8e7d6c5b4a39281706f5e4d3c2b1a0"),  # BAD\n'
        '    chat=notify.Slack(channel="#c", api_url_file="s"))\n',
        file="teams.py",
    ),
    "a definition that opens a file": Bad(
        "impure-call", f'{SERVICE}text = open("/etc/passwd").read()  # BAD\n'
    ),
    "a definition that reads the clock": Bad(
        "import-not-allowed", f"import time  # BAD\n{SERVICE}now = time.time()\n"
    ),
    "a definition that reads the environment": Bad(
        "import-not-allowed", f"import os  # BAD\n{SERVICE}home = os.environ\n"
    ),
    "PromQL that cannot be read": Bad(
        "promql-syntax", f'{SERVICE}down = Alert("A",\n    expr="rate(up[5m]")  # BAD\n'
    ),
    "a broken template in an annotation": Bad(
        "template-syntax",
        f'{SERVICE}down = Alert("A", expr="up == 0",\n    summary="{{{{ $value ")  # BAD\n',
    ),
    "a field newer than the declared target": Bad(
        "field-newer-than-target",
        'commerce = Team("commerce", page=notify.Webhook(url_file="p"),  # BAD\n'
        '    chat=notify.Slack(channel="#c", api_url_file="s"))\n',
        file="teams.py",
    ),
    "a name with a slash": Bad("bad-name", 'service = Service("a/b", team=commerce)  # BAD\n'),
    "a name with a quote": Bad("bad-name", "service = Service('a\"b', team=commerce)  # BAD\n"),
    "a name with a newline": Bad(
        "bad-name", f'{SERVICE}d = Alert("A\\nB", expr="up == 0")  # BAD\n'
    ),
}


@pytest.fixture
def lint(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(files, options=""):
        write_house(tmp_path, files)
        called = call(f"giggamon lint --format json {options}", capsys)
        assert "Traceback" not in called.err
        return called.code, json.loads(called.out)["findings"]

    return run


@pytest.mark.parametrize("what", CASES)
def test_bad_input(what, lint, tmp_path):
    case = CASES[what]
    code, findings = lint({**case.more, case.file: case.text})
    said = [(it["id"], it["file"], it["line"], it["message"]) for it in findings]
    text = (tmp_path / "definitions" / case.file).read_text()
    line = text.split("# BAD")[0].count("\n") + 1
    assert (case.id, f"definitions/{case.file}", line) in [it[:3] for it in said], said
    assert code == case.code
    assert all(it["help"] for it in findings if it["id"] == case.id)


@pytest.mark.parametrize("what", CASES)
def test_it_hides_nothing_of_other_files(what, lint):
    case = CASES[what]
    other = 'service = Service("other", team=commerce)\nopen("x")\n'
    _, findings = lint({**case.more, case.file: case.text, "services/other.py": other})
    assert ("impure-call", "definitions/services/other.py") in files_of(findings)


def files_of(findings):
    return [(it["id"], it["file"]) for it in findings]


def test_a_file_that_cannot_be_read_does_not_silence_the_judges(lint):
    rule = 'service = Service("other", team=commerce)\ndown = Alert("A", expr="rate(up[5m]")\n'
    code, findings = lint({"services/orders.py": "down = (", "services/other.py": rule})
    assert ("syntax-error", "definitions/services/orders.py") in files_of(findings)
    assert ("promql-syntax", "definitions/services/other.py") in files_of(findings)
    assert code == 2
