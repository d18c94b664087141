"""Bad rule files and bad patterns: a clear finding, the right exit code, soon, and no traceback."""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from giggamon_compiler.cli import rule_files
from giggamon_compiler.promql.language import NEWEST
from tests.cli.run import call

GOOD = "groups: [{name: a, rules: [{record: 'a:b', expr: sum(up)}]}]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    return tmp_path


def lint(capsys, *patterns: str) -> tuple[list[dict[str, Any]], int]:
    """What is found by `giggamon lint --rules`, and the exit code; nobody waits for it."""
    begun = time.process_time()
    named = " ".join(f"--rules '{pattern}'" for pattern in patterns)
    called = call(f"giggamon lint {named} --format json", capsys)
    assert time.process_time() - begun < 5
    assert called.err == ""
    return json.loads(called.out)["findings"], called.code


def write(name: str, content: str | bytes = GOOD) -> None:
    path = Path("rules", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (b"\x7fELF\x02\x01\x01\0\0\0", "rules/x.yml is no text: it holds NUL bytes", None),
        (b"\x89PNG\r\n\x1a\n", "rules/x.yml: the byte 0x89 is no UTF-8", (1, 1)),
        (b"groups:\n- name: \xc3", "rules/x.yml: the byte 0xc3 is no UTF-8", (2, 9)),
        (b"groups:\n- name: a\0b", "rules/x.yml is no text: it holds NUL bytes", None),
        (b"groups:\n- name: a\x01b", "rules/x.yml: no YAML: control characters", (2, 10)),
        ("groups: []".encode("utf-16-le"), "rules/x.yml is no text: it holds NUL bytes", None),
        (b"groups:\n\t- name: a", "rules/x.yml: no YAML: found character that cannot", (2, 1)),
        (b"groups: []\ngroups: []", "rules/x.yml: groups is there twice", (2, 1)),
        (BOMB.encode(), "rules/x.yml: its aliases stand for more than anybody wrote", (4, 20)),
        (b"[" * 2_000_000, "rules/x.yml: nested more than 100 levels deep", (1, 101)),
        (b"a: &a\n  <<: *a", "rules/x.yml: the anchor &a holds itself", (2, 7)),
        (b"x" * (7 << 20), "rules/x.yml must be a mapping", (1, 1)),
    ],
    ids=lambda it: str(it)[:30] if isinstance(it, str) else "",
)
def test_what_is_no_rule_file_is_one_finding(capsys, content, message, place):
    write("x.yml", content)
    write("y.yml")
    (finding,), code = lint(capsys, "rules/*.yml")
    assert finding["id"] == "rules-file"
    assert finding["message"].startswith(message)
    assert ((finding["line"], finding["column"]) if finding["file"] else None) == place
    assert code == 1


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le")).decode("latin-1"),
        "",
        "# nothing\n",
        "groups:\n",
    ],
)
def test_what_prometheus_takes_is_taken(capsys, content):
    write("x.yml", content.encode("latin-1" if content.startswith("ÿ") else "utf-8"))
    assert lint(capsys, "rules/x.yml") == ([], 0)


def test_a_file_that_is_too_large_is_not_read(capsys):
    with Path("rules/large.yml").open("wb") as file:
        file.truncate(50 << 20)
    tracemalloc.start()
    (finding,), code = lint(capsys, "rules/*.yml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (
        finding["message"] == "rules/large.yml is larger than 8 MiB, which no rule file should be"
    )
    assert code == 2
    assert peak < 30 << 20


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("nothing/*.yml", "nothing/*.yml names no file"),
        ("rules/nothing.yml", "rules/nothing.yml cannot be read: no such file or directory"),
        ("rules", "rules is a folder"),
        ("rules/**", "rules/** names no file"),
        ("/dev/null", "/dev/null is no regular file"),
        ("[", "[ names no file"),
        ("**/[!a", "**/[!a names no file"),
        ("a" * 5000, f"{'a' * 5000} cannot be read: file name too long"),
        ("rules/*/../x", "rules/*/../x names no file"),
    ],
)
def test_what_names_nothing_is_said(capsys, pattern, message):
    (finding,), code = lint(capsys, pattern)
    assert (finding["id"], finding["message"], code) == ("rules-not-read", message, 2)


def test_an_empty_pattern_is_a_usage_error(capsys):
    called = call("giggamon lint --rules ''", capsys)
    assert called.code == 2
    assert "--rules is empty" in called.err


