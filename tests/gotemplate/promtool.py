"""promtool as a judge of templates: what it refuses in a rule, and what it makes of a text."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

RULES_A_FILE = 4000
TESTS_A_FILE = 500
SECONDS = 120


def refused(promtool: str, folder: Path, texts: Sequence[str]) -> Mapping[int, str]:
    """promtool's message for each text that no annotation may have, by its index."""
    found: dict[int, str] = {}
    for start in range(0, len(texts), RULES_A_FILE):
        lines = (
            f"  - {{alert: A, expr: up, annotations: {{a: {json.dumps(text)}}}}}\n"
            for text in texts[start : start + RULES_A_FILE]
        )
        path = folder / "rules.yml"
        path.write_text("groups:\n- name: g\n  rules:\n" + "".join(lines))
        said = _said([promtool, "check", "rules", "--lint=none", "rules.yml"], folder)
        for number, message in re.findall(r'rule (\d+), "A": annotation "a": (.*)', said):
            found[start + int(number) - 1] = message
    return found


def expanded(
    promtool: str, folder: Path, texts: Sequence[str], labels: Mapping[str, str]
) -> Iterator[str]:
    """What becomes of each text when `up` with these labels is 0; errors as Prometheus writes them.

    No test expects what it gets, so that promtool prints it.
    """
    series = "up{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"
    for start in range(0, len(texts), TESTS_A_FILE):
        part = texts[start : start + TESTS_A_FILE]
        rules = [
            {"alert": f"A{at}", "expr": "up == 0", "annotations": {"a": text}}
            for at, text in enumerate(part)
        ]
        expected = {"exp_labels": {"a": "b"}, "exp_annotations": {"a": "b"}}
        tests = [
            {"eval_time": "1m", "alertname": f"A{at}", "exp_alerts": [expected]}
            for at in range(len(part))
        ]
        (folder / "rules.yml").write_text(json.dumps({"groups": [{"name": "g", "rules": rules}]}))
        inputs = [{"series": series, "values": "0+0x5"}]
        case = {"interval": "1m", "input_series": inputs, "alert_rule_test": tests}
        (folder / "test.yml").write_text(json.dumps({"rule_files": ["rules.yml"], "tests": [case]}))
        said = _said([promtool, "test", "rules", "test.yml"], folder)
        got = {
            int(block[1]): re.search(r'Annotations:\{a="((?:[^"\\]|\\.)*)"', block[2], re.DOTALL)
            for block in re.finditer(
                r"alertname: A(\d+), time: 1m.*?got:(.*?)(?=alertname: A|\Z)", said, re.DOTALL
            )
        }
        for at in range(len(part)):
            found = got[at]
            yield found[1] if found else ""


def _said(command: Sequence[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    return done.stdout + done.stderr
