"""Places in foreign files: exactly the characters, in every spelling, only when reported."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections import Counter
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler import pipeline, targets
from giggamon_compiler.findings import FilePlace, Finding, Note, Place, TextFile, at, within
from tests.targets.spellings import STYLES, spell

HEAD = "# a comment\ngroups:\n- name: g\n  rules:\n  - alert: A\n"
KEYS = ("groups", 0, "rules", 0)
words = st.text("ab ({$\"'\\\n\t:#é😀\x85\u2028-", max_size=30)
queries = st.sampled_from(
    [
        "sum by (job) (rate(http_requests_total{code=~\"5..\", path!='/a b'}[5m]))\n  > 0.5",
        'up == 0 # why: "down"',
        "a\n\n\nb   and\n  on (x)\n\n c\n",
        " up",
        "sum by (job) (\n    rate(up[5m])\n)\n  and on (x)\n\n  y\nz\n",
        '{__name__="ä😀", x=~"\\\\d+"} > 1\n\n',
    ]
)


def place(origin) -> Place:
    (found,) = targets.place_files([Finding("x", "x", origin)])
    assert isinstance(found.origin, Place)
    return found.origin


def offsets(text: str, found: Place) -> tuple[int, int]:
    starts = [0, *(it.end() for it in re.finditer("\r\n|\n|\r", text))]
    return (
        starts[found.line - 1] + found.column - 1,
        starts[found.end_line - 1] + found.end_column - 1,
    )


def means(written: str, style: str, char: str) -> bool:
    """Whether what is written is a way to write a character in a style."""
    if char == "'" and style == "'":
        return written == "''"
    if style == '"' and written.startswith("\\"):
        return bool(yaml.load(f'"{written}"', Loader=yaml.BaseLoader) == char)
    if char == " ":
        return written == " " or (written.strip(" \t\r\n\x85") == "" and "\n" in written)
    if char == "\n":
        return written.strip(" \t") in ("\n", "\r\n", "\x85")
    return written == char


def document(style: str, text: str, random: Random) -> tuple[str, str] | None:
    """A rule file with the text as an annotation, if other readers find it there; its quote."""
    flow = style in ("plain", "single", "double") and random.random() < 0.3
    scalar = spell(style, text, 6, random)
    prefix = random.choice(["", "", "&anchor ", "!!str ", "! &anchor "])
    if flow:
        body = f"    annotations: {{ 'über': x, text: {prefix}{scalar}, more: y }}\n"
    else:
        body = f"    annotations:\n      text: {prefix}{scalar}\n      more: y\n"
    written = HEAD + body
    written = written.replace("\n", random.choice(["\n", "\n", "\r\n"]))
    expected = {"text": text, "more": "y"} | ({"über": "x"} if flow else {})
    try:
        read = [yaml.load(written, Loader=it) for it in (yaml.BaseLoader, yaml.CBaseLoader)]
        same = all(it["groups"][0]["rules"][0]["annotations"] == expected for it in read)
    except (yaml.YAMLError, AttributeError, TypeError, KeyError):
        return None
    quote = scalar[0] if scalar[:1] in ("'", '"') else ""
    return (written, quote) if same else None


def judge(written: str, style: str, text: str, random: Random) -> None:
    """Every character, and a part of the text, are where they are said to be."""
    file = TextFile("rules.yml", written)
    origin = FilePlace(file, (*KEYS, "annotations", "text"))
    reached = 0
    for index, char in enumerate(text):
        start, end = offsets(written, place(within(origin, text, index, index + 1)))
        assert reached <= start < end
        assert means(written[start:end], style, char), (index, char, written[start:end])
        reached = end
    start, end = sorted(random.sample(range(len(text) + 1), 2)) if text else (0, 0)
    if start < end:
        found = offsets(written, place(within(origin, text, start, end)))
        first = offsets(written, place(within(origin, text, start, start + 1)))
        last = offsets(written, place(within(origin, text, end - 1, end)))
        assert found == (first[0], last[1])


@pytest.mark.parametrize("style", STYLES)
@given(text=st.one_of(words, queries), seed=st.integers(0, 1 << 32))
@settings(suppress_health_check=list(HealthCheck), max_examples=100, deadline=None)
def test_every_character_of_every_spelling_is_found(style, text, seed):
    random = Random(seed)
    for _ in range(3):
        written = document(style, text, random)
        if written is not None:
            judge(*written, text, random)


def test_the_spellings_are_met():
    """What the property test above makes is read by another reader often enough to count."""
    met: Counter[str] = Counter()
    random = Random(1)
    texts = ["sum by (job) (rate(up[5m])) > 0", "it's\n\ntrue  # é😀\n", ' a: "b"\n c\n\n', "x y z"]
    for style in STYLES:
        for _ in range(100):
            text = random.choice(texts)
            written = document(style, text, random)
            if written is not None:
                judge(*written, text, random)
                met[style] += 1
    assert all(met[style] >= 20 for style in STYLES), met


def cut(text: str, origin) -> str:
    """What stands at the place of an origin."""
    start, end = offsets(text, place(origin))
    return text[start:end]


ALIASED = TextFile(
    "rules.yml",
    """\