def test_a_good_file_is_judged_beside_a_bad_name(capsys):
    write("x.yml", "groups: [{name: ''}]")
    findings, code = lint(capsys, "nothing/*", "rules/x.yml")
    assert [finding["id"] for finding in findings] == ["rules-not-read", "rules-file"]
    assert code == 2


def test_patterns_name_what_a_shell_would_name(folder):
    for name in (
        "a.yml",
        "b.yaml",
        ".hidden.yml",
        "d/c.yml",
        "d/e/f.yml",
        ".git/g.yml",
        "h[1].yml",
    ):
        write(name)
    for pattern, names in {
        "rules/*.yml": ["a.yml", "h[1].yml"],
        "rules/**/*.yml": ["a.yml", "h[1].yml", "d/c.yml", "d/e/f.yml"],
        "**/*.yml": ["a.yml", "h[1].yml", "d/c.yml", "d/e/f.yml"],
        "rules/**/e/*.yml": ["d/e/f.yml"],
        "rules/d/**": ["d/c.yml", "d/e/f.yml"],
        "rules/.*": [".hidden.yml"],
        "rules/h[1].yml": ["h[1].yml"],
        "rules/?.y*ml": ["a.yml", "b.yaml"],
        "./rules/a.yml": ["a.yml"],
        f"{folder}/rules/*.yaml": ["b.yaml"],
    }.items():
        found = rule_files.read([pattern])
        assert not found.findings
        assert [Path(name) for name in found.files] == [
            Path(folder if pattern[0] == "/" else "", "rules", name) for name in names
        ]


def test_a_file_is_read_once_whatever_leads_to_it(capsys):
    write("x.yml", "groups: [{name: ''}]")
    Path("rules/again.yml").symlink_to("x.yml")
    findings, _ = lint(capsys, "rules/*.yml", "./rules/x.yml", "rules/x.yml")
    assert len(findings) == 1


def test_links_in_circles_end(capsys):
    write("d/x.yml", "groups: [{name: ''}]")
    Path("rules/d/up").symlink_to("..")
    Path("rules/d/here").symlink_to(".")
    Path("rules/self.yml").symlink_to("self.yml")
    findings, code = lint(capsys, "rules/**/*.yml")
    assert [finding["message"] for finding in findings] == [
        "rules/self.yml cannot be read: too many levels of symbolic links",
        "group 1 of rules/d/x.yml has no name",
    ]
    assert code == 2


def test_a_pipe_is_not_waited_for(capsys):
    os.mkfifo("rules/x.yml")
    (finding,), code = lint(capsys, "rules/*.yml")
    assert (finding["message"], code) == ("rules/x.yml is no regular file", 2)


def test_what_may_not_be_read_is_said(capsys, monkeypatch):
    write("closed/x.yml")
    write("y.yml")
    real = os.scandir

    def scandir(path):
        if "closed" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (finding,), code = lint(capsys, "rules/**/*.yml", "rules/closed/*")
    assert finding["message"] == "rules/closed cannot be looked into: permission denied"
    assert code == 2


def test_a_file_that_vanishes_is_said(capsys, monkeypatch):
    write("x.yml")
    write("y.yml")
    real = Path.open

    def opened(path, *arguments, **named):
        if path.name == "x.yml":
            path.unlink()
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", opened)
    (finding,), code = lint(capsys, "rules/*.yml")
    assert finding["message"] == "rules/x.yml cannot be read: no such file or directory"
    assert code == 2


def test_what_a_house_demands_of_its_own_is_not_demanded_here(capsys):
    alert = "{alert: Down, expr: 'up == 0', labels: {severity: x}, annotations: {runbook_url: %s}}"
    rules = f"{alert % 'http://x/rules/x.yml.md#down'}, {alert % 'y'}, {{record: r, expr: sum(up)}}"
    write("x.yml", f"groups: [{{name: a, rules: [{rules}, {{record: r, expr: sum(up)}}]}}]")
    write("y.yml", f"groups: [{{name: a, rules: [{rules}]}}]")
    assert lint(capsys, "rules/*") == ([], 0)


def test_without_a_version_the_newest_that_is_known_is_meant(capsys):
    write("x.yml")
    said = call("giggamon lint --rules rules/x.yml", capsys).out
    assert f"for Prometheus {NEWEST} " in said
