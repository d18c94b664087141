"""Transcripts: what people type, and what they read.

Each `*.txt` begins with a sentence on what it shows. `-- services/orders.py --` begins a file that
changes the small house of `tests/house.py`; `$ giggamon …` is a call, followed by what it prints,
errors last, and `[2]` where the exit code is not 0. `...` stands for what is not the topic. `$ rm`
and `$ write` change the folder between two calls: what is written stands behind the name, or in the
lines below it.
"""

import doctest
import re
from pathlib import Path

import pytest

from tests.cli.run import call
from tests.house import write_house

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))
_FLAGS = doctest.ELLIPSIS | doctest.REPORT_UDIFF


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path, tmp_path, monkeypatch, capsys):
    head, *steps = re.split(r"(?m)^(?=\$ )", path.read_text(encoding="utf-8"))
    parts = re.split(r"(?m)^-- (\S+) --\n", head)
    write_house(tmp_path, dict(zip(parts[1::2], parts[2::2], strict=True)))
    monkeypatch.chdir(tmp_path)
    for step in steps:
        command, _, expected = step.removeprefix("$ ").partition("\n")
        if command.startswith("giggamon"):
            called = call(command, capsys)
            code = f"[{called.code}]\n" if called.code else ""
            check(command, expected.rstrip("\n"), f"{called.out}{called.err}{code}".rstrip("\n"))
        else:
            what, name, *text = command.split(maxsplit=2)
            change(what, name, *text or [expected.rstrip("\n")])


def check(command: str, expected: str, got: str) -> None:
    checker = doctest.OutputChecker()
    example = doctest.Example(command, f"{expected}\n")
    if not checker.check_output(example.want, f"{got}\n", _FLAGS):
        difference = checker.output_difference(example, f"{got}\n", _FLAGS)
        pytest.fail(f"$ {command}\n{difference}\n{got}")


def change(what: str, name: str, text: str = "") -> None:
    path = Path(name)
    if what == "rm":
        path.unlink()
        return
    assert what == "write", what
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n")