groups:
- name: &name first
  rules:
  - &base
    alert: Down
    expr: up{job="a"} == 0
    labels: &labels
      severity: page
    annotations: {summary: 'It''s down', runbook: none}
  - <<: [*base, {for: 5m}]
    alert: Other
    labels: {<<: *labels, team: x}
  - record: a:b
    expr: |
      sum(up)
        > 1
""",
)


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ((), False, "groups"),
        (("groups", 0), False, "name: &name first"),
        (("groups", 0, "name"), False, "first"),
        (("groups", 0, "rules", 0), False, "alert: Down"),
        (("groups", 0, "rules", 0, "name"), False, "Down"),
        (("groups", 0, "rules", 0, "labels", "severity"), False, "page"),
        (("groups", 0, "rules", 0, "labels", "severity"), True, "severity"),
        (("groups", 0, "rules", 0, "summary"), False, "'It''s down'"),
        (("groups", 0, "rules", 1), False, "alert: Other"),
        (("groups", 0, "rules", 1, "name"), False, "Other"),
        (("groups", 0, "rules", 1, "for_"), False, "5m"),
        (("groups", 0, "rules", 1, "for"), True, "for"),
        (("groups", 0, "rules", 1, "expr"), False, 'up{job="a"} == 0'),
        (("groups", 0, "rules", 1, "labels", "severity"), False, "page"),
        (("groups", 0, "rules", 1, "labels", "team"), False, "x"),
        (("groups", 0, "rules", 1, "labels", "nothing"), False, "{<<: *labels, team: x}"),
        (("groups", 0, "rules", 2), False, "record: a:b"),
        (("groups", 0, "rules", 2, "name"), False, "a:b"),
        (("groups", 0, "rules", 2, "expr"), False, "sum(up)\n        > 1"),
        (("groups", 0, "rules", 2, "nothing"), False, "record: a:b"),
    ],
)
def test_a_part_is_where_it_is_written(path, key, expected):
    assert cut(ALIASED.text, FilePlace(ALIASED, path, key=key)) == expected


def test_a_part_of_a_text_is_found_where_the_alias_leads():
    origin = FilePlace(ALIASED, ("groups", 0, "rules", 1, "expr"))
    text = 'up{job="a"} == 0'
    assert cut(ALIASED.text, within(origin, text, 3, 10)) == 'job="a"'
    assert cut(ALIASED.text, within(at(origin), text, 0, len(text))) == text


def test_a_place_is_shown_with_its_line():
    found = place(FilePlace(ALIASED, ("groups", 0, "rules", 2, "expr")))
    assert found == Place("rules.yml", 15, 7, 16, 12, "      sum(up)")


def test_what_cannot_be_traced_is_shown_as_a_whole():
    origin = FilePlace(ALIASED, ("groups", 0, "rules", 0, "expr"))
    assert cut(ALIASED.text, within(origin, "another text", 0, 3)) == 'up{job="a"} == 0'


@pytest.mark.parametrize("text", ["", "# nothing", "groups: [", "\t", "null"])
def test_a_file_without_anything_has_a_place_all_the_same(text):
    file = TextFile("rules.yml", text)
    assert place(FilePlace(file, ("groups", 0))).line == 1
    assert place(within(FilePlace(file, ("groups", 0)), "x", 0, 1)).file == "rules.yml"


def test_what_has_a_place_or_none_keeps_it_and_notes_get_one():
    here = Place("other.py", 1, 1, 1, 2)
    notes = (Note("here", FilePlace(ALIASED, ("groups",), key=True)), Note("nowhere", None))
    findings = [Finding("a", "a", here, notes=notes), Finding("b", "b", None)]
    placed = {it.id: it for it in targets.place_files(findings)}
    assert placed["a"].origin is here
    assert placed["b"].origin is None
    assert placed["a"].notes[0].origin == Place("rules.yml", 1, 1, 1, 7, "groups:")
    assert placed["a"].notes[1].origin is None


def test_characters_are_counted_not_bytes():
    file = TextFile("rules.yml", "groups:\n- name: 😀é\n  interval: 'ä' # x\n")
    assert place(FilePlace(file, ("groups", 0, "name"))).end_column == 11
    found = place(within(FilePlace(file, ("groups", 0, "name")), "😀é", 1, 2))
    assert (found.column, found.end_column) == (10, 11)


def test_a_file_on_one_line_is_one_text_for_all_its_findings() -> None:
    rules = [
        {"record": f"r{it}", "expr": f'rate(x{{key="glpat-0123456789"}}[{it}'} for it in range(1000)
    ]
    text = json.dumps({"groups": [{"name": "g", "rules": rules}]}).encode() + b"\n"
    tracemalloc.start()
    findings = pipeline.lint_rules({"rules.json": text}, "3.5").findings
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(findings) == 1000
    assert peak < 300 * len(text), "not one more copy of the line for each"
    lines = {id(it.origin.text) for it in findings if isinstance(it.origin, Place)}
    assert len(lines) == 1
    assert "0123456789" not in str(findings[0].origin)
