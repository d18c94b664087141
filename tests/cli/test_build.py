"""A whole build: where it writes, what it writes, whatever happens meanwhile."""

import os
import random
import subprocess
import sys
import time

import pytest
import yaml

from tests.cli.run import call
from tests.house import write_house

ODD = {
    "yes": "yes",
    "float": "1e3",
    "hexadecimal": "0x1F",
    "octal": "0o17",
    "null": "~",
    "empty": "",
    "tab": "a\tb",
    "emoji": "🔥",
    "right_to_left": "שלום",
    "trailing_space": "x ",
    "leading_space": " x",
    "colon": "a: b",
    "comment": "a # b",
    "date": "2024-01-01",
    "sexagesimal": "1:30",
    "merge": "<<",
    "anchor": "&a *b",
    "brackets": "{a: [b]}",
    "quotes": "\"'\\",
    "percent": "%a",
    "newlines": "a\n\n  b\n",
    "separators": "a\u2028b\u0085c",
    "bell": "\x07",
}


@pytest.fixture
def build(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return lambda options="": call(f"giggamon build {options}", capsys)


def run_elsewhere(folder, *arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "giggamon_compiler", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_yaml_takes_for_something_else_stays_text(tmp_path, build):
    """Every server reads the labels and annotations as they were written, and its tool agrees."""
    write_house(
        tmp_path,
        {
            "services/orders.py": f"""
odd = {ODD!r}
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr="up == 0", labels=odd, annotations=odd)
""",
            "services/orders_test.py": (
                'gone = AlertTest(down, series={"up": "0x5"}, fires={"1m": [{}]})'
            ),
            "runbooks/orders.md": "## OrdersDown\n",
        },
    )
    called = build()
    assert called.code == 0, called
    text = (tmp_path / "generated/prometheus/rules/services/orders.yml").read_text()
    ((rule,),) = [group["rules"] for group in yaml.safe_load(text)["groups"]]
    for given in (rule["labels"], rule["annotations"]):
        assert {name: given[name] for name in ODD} == ODD
    assert build("--check").code == 0


@pytest.mark.parametrize("where", ["generated", "/proc/giggamon", "/dev/null/x"])
def test_an_output_folder_that_cannot_be_written(tmp_path, build, where):
    write_house(tmp_path, {})
    if where == "generated":
        (tmp_path / where).write_text("in the way")
    called = build(f"--offline --output {where}")
    assert called.code == 2
    assert "error[output-not-writable]" in called.out
    assert "was not written" in called.out
    assert "Traceback" not in called.err


def test_a_secret_is_written_into_no_output(tmp_path, build):
    key = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
    write_house(
        tmp_path,
        {
            "teams.py": f"""
commerce = Team("commerce", page=notify.PagerDuty(routing_key_file="{key}"),
    chat=notify.Slack(channel="#c", api_url_file="s"))
"""
        },
    )
    for command in ("--offline", "", "--format json"):
        called = build(command)
        assert called.code == 1
        assert "secret-inline" in called.out
        assert key not in called.out + called.err
    assert not (tmp_path / "generated").exists()


def test_the_same_bytes_anywhere(tmp_path):
    trees = []
    for seed, place in enumerate(("one", "two/deeper", "three")):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        write_house(folder, {"services/payments.py": 'service = Service("p", team=commerce)'})
        built = run_elsewhere(folder, "build", "--offline", PYTHONHASHSEED=str(seed))
        said = built.communicate(timeout=60)
        assert built.returncode == 0, said
        trees.append(tree(folder / "generated"))
    assert trees[0] == trees[1] == trees[2]


def test_a_killed_build_leaves_what_the_next_one_heals(tmp_path):
    services = {
        f"services/s{number}.py": f'service = Service("s{number}", team=commerce)'
        for number in range(60)
    }
    write_house(tmp_path, services)
    built = run_elsewhere(tmp_path, "build", "--offline")
    built.communicate(timeout=60)
    assert built.returncode == 0
    whole = tree(tmp_path / "generated")
    rng = random.Random(7)
    for _ in range(6):
        subprocess.run(["rm", "-rf", "generated"], cwd=tmp_path, check=True)
        killed = run_elsewhere(tmp_path, "build", "--offline")
        time.sleep(rng.uniform(0.3, 0.9))
        killed.kill()
        killed.communicate(timeout=60)
        left = tree(tmp_path / "generated")
        assert all(
            whole[path] == content for path, content in left.items() if not path.endswith(".tmp")
        )
    checked = run_elsewhere(tmp_path, "build", "--offline", "--check")
    checked.communicate(timeout=60)
    assert checked.returncode == (0 if left == whole else 1)
    healed = run_elsewhere(tmp_path, "build", "--offline")
    healed.communicate(timeout=60)
    assert healed.returncode == 0
    assert tree(tmp_path / "generated") == whole


@pytest.mark.timeout(240)
def test_ten_megabytes_of_definitions(tmp_path):
    """Long texts and many values; no limit is near."""
    text = "x" * 50_000
    services = {}
    for number in range(50):
        alerts = "\n".join(
            f'a{n} = Alert("A{n}", expr="up > {n}", description="{text}")' for n in range(4)
        )
        services[f"services/s{number}.py"] = (
            f'service = Service("s{number}", team=commerce)\n{alerts}'
        )
    write_house(tmp_path, services)
    assert sum(map(len, services.values())) >= 10_000_000
    linted = run_elsewhere(tmp_path, "lint", "--offline", "--format", "json")
    out, err = linted.communicate(timeout=200)
    assert linted.returncode == 1, err  # the alerts have no tests and no runbooks
    assert out.count('"alert-without-test"') == 200
    assert not err
