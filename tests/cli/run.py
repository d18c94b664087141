"""One call of the command line, in this process."""

from __future__ import annotations

import gc
import re
import shlex
from dataclasses import dataclass

import pytest

from giggamon_compiler.cli import main


@dataclass(frozen=True, slots=True)
class Called:
    """What a call printed, and how it ended."""

    out: str
    err: str
    code: int


def call(command: str, capsys: pytest.CaptureFixture[str]) -> Called:
    """Call `giggamon …` as the shell would, with the seconds taken out of what it says."""
    name, *arguments = shlex.split(command)
    assert name == "giggamon", command
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main(arguments)
    gc.enable()
    said = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return Called(re.sub(r"\d+\.\d s\)", "0.0 s)", said.out), said.err, end.value.code)
