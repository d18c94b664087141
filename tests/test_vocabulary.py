"""What definitions import: every name is there, and is what the type checker takes it for."""

import subprocess
import sys

import pytest

import giggamon_compiler


def test_every_name_is_there():
    for name in giggamon_compiler.__all__:
        value = getattr(giggamon_compiler, name)
        assert getattr(value, "__name__", "").endswith(name)


def test_the_names_are_sorted_and_all_that_is_shown():
    assert dir(giggamon_compiler) == sorted(giggamon_compiler.__all__)


def test_what_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="has no attribute 'Alarm'"):
        getattr(giggamon_compiler, "Alarm")  # noqa: B009 (the type checker knows better)
    with pytest.raises(ImportError, match="cannot import name 'Alarm'"):
        exec("from giggamon_compiler import Alarm")


def test_a_star_imports_everything():
    code = "from giggamon_compiler import *; print(Alert.__name__, panel.Stat.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert done.stdout == "Alert Stat\n", done.stderr
