"""The project's own definitions: what they compile to is committed, and stays so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from giggamon_compiler import load, lower, targets

ROOT = Path(__file__).parents[1]


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "giggamon_compiler", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
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


def test_what_is_read_from_the_outputs_is_what_was_meant():
    definitions, findings = load.read_definitions(ROOT / "definitions")
    assert findings == ()
    files = {path: text.decode() for path, text in tree(ROOT / "generated").items()}
    assert targets.read(files) == lower.lower(definitions)


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
