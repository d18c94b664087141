"""What rests on rules of another file is no error: a server of many servers sees more labels."""

from __future__ import annotations

import pytest

from giggamon_compiler import pipeline

RECORDING = """
  - record: job:up:sum
    expr: sum by (job) (up)
"""
ALERT = """
  - alert: Down
    expr: {expr}
    labels: {{{labels}}}
    annotations: {{summary: "{text}"}}
"""
HEAD = "groups:\n- name: g\n  rules:"
CASES = {
    "template-label": ("job:up:sum < 1", "", "{{ $labels.cluster }}"),
    "grouping-label": ("sum by (cluster) (job:up:sum) < 1", "", ""),
    "matching-label": ('job:up:sum / on (cluster) x{cluster="a"} < 1', "", ""),
    "group-label": ("x * on (job) group_left (cluster) job:up:sum < 1", "", ""),
    "series-collapse": ("job:up:sum < 1", "job: a", ""),
}


def levels(files: dict[str, str], check: str) -> set[str]:
    found = pipeline.lint_rules({name: text.encode() for name, text in files.items()}, "3.5")
    return {it.level for it in found.findings if it.id == check}


@pytest.mark.parametrize("check", CASES)
def test_what_lacks_a_label_by_a_recording_of_another_file(check: str) -> None:
    expr, labels, text = CASES[check]
    alert = ALERT.format(expr=expr, labels=labels, text=text)
    assert levels({"a.yml": HEAD + RECORDING + alert}, check) == {"error"}
    apart = {"a.yml": HEAD + RECORDING, "b.yml": HEAD + alert}
    assert levels(apart, check) == {"warning"}
