"""The project's own definitions: their outputs are committed, tested, and the same anywhere."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from giggamon_compiler import ir, judges, load, lower, targets
from giggamon_compiler.judges import Toolbox
from giggamon_compiler.judges.route_tests import run_route_tests
from giggamon_compiler.routing import receivers_for

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def program() -> ir.Program:
    definitions, findings = load.read_definitions(ROOT / "definitions")
    assert findings == ()
    return lower.lower(definitions)


@pytest.fixture(scope="module")
def tools() -> Toolbox:
    found = judges.find_tools()
    assert isinstance(found, Toolbox), found
    return found


def run(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "giggamon_compiler", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_pull_request_with_them_passes():
    done = run("ci", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_bytes_are_the_same_anywhere(tmp_path, seed):
    shutil.copytree(ROOT / "definitions", tmp_path / "elsewhere")
    done = run(
        *("build", "--offline", "--definitions", "elsewhere", "--output", "out"),
        folder=tmp_path,
        PYTHONHASHSEED=seed,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = tree(ROOT / "generated"), tree(tmp_path / "out")
    assert sorted(here) == sorted(there)
    for path, text in here.items():
        assert there[path].replace(b"elsewhere/", b"definitions/") == text, path


def test_what_is_read_from_the_outputs_is_what_was_meant(program):
    files = {path: text.decode() for path, text in tree(ROOT / "generated").items()}
    assert targets.read(files) == program


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("prometheus/rules/services/orders.yml", "for: 30m", "for: 31m"),
        ("prometheus/rules/services/payments.yml", "> 0.05", "> 0.5"),
        ("prometheus/prometheus.yml", "scrape_interval: 10s", "scrape_interval: 1m"),
        ("alertmanager/alertmanager.yml", 'team="commerce"', 'team="other"'),
        ("alertmanager/templates/giggamon.tmpl", "Runbook", "Book"),
        ("grafana/dashboards/commerce/orders.json", "Queue growth", "Queue"),
        ("manifest/policy.json", "60s", "61s"),
    ],
)
def test_a_change_by_hand_is_named(tmp_path, path, old, new):
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    shutil.copytree(ROOT / "generated", tmp_path / "generated")
    changed = tmp_path / "generated" / path
    text = changed.read_text()
    assert old in text
    changed.write_text(text.replace(old, new, 1))
    done = run("build", "--check", "--offline", folder=tmp_path)
    assert done.returncode == 1
    assert path in done.stdout


def rerouted(program: ir.Program, tools: Toolbox, **changed: object) -> bool:
    """Whether a test of routes fails on the outputs of a changed alertmanager.yml."""
    alertmanager = replace(program.alertmanager, **changed)
    files = targets.emit(replace(program, alertmanager=alertmanager))
    return bool(run_route_tests(program, files, tools, program.route_tests))


def test_dropping_any_alert_fails_a_test(program, tools):
    for group in program.groups:
        for rule in group.rules:
            if rule.kind == "alert":
                left = tuple(it for it in group.rules if it is not rule)
                groups = tuple(
                    replace(it, rules=left) if it is group else it for it in program.groups
                )
                files = targets.emit(replace(program, groups=groups))
                assert judges.run_tests(program, files, tools, [rule.identity]), rule.identity


def without(route: ir.Route, dropped: ir.Route) -> ir.Route:
    below = tuple(without(it, dropped) for it in route.routes if it is not dropped)
    return replace(route, routes=below)


def every(route: ir.Route) -> list[ir.Route]:
    return [route, *(below for child in route.routes for below in every(child))]


def test_dropping_any_route_fails_a_test(program, tools):
    """But for a leaf that says what the node above it falls back to."""
    for route in every(program.alertmanager.route)[1:]:
        tree = without(program.alertmanager.route, route)
        assert rerouted(program, tools, route=tree) or same_channels(program, tree), route.receiver


def same_channels(program: ir.Program, changed: ir.Route) -> bool:
    """Whether every label set of the tests is told to the same channels by another tree."""
    channels = {it.name: it.integrations for it in program.alertmanager.receivers}
    return all(
        [channels[it] for it in receivers_for(tree, test.labels)]
        == [channels[it] for it in receivers_for(changed, test.labels)]
        for test in program.route_tests
        for tree in [program.alertmanager.route]
    )


def test_dropping_any_channel_fails_a_test(program, tools):
    for receiver in program.alertmanager.receivers:
        for integration in receiver.integrations:
            left = tuple(it for it in receiver.integrations if it is not integration)
            receivers = tuple(
                replace(it, integrations=left) if it is receiver else it
                for it in program.alertmanager.receivers
            )
            assert rerouted(program, tools, receivers=receivers), receiver.name
