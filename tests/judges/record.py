"""Records what the tools say to the cases: `python -m tests.judges.record [FOLDER OF THE TOOLS]`.

Without a folder those on the search path are taken. A recording holds one generation of both:
`older` is Prometheus 2.42 with Alertmanager 0.25, `newer` 3.5 with 0.33.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from giggamon_compiler import ir, targets
from giggamon_compiler.judges import Toolbox, amtool, find_tools, promtool
from giggamon_compiler.judges.process import hear
from tests.judges import faulty
from tests.judges.fakes import script

RECORDED = Path(__file__).with_name("recorded")

Answers = Mapping[str, Mapping[str, object]]


def generation(tools: Toolbox) -> str:
    """The name of the recording that a pair of tools belongs to."""
    return "older" if tools.promtool_version.startswith("2.") else "newer"


def ask(program: ir.Program, tools: Toolbox) -> Answers:
    """What each tool says to the files of a program, by the word that tells the questions apart."""
    files = targets.emit(program)
    questions = {}
    if program.groups:
        questions["rules"] = promtool.rules_command(tools.promtool, files)
    if program.prometheus:
        questions["config"] = promtool.config_command(tools.promtool)
    if program.alertmanager:
        questions["check-config"] = amtool.command(tools.amtool)
    heard = hear(list(questions.values()), 60, files)
    return {
        word: {"code": -1 if said.code is None else said.code, "out": said.out, "err": said.err}
        for word, said in zip(questions, heard, strict=True)
    }


def replay(folder: Path, answers: Answers) -> Toolbox:
    """Tools that say again what was recorded."""
    body = ""
    for word, answer in answers.items():
        for stream in ("out", "err"):
            (folder / f"{word}.{stream}").write_text(str(answer[stream]), encoding="utf-8")
        body += f'case " $* " in *" {word} "*) cat {folder}/{word}.out; cat {folder}/{word}.err >&2'
        body += f"; exit {answer['code']};; esac\n"
    return Toolbox(script(folder, "promtool", body), script(folder, "amtool", body))


def main() -> None:
    tools = find_tools(os.pathsep.join([*sys.argv[1:], os.environ["PATH"]]))
    assert isinstance(tools, Toolbox), tools
    recording = {
        "tools": tools.names,
        "answers": {name: ask(case.program, tools) for name, case in faulty.CASES.items()},
    }
    text = json.dumps(recording, indent=1, ensure_ascii=False) + "\n"
    (RECORDED / f"{generation(tools)}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
