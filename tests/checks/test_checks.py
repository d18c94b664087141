"""A check is one file: it is found, run and explained without being named anywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import giggamon_compiler

CHECK = '''"""A service is called "tmp".

Fires:

    # definitions/services/orders.py
    service = Service("tmp", team=commerce)

Instead:

    # definitions/services/orders.py
    service = Service("orders", team=commerce)
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "warning"


def check(program: Program) -> Iterator[Finding]:
    """No service has that name."""
    for service in program.services:
        if service.name == "tmp":
            place = at(service.origin, "name")
            yield Finding("service-called-tmp", "tmp says nothing", place, "name it", service.name)
'''

TEST = """
from tests.house import find


def test_it_is_found(tmp_path):
    service = {"services/orders.py": 'service = Service("tmp", team=commerce)'}
    (found,) = [it for it in find(tmp_path, service) if it.id == "service-called-tmp"]
    assert (found.level, found.origin.line) == ("warning", 2)
"""


def test_a_new_check_is_one_file_and_one_test(tmp_path):
    package = Path(giggamon_compiler.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, tmp_path / "giggamon_compiler", ignore=ignored)
    shutil.copytree(package.parent / "tests", tmp_path / "tests", ignore=ignored)
    shutil.copy(package.parent / "pyproject.toml", tmp_path)
    (tmp_path / "giggamon_compiler/checks/service_called_tmp.py").write_text(CHECK)
    (tmp_path / "tests/checks/test_service_called_tmp.py").write_text(TEST)
    tests = ["tests/checks/test_service_called_tmp.py", "tests/checks/test_examples.py"]
    tests += ["-k", "called_tmp or service-called-tmp"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
